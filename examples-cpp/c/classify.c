/* Reads handwritten digits from C: classify MODEL.pt DIGITS.txt
 *
 * The shape of a program on a device: the image is in memory that the program owns, the model sees it without a copy, and
 * every failure is a value to look at. The file has a line a digit: its label, then 8 x 8 pixels from 0 to 16.
 */
#include <sconce.h>

#include <stdio.h>
#include <stdlib.h>

enum { SIDE = 8, CLASSES = 10 };

/* Prints what went wrong, frees it, and ends the program. */
static void fail(sconce_error *error) {
  fprintf(stderr, "error %d: %s\n", (int)sconce_error_kind(error), sconce_error_message(error));
  sconce_error_free(error);
  exit(1);
}

/* Returns the digit that the network sees in `pixels`. */
static int classify(const sconce_module *module, float pixels[SIDE * SIDE]) {
  const int64_t sizes[4] = {1, 1, SIDE, SIDE};
  sconce_error *error = NULL;

  /* Borrowed: no deleter, so `pixels` must live as long as the tensor does. */
  sconce_tensor *image = NULL;
  if (sconce_tensor_from_memory(pixels, SCONCE_DTYPE_FLOAT, sizes, 4, NULL, NULL, NULL, &image, &error) != SCONCE_STATUS_OK) {
    fail(error);
  }
  sconce_value *input = sconce_value_from_tensor(image);
  sconce_tensor_free(image);

  sconce_value *output = NULL;
  const sconce_value *arguments[1] = {input};
  if (sconce_module_forward(module, arguments, 1, &output, &error) != SCONCE_STATUS_OK) {
    fail(error);
  }

  sconce_tensor *scores = NULL;
  if (sconce_value_to_tensor(output, &scores, &error) != SCONCE_STATUS_OK) {
    fail(error);
  }
  if (sconce_tensor_dtype(scores) != SCONCE_DTYPE_FLOAT || sconce_tensor_numel(scores) != CLASSES) {
    fprintf(stderr, "this model does not classify digits\n");
    exit(1);
  }
  const float *score = sconce_tensor_data(scores);
  int best = 0;
  for (int i = 1; i < CLASSES; ++i) {
    if (score[i] > score[best]) {
      best = i;
    }
  }

  sconce_tensor_free(scores);
  sconce_value_free(output);
  sconce_value_free(input);
  return best;
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: classify MODEL.pt DIGITS.txt\n");
    return 2;
  }
  FILE *file = fopen(argv[2], "r");
  if (file == NULL) {
    perror(argv[2]);
    return 2;
  }

  sconce_module *module = NULL;
  sconce_error *error = NULL;
  if (sconce_module_load(argv[1], &module, &error) != SCONCE_STATUS_OK) {
    fail(error);
  }

  int right = 0, total = 0, label;
  while (fscanf(file, "%d", &label) == 1) {
    float pixels[SIDE * SIDE];
    for (int i = 0; i < SIDE * SIDE; ++i) {
      if (fscanf(file, "%f", &pixels[i]) != 1) {
        fprintf(stderr, "%s: ends within a digit\n", argv[2]);
        return 2;
      }
    }
    right += classify(module, pixels) == label;
    ++total;
  }
  printf("%d of %d digits right\n", right, total);

  sconce_module_free(module);
  fclose(file);
  return 0;
}

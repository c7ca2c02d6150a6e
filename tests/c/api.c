/* The C API: tensors, values, modules, errors. Runs in tests/fixtures. */
#include <sconce.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures = 0;

#define CHECK(condition)                                              \
  do {                                                                \
    if (!(condition)) {                                               \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      ++failures;                                                     \
    }                                                                 \
  } while (0)

/* Whether `status` is what was expected and, unless OK, the message has `words`; frees the error. */
static int failed_with(sconce_status status, sconce_error **at, sconce_status expected, const char *words) {
  sconce_error *error = *at; /* written by the call, which came first */
  int right = status == expected && sconce_error_kind(error) == expected && strstr(sconce_error_message(error), words) != NULL;
  if (!right) {
    fprintf(stderr, "  status %d: %s\n", (int)status, sconce_error_message(error));
  }
  sconce_error_free(error);
  return right;
}

static void count(void *context) {
  ++*(int *)context;
}

static void tensors(void) {
  float data[6] = {0, 1, 2, 3, 4, 5};
  const int64_t sizes[2] = {2, 3}, columns[2] = {3, 2}, strides[2] = {1, 3};
  int released = 0;
  sconce_error *error = NULL;
  sconce_tensor *borrowed = NULL, *turned = NULL, *dense = NULL, *copy = NULL;

  CHECK(sconce_tensor_from_memory(data, SCONCE_DTYPE_FLOAT, sizes, 2, NULL, count, &released, &borrowed, &error) == SCONCE_STATUS_OK);
  CHECK(error == NULL);
  CHECK(sconce_tensor_data(borrowed) == (void *)data);
  CHECK(sconce_tensor_ndim(borrowed) == 2 && sconce_tensor_sizes(borrowed)[1] == 3 && sconce_tensor_strides(borrowed)[0] == 3);
  CHECK(sconce_tensor_numel(borrowed) == 6 && sconce_tensor_itemsize(borrowed) == 4);
  CHECK(sconce_tensor_dtype(borrowed) == SCONCE_DTYPE_FLOAT);

  CHECK(sconce_tensor_from_memory(data, SCONCE_DTYPE_FLOAT, columns, 2, strides, NULL, NULL, &turned, NULL) == SCONCE_STATUS_OK);
  CHECK(sconce_tensor_data(turned) == NULL);
  CHECK(sconce_tensor_contiguous(turned, &dense, NULL) == SCONCE_STATUS_OK);
  CHECK(((const float *)sconce_tensor_data(dense))[1] == 3);

  CHECK(sconce_tensor_new(data, SCONCE_DTYPE_FLOAT, sizes, 2, &copy, NULL) == SCONCE_STATUS_OK);
  data[0] = 9;
  CHECK(((const float *)sconce_tensor_data(copy))[0] == 0);

  sconce_value *value = sconce_value_from_tensor(borrowed);
  sconce_tensor_free(borrowed);
  CHECK(released == 0);
  sconce_value_free(value);
  CHECK(released == 1);
  sconce_tensor_free(turned);
  sconce_tensor_free(dense);
  sconce_tensor_free(copy);

  const struct {
    void *data;
    int32_t dtype;
    int64_t sizes[2];
    size_t ndim;
    const char *words;
  } bad[] = {
      {NULL, SCONCE_DTYPE_FLOAT, {2, 3}, 2, "null pointer"},
      {data, SCONCE_DTYPE_FLOAT, {-1, 3}, 2, "not be negative"},
      {data, 77, {2, 3}, 2, "dtype 77"},
      {data, SCONCE_DTYPE_FLOAT, {INT64_MAX, 3}, 2, "do not fit"},
  };
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; ++i) {
    sconce_tensor *out = NULL;
    sconce_status status =
        sconce_tensor_from_memory(bad[i].data, bad[i].dtype, bad[i].sizes, bad[i].ndim, NULL, count, &released, &out, &error);
    CHECK(failed_with(status, &error, SCONCE_STATUS_USAGE, bad[i].words));
    CHECK(out == NULL && released == 1);
  }
}

static void values(void) {
  sconce_error *error = NULL;
  sconce_value *text = NULL, *list = NULL, *dict = NULL, *item = NULL;
  int64_t number = 0;
  double real = 0;

  CHECK(sconce_value_from_string("key", &text, NULL) == SCONCE_STATUS_OK);
  CHECK(strcmp(sconce_value_string(text), "key") == 0);
  sconce_value *one = sconce_value_from_int(1), *two = sconce_value_from_int(2), *half = sconce_value_from_float(0.5);
  const sconce_value *items[2] = {one, two}, *mixed[2] = {one, half}, *keys[1] = {text};

  CHECK(sconce_value_from_list(items, 2, &list, NULL) == SCONCE_STATUS_OK);
  CHECK(sconce_value_kind(list) == SCONCE_KIND_LIST && sconce_value_size(list) == 2);
  CHECK(sconce_value_item(list, 1, &item, NULL) == SCONCE_STATUS_OK);
  CHECK(sconce_value_to_int(item, &number, NULL) == SCONCE_STATUS_OK && number == 2);
  CHECK(sconce_value_to_float(half, &real, NULL) == SCONCE_STATUS_OK && real == 0.5);
  sconce_value_free(item);
  item = NULL;
  CHECK(failed_with(sconce_value_item(list, 2, &item, &error), &error, SCONCE_STATUS_USAGE, "out of range"));
  CHECK(failed_with(sconce_value_from_list(mixed, 2, &item, &error), &error, SCONCE_STATUS_USAGE, "cannot hold"));
  CHECK(failed_with(sconce_value_to_int(text, &number, &error), &error, SCONCE_STATUS_USAGE, "'int'"));
  CHECK(failed_with(sconce_value_to_int(NULL, &number, &error), &error, SCONCE_STATUS_USAGE, "value is a null pointer"));
  CHECK(failed_with(sconce_value_to_int(one, NULL, &error), &error, SCONCE_STATUS_USAGE, "out is a null pointer"));

  CHECK(sconce_value_from_dict(keys, items, 1, &dict, NULL) == SCONCE_STATUS_OK);
  CHECK(sconce_value_find(dict, "key", &item, NULL) == SCONCE_STATUS_OK && sconce_value_kind(item) == SCONCE_KIND_INT);
  sconce_value_free(item);
  CHECK(sconce_value_find(dict, "absent", &item, NULL) == SCONCE_STATUS_OK && item == NULL);
  sconce_value_free(dict);
  sconce_value_free(list);
  sconce_value_free(text);
  sconce_value_free(one);
  sconce_value_free(two);
  sconce_value_free(half);
}

static void modules(void) {
  sconce_error *error = NULL;
  sconce_module *module = NULL;
  sconce_value *out = NULL, *part = NULL;

  CHECK(sconce_module_load("methods.pt", &module, &error) == SCONCE_STATUS_OK);
  float data[2] = {1, 2};
  const int64_t sizes[1] = {2};
  sconce_tensor *x = NULL, *y = NULL;
  CHECK(sconce_tensor_from_memory(data, SCONCE_DTYPE_FLOAT, sizes, 1, NULL, NULL, NULL, &x, NULL) == SCONCE_STATUS_OK);
  sconce_value *input = sconce_value_from_tensor(x);
  const sconce_value *arguments[1] = {input};
  CHECK(sconce_module_run(module, "scale", arguments, 1, &out, &error) == SCONCE_STATUS_OK);
  CHECK(sconce_value_kind(out) == SCONCE_KIND_TUPLE && sconce_value_size(out) == 2);
  CHECK(sconce_value_item(out, 0, &part, NULL) == SCONCE_STATUS_OK);
  CHECK(sconce_value_to_tensor(part, &y, NULL) == SCONCE_STATUS_OK);
  CHECK(((const float *)sconce_tensor_data(y))[1] == 5);
  sconce_tensor_free(y);
  sconce_value_free(part);
  sconce_value_free(out);
  CHECK(failed_with(sconce_module_run(module, "absent", arguments, 1, &out, &error), &error, SCONCE_STATUS_USAGE, "'absent'"));
  CHECK(failed_with(sconce_module_run(module, "scale", NULL, 1, &out, &error), &error, SCONCE_STATUS_USAGE, "arguments is a null"));
  CHECK(sconce_module_method_count(module) == 3 && sconce_module_method_name(module, 3) == NULL);
  sconce_value_free(input);
  sconce_tensor_free(x);
  sconce_module_free(module);
}

static void take_print(void *context, const char *text) {
  strncat((char *)context, text, 99);
}

/* What a handler saves to, and what it was asked for. */
struct saved {
  const char *path;
  char name[20];
};

static bool take_save(void *context, const sconce_value *value, const char *name) {
  struct saved *saved = (struct saved *)context;
  strncat(saved->name, name, sizeof saved->name - 1);
  return sconce_value_save(value, saved->path, NULL) == SCONCE_STATUS_OK;
}

static void output_of_scripts(void) {
  sconce_error *error = NULL;
  sconce_module *module = NULL;
  sconce_tensor *x = NULL;
  sconce_value *name = NULL, *out = NULL;
  char printed[100] = "";
  struct saved saved = {"output_of_scripts.pt", ""}, lost = {"no/such/folder/x.pt", ""};
  const float data[2] = {1, 2};
  const int64_t sizes[1] = {2};
  CHECK(sconce_module_load("saving.pt", &module, &error) == SCONCE_STATUS_OK);
  CHECK(sconce_tensor_new(data, SCONCE_DTYPE_FLOAT, sizes, 1, &x, NULL) == SCONCE_STATUS_OK);
  CHECK(sconce_value_from_string("../up.pt", &name, NULL) == SCONCE_STATUS_OK);
  sconce_value *input = sconce_value_from_tensor(x);
  const sconce_value *arguments[2] = {input, name};

  sconce_set_print_handler(take_print, printed);
  CHECK(failed_with(
      sconce_module_forward(module, arguments, 2, &out, &error), &error, SCONCE_STATUS_UNSUPPORTED, "scripts may not write files"));
  CHECK(strcmp(printed, "saving to ../up.pt\n") == 0);
  sconce_set_print_handler(NULL, NULL);

  sconce_set_save_handler(take_save, &lost);
  CHECK(failed_with(sconce_module_forward(module, arguments, 2, &out, &error), &error, SCONCE_STATUS_USAGE, "../up.pt"));
  sconce_set_save_handler(take_save, &saved);
  CHECK(sconce_module_forward(module, arguments, 2, &out, &error) == SCONCE_STATUS_OK);
  CHECK(strcmp(saved.name, "../up.pt") == 0);
  sconce_set_save_handler(NULL, NULL);
  FILE *file = fopen(saved.path, "rb");
  CHECK(file != NULL);
  if (file != NULL) {
    fclose(file);
    remove(saved.path);
  }
  sconce_value_free(out);
  sconce_value_free(input);
  sconce_value_free(name);
  sconce_tensor_free(x);
  sconce_module_free(module);
}

static void memory_and_errors(void) {
  FILE *file = fopen("raise_value_error.pt", "rb");
  static unsigned char bytes[1 << 16];
  const size_t size = file == NULL ? 0 : fread(bytes, 1, sizeof bytes, file);
  sconce_error *error = NULL;
  sconce_module *module = NULL;
  sconce_value *out = NULL;
  CHECK(file != NULL && sconce_module_load_memory(bytes, size, &module, &error) == SCONCE_STATUS_OK);
  memset(bytes, 0, sizeof bytes);
  sconce_value *number = sconce_value_from_int(-3);
  const sconce_value *arguments[1] = {number};
  CHECK(sconce_module_forward(module, arguments, 1, &out, &error) == SCONCE_STATUS_SCRIPT);
  CHECK(out == NULL && sconce_error_kind(error) == SCONCE_STATUS_SCRIPT);
  CHECK(strcmp(sconce_error_message(error), "n must not be negative, is -3") == 0);
  CHECK(sconce_error_class(error) != NULL && strcmp(sconce_error_class(error), "builtins.ValueError") == 0);
  CHECK(sconce_error_traceback(error) != NULL && strstr(sconce_error_traceback(error), "in forward") != NULL);
  sconce_error_free(error);
  sconce_value_free(number);
  sconce_module_free(module);
  if (file != NULL) {
    fclose(file);
  }

  CHECK(failed_with(sconce_module_load("no-such-file.pt", &module, &error), &error, SCONCE_STATUS_IO, "no-such-file.pt"));
  CHECK(failed_with(sconce_module_load_memory("PK", 2, &module, &error), &error, SCONCE_STATUS_ARCHIVE, ""));
  CHECK(failed_with(sconce_module_load(NULL, &module, &error), &error, SCONCE_STATUS_USAGE, "path is a null pointer"));
  CHECK(sconce_module_load("no-such-file.pt", &module, NULL) == SCONCE_STATUS_IO);
}

/* An archive whose bytes are all XORed with a key, as an encrypted file is. */
struct secret {
  const unsigned char *bytes;
  int64_t size, claimed;
  size_t at_most;
};

static int64_t secret_size(void *context) {
  return ((const struct secret *)context)->claimed;
}

static int64_t secret_read(void *context, uint64_t offset, void *buffer, size_t count) {
  const struct secret *secret = context;
  if (secret->at_most == 0 || offset > (uint64_t)secret->size) {
    return -5;
  }
  size_t left = (size_t)(secret->size - (int64_t)offset), n = count < left ? count : left;
  n = n < secret->at_most ? n : secret->at_most;
  for (size_t i = 0; i < n; ++i) {
    ((unsigned char *)buffer)[i] = secret->bytes[offset + i] ^ 0x5a;
  }
  return (int64_t)n;
}

static void readers(void) {
  static unsigned char bytes[1 << 16];
  FILE *file = fopen("methods.pt", "rb");
  const int64_t size = file == NULL ? 0 : (int64_t)fread(bytes, 1, sizeof bytes, file);
  CHECK(size > 0);
  if (file != NULL) {
    fclose(file);
  }
  for (int64_t i = 0; i < size; ++i) {
    bytes[i] ^= 0x5a;
  }
  sconce_error *error = NULL;
  sconce_module *module = NULL;
  struct secret secret = {bytes, size, size, 1000};
  sconce_reader reader = {&secret, secret_size, secret_read};
  CHECK(sconce_module_load_reader(&reader, &module, &error) == SCONCE_STATUS_OK);
  CHECK(sconce_module_method_count(module) == 3);
  sconce_module_free(module);
  module = NULL;

  const struct {
    struct secret secret;
    sconce_status status;
    const char *words;
  } bad[] = {
      {{bytes, size, INT64_C(1) << 60, 1 << 20}, SCONCE_STATUS_IO, "the reader ended at byte"},
      {{bytes, size, -3, 1000}, SCONCE_STATUS_IO, "its size function returned -3"},
      {{bytes, size, size, 0}, SCONCE_STATUS_IO, "it returned -5 at byte 0"},
      {{bytes, size, size / 2, 1000}, SCONCE_STATUS_ARCHIVE, "central directory"},
  };
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; ++i) {
    secret = bad[i].secret;
    CHECK(failed_with(sconce_module_load_reader(&reader, &module, &error), &error, bad[i].status, bad[i].words));
  }
  reader.read = NULL;
  CHECK(failed_with(sconce_module_load_reader(&reader, &module, &error), &error, SCONCE_STATUS_USAGE, "null pointer"));
  CHECK(module == NULL);
}

static void nothing(void) {
  sconce_error_free(NULL);
  sconce_tensor_free(NULL);
  sconce_value_free(NULL);
  sconce_module_free(NULL);
  CHECK(sconce_error_kind(NULL) == SCONCE_STATUS_OK && sconce_error_message(NULL)[0] == '\0');
  CHECK(sconce_tensor_data(NULL) == NULL && sconce_tensor_numel(NULL) == 0);
  CHECK(sconce_value_kind(NULL) == SCONCE_KIND_NONE && sconce_value_from_tensor(NULL) == NULL);
}

int main(void) {
  printf("sconce %s, %d threads\n", sconce_version(), (int)sconce_num_threads());
  tensors();
  values();
  modules();
  output_of_scripts();
  memory_and_errors();
  readers();
  nothing();
  return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

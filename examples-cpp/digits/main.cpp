// Reads handwritten digits with a small convolutional network: digits MODEL.pt DIGITS.txt [HOW-MANY-TO-SHOW]
//
// The file has a line a digit: its label, then 8 x 8 pixels from 0 (paper) to 16 (ink). The first digits are drawn with the
// network's answer under each, and those it gets wrong; the last line counts. Only LibTorch's API is used.
#include <torch/script.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

constexpr int kSide = 8;
constexpr size_t kPerRow = 5;

struct Digit {
  int label;
  std::vector<float> pixels;
  int guess = -1;
  double certainty = 0;
};

std::vector<Digit> read_digits(const std::string& path) {
  std::vector<Digit> digits;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    Digit digit;
    words >> digit.label;
    for (float pixel; words >> pixel;) {
      digit.pixels.push_back(pixel);
    }
    if (digit.pixels.size() == kSide * kSide) {
      digits.push_back(digit);
    }
  }
  return digits;
}

// All digits in one batch: (N, 1, 8, 8).
torch::Tensor to_tensor(const std::vector<Digit>& digits) {
  torch::Tensor batch = torch::zeros({static_cast<int64_t>(digits.size()), 1, kSide, kSide});
  auto pixels = batch.accessor<float, 4>();
  for (size_t i = 0; i < digits.size(); ++i) {
    for (int row = 0; row < kSide; ++row) {
      for (int column = 0; column < kSide; ++column) {
        pixels[i][0][row][column] = digits[i].pixels[row * kSide + column];
      }
    }
  }
  return batch;
}

// Side by side, two characters a pixel, the answer below.
void draw(const std::vector<Digit>& digits) {
  const std::string ink = " .:-=+*#%@";
  for (size_t first = 0; first < digits.size(); first += kPerRow) {
    size_t last = std::min(first + kPerRow, digits.size());
    for (int row = 0; row < kSide; ++row) {
      for (size_t i = first; i < last; ++i) {
        for (int column = 0; column < kSide; ++column) {
          float pixel = digits[i].pixels[row * kSide + column];
          std::cout << std::string(2, ink[static_cast<size_t>(pixel / 16.0f * (ink.size() - 1))]);
        }
        std::cout << "   ";
      }
      std::cout << '\n';
    }
    for (size_t i = first; i < last; ++i) {
      std::ostringstream caption;
      caption << "-> " << digits[i].guess << " (" << std::fixed << std::setprecision(0) << 100 * digits[i].certainty << " %)";
      if (digits[i].guess != digits[i].label) {
        caption << " is " << digits[i].label;
      }
      std::cout << std::left << std::setw(2 * kSide + 3) << caption.str();
    }
    std::cout << "\n\n";
  }
}

int main(int argc, const char* argv[]) {
  if (argc < 3) {
    std::cerr << "usage: digits MODEL.pt DIGITS.txt [HOW-MANY-TO-SHOW]\n";
    return 2;
  }
  std::vector<Digit> digits = read_digits(argv[2]);
  if (digits.empty()) {
    std::cerr << argv[2] << ": no digits in there\n";
    return 2;
  }
  size_t shown = std::min(digits.size(), argc > 3 ? std::strtoul(argv[3], nullptr, 10) : size_t{10});

  try {
    torch::jit::script::Module module = torch::jit::load(argv[1]);
    module.eval();

    auto start = std::chrono::steady_clock::now();
    torch::Tensor scores = module.forward({to_tensor(digits)}).toTensor();
    std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;

    torch::Tensor guesses = scores.argmax(1);
    int right = 0;
    std::vector<Digit> wrong;
    for (size_t i = 0; i < digits.size(); ++i) {
      Digit& digit = digits[i];
      digit.guess = static_cast<int>(guesses[i].item<int64_t>());
      digit.certainty = scores[i][digit.guess].exp().item<float>();
      if (digit.guess == digit.label) {
        ++right;
      } else {
        wrong.push_back(digit);
      }
    }

    draw({digits.begin(), digits.begin() + shown});
    if (!wrong.empty()) {
      std::cout << "Misread:\n";
      draw(wrong);
    }
    std::cout << right << " of " << digits.size() << " digits right (" << std::fixed << std::setprecision(1)
              << 100.0 * right / digits.size() << " %), all in one call of " << took.count() << " ms\n";
  } catch (const c10::Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return 0;
}

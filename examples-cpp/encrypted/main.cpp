// Runs a model that is encrypted on the disk. It is decrypted in memory as it is read and never written down.
//
//   encrypted seal MODEL.pt SEALED      encrypts a model
//   encrypted run SEALED SIZE...        runs it on a tensor of ones of these sizes, and prints what comes out
//
// The key is 64 hexadecimal digits in the environment variable MODEL_KEY. The cipher is ChaCha20 (RFC 8439), here so that
// the example needs no other library; a product takes one, with a cipher that also notices when the file was changed.
#include <torch/script.h>

#include <caffe2/serialize/read_adapter_interface.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <mutex>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

using Key = std::array<uint32_t, 8>;
using Nonce = std::array<uint32_t, 3>;

// A stream of pseudorandom bytes that can be entered anywhere.
class ChaCha20 {
 public:
  ChaCha20(const Key& key, const Nonce& nonce) : key_(key), nonce_(nonce) {}

  // Encrypts or decrypts `count` bytes, the first of which is at `position` of the whole.
  void apply(uint64_t position, unsigned char* bytes, size_t count) const {
    std::array<unsigned char, 64> stream{};
    for (size_t i = 0; i < count; ++i) {
      const uint64_t at = position + i;
      if (i == 0 || at % 64 == 0) {
        stream = block(static_cast<uint32_t>(at / 64));
      }
      bytes[i] ^= stream[at % 64];
    }
  }

 private:
  std::array<unsigned char, 64> block(uint32_t counter) const {
    std::array<uint32_t, 16> start{0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
    std::copy(key_.begin(), key_.end(), start.begin() + 4);
    start[12] = counter;
    std::copy(nonce_.begin(), nonce_.end(), start.begin() + 13);
    auto x = start;
    const auto mix = [&](uint32_t& a, uint32_t& b, int turn) {
      a ^= b;
      a = a << turn | a >> (32 - turn);
    };
    const auto quarter = [&](int a, int b, int c, int d) {
      x[a] += x[b], mix(x[d], x[a], 16), x[c] += x[d], mix(x[b], x[c], 12);
      x[a] += x[b], mix(x[d], x[a], 8), x[c] += x[d], mix(x[b], x[c], 7);
    };
    for (int round = 0; round < 10; ++round) {
      quarter(0, 4, 8, 12), quarter(1, 5, 9, 13), quarter(2, 6, 10, 14), quarter(3, 7, 11, 15);
      quarter(0, 5, 10, 15), quarter(1, 6, 11, 12), quarter(2, 7, 8, 13), quarter(3, 4, 9, 14);
    }
    std::array<unsigned char, 64> out{};
    for (size_t i = 0; i < out.size(); ++i) {
      out[i] = static_cast<unsigned char>((x[i / 4] + start[i / 4]) >> 8 * (i % 4));
    }
    return out;
  }

  Key key_;
  Nonce nonce_;
};

constexpr size_t kNonceSize = sizeof(Nonce); // at the beginning of the file

Key read_key() {
  const char* text = std::getenv("MODEL_KEY");
  const std::string digits = text == nullptr ? "" : text;
  if (digits.size() != 64 || digits.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) {
    throw std::runtime_error("MODEL_KEY has to be 64 hexadecimal digits");
  }
  Key key{};
  for (size_t i = 0; i < 32; ++i) {
    key[i / 4] |= static_cast<uint32_t>(std::stoul(digits.substr(2 * i, 2), nullptr, 16)) << 8 * (i % 4);
  }
  return key;
}

// What torch::jit::load reads from: the file, decrypted on the way.
class Decrypting final : public caffe2::serialize::ReadAdapterInterface {
 public:
  Decrypting(const std::string& path, const Key& key) : file_(path, std::ios::binary | std::ios::ate), cipher_(key, {}) {
    const std::streamoff end = file_.tellg();
    if (end < static_cast<std::streamoff>(kNonceSize)) {
      throw std::runtime_error(path + ": not a sealed model");
    }
    size_ = static_cast<size_t>(end) - kNonceSize;
    Nonce nonce{};
    file_.seekg(0).read(reinterpret_cast<char*>(nonce.data()), kNonceSize);
    cipher_ = ChaCha20(key, nonce);
  }

  size_t size() const override {
    return size_;
  }

  size_t read(uint64_t position, void* buffer, size_t count, const char*) const override {
    const std::lock_guard<std::mutex> alone(mutex_);
    file_.clear();
    file_.seekg(static_cast<std::streamoff>(kNonceSize + position)).read(static_cast<char*>(buffer), count);
    const auto got = static_cast<size_t>(file_.gcount());
    cipher_.apply(position, static_cast<unsigned char*>(buffer), got);
    return got;
  }

 private:
  mutable std::ifstream file_;
  mutable std::mutex mutex_;
  size_t size_ = 0;
  ChaCha20 cipher_;
};

void seal(const std::string& from, const std::string& to) {
  std::ifstream in(from, std::ios::binary);
  std::vector<char> bytes{std::istreambuf_iterator<char>(in), {}};
  std::random_device random;
  Nonce nonce{random(), random(), random()}; // never the same one twice with a key
  ChaCha20(read_key(), nonce).apply(0, reinterpret_cast<unsigned char*>(bytes.data()), bytes.size());
  std::ofstream out(to, std::ios::binary);
  out.write(reinterpret_cast<const char*>(nonce.data()), kNonceSize).write(bytes.data(), bytes.size());
  if (bytes.empty() || !out.flush()) {
    throw std::runtime_error(in ? "cannot write " + to : "cannot read " + from);
  }
}

void run(const std::string& path, const std::vector<int64_t>& sizes) {
  torch::jit::Module module = torch::jit::load(std::make_shared<Decrypting>(path, read_key()));
  module.eval();
  std::cout << module.forward({torch::ones(sizes)}).toTensor() << '\n';
}

int main(int argc, const char* argv[]) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  try {
    if (words.size() == 3 && words[0] == "seal") {
      seal(words[1], words[2]);
    } else if (words.size() >= 2 && words[0] == "run") {
      std::vector<int64_t> sizes;
      std::transform(words.begin() + 2, words.end(), std::back_inserter(sizes), [](auto& word) { return std::stol(word); });
      run(words[1], sizes);
    } else {
      std::cerr << "usage: encrypted seal MODEL.pt SEALED | encrypted run SEALED SIZE...\n";
      return 2;
    }
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return 0;
}

#pragma once

#include <vector>

namespace c10 {

/// A vector. Kept as its own type because applications spell the inline capacity.
template <class T, unsigned N = 6>
class SmallVector : public std::vector<T> {
 public:
  using std::vector<T>::vector;
};

} // namespace c10

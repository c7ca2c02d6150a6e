// Generated from src/bridge/mod.rs; rewrite with `make bless`.
#include "sconce/abi.h"
#include "cxx.h"
#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>
#if __cplusplus >= 201703L
#include <string_view>
#endif
#if __cplusplus >= 202002L
#include <ranges>
#endif

#ifdef __GNUC__
#pragma GCC diagnostic ignored "-Wmissing-declarations"
#ifdef __clang__
#pragma clang diagnostic ignored "-Wdollar-in-identifier-extension"
#endif // __clang__
#endif // __GNUC__

namespace rust {
inline namespace cxxbridge1 {
// #include "rust/cxx.h"

#ifndef CXXBRIDGE1_PANIC
#define CXXBRIDGE1_PANIC
template <typename Exception>
void panic [[noreturn]] (const char *msg);
#endif // CXXBRIDGE1_PANIC

struct unsafe_bitcopy_t;

namespace {
template <typename T>
class impl;
} // namespace

template <typename T>
::std::size_t size_of();
template <typename T>
::std::size_t align_of();

#ifndef CXXBRIDGE1_RUST_STRING
#define CXXBRIDGE1_RUST_STRING
class String final {
public:
  String() noexcept;
  String(const String &) noexcept;
  String(String &&) noexcept;
  ~String() noexcept;

  String(const std::string &);
  String(const char *);
  String(const char *, std::size_t);
  String(const char16_t *);
  String(const char16_t *, std::size_t);
#ifdef __cpp_char8_t
  String(const char8_t *s);
  String(const char8_t *s, std::size_t len);
#endif

  static String lossy(const std::string &) noexcept;
  static String lossy(const char *) noexcept;
  static String lossy(const char *, std::size_t) noexcept;
  static String lossy(const char16_t *) noexcept;
  static String lossy(const char16_t *, std::size_t) noexcept;

  String &operator=(const String &) & noexcept;
  String &operator=(String &&) & noexcept;

  explicit operator std::string() const;

  const char *data() const noexcept;
  char *data() noexcept;

  std::size_t size() const noexcept;
  std::size_t length() const noexcept;
  bool empty() const noexcept;

  const char *c_str() noexcept;

  std::size_t capacity() const noexcept;
  void reserve(size_t new_cap) noexcept;

  using iterator = char *;
  iterator begin() noexcept;
  iterator end() noexcept;

  using const_iterator = const char *;
  const_iterator begin() const noexcept;
  const_iterator end() const noexcept;
  const_iterator cbegin() const noexcept;
  const_iterator cend() const noexcept;

  bool operator==(const String &) const noexcept;
  bool operator!=(const String &) const noexcept;
  bool operator<(const String &) const noexcept;
  bool operator<=(const String &) const noexcept;
  bool operator>(const String &) const noexcept;
  bool operator>=(const String &) const noexcept;

  void swap(String &) noexcept;

  String(unsafe_bitcopy_t, const String &) noexcept;

private:
  struct lossy_t;
  String(lossy_t, const char *, std::size_t) noexcept;
  String(lossy_t, const char16_t *, std::size_t) noexcept;
  friend void swap(String &lhs, String &rhs) noexcept { lhs.swap(rhs); }

  std::array<std::uintptr_t, 3> repr;
};
#endif // CXXBRIDGE1_RUST_STRING

#ifndef CXXBRIDGE1_RUST_STR
#define CXXBRIDGE1_RUST_STR
class Str final {
public:
  Str() noexcept;
  Str(const String &) noexcept;
  Str(const std::string &);
  Str(const char *);
  Str(const char *, std::size_t);

  Str &operator=(const Str &) & noexcept = default;

  explicit operator std::string() const;
#if __cplusplus >= 201703L
  explicit operator std::string_view() const;
#endif

  const char *data() const noexcept;
  std::size_t size() const noexcept;
  std::size_t length() const noexcept;
  bool empty() const noexcept;

  Str(const Str &) noexcept = default;
  ~Str() noexcept = default;

  using iterator = const char *;
  using const_iterator = const char *;
  const_iterator begin() const noexcept;
  const_iterator end() const noexcept;
  const_iterator cbegin() const noexcept;
  const_iterator cend() const noexcept;

  bool operator==(const Str &) const noexcept;
  bool operator!=(const Str &) const noexcept;
  bool operator<(const Str &) const noexcept;
  bool operator<=(const Str &) const noexcept;
  bool operator>(const Str &) const noexcept;
  bool operator>=(const Str &) const noexcept;

  void swap(Str &) noexcept;

private:
  class uninit;
  Str(uninit) noexcept;
  friend impl<Str>;

  std::array<std::uintptr_t, 2> repr;
};
#endif // CXXBRIDGE1_RUST_STR

#ifndef CXXBRIDGE1_RUST_SLICE
#define CXXBRIDGE1_RUST_SLICE
namespace detail {
template <bool>
struct copy_assignable_if {};

template <>
struct copy_assignable_if<false> {
  copy_assignable_if() noexcept = default;
  copy_assignable_if(const copy_assignable_if &) noexcept = default;
  copy_assignable_if &operator=(const copy_assignable_if &) & noexcept = delete;
  copy_assignable_if &operator=(copy_assignable_if &&) & noexcept = default;
};
} // namespace detail

template <typename T>
class Slice final
    : private detail::copy_assignable_if<std::is_const<T>::value> {
public:
  using value_type = T;

  Slice() noexcept;
  Slice(T *, std::size_t count) noexcept;

  template <typename C>
  explicit Slice(C &c) : Slice(c.data(), c.size()) {}

  Slice &operator=(const Slice<T> &) & noexcept = default;
  Slice &operator=(Slice<T> &&) & noexcept = default;

  T *data() const noexcept;
  std::size_t size() const noexcept;
  std::size_t length() const noexcept;
  bool empty() const noexcept;

  T &operator[](std::size_t n) const noexcept;
  T &at(std::size_t n) const;
  T &front() const noexcept;
  T &back() const noexcept;

  Slice(const Slice<T> &) noexcept = default;
  ~Slice() noexcept = default;

  class iterator;
  iterator begin() const noexcept;
  iterator end() const noexcept;

  void swap(Slice &) noexcept;

private:
  class uninit;
  Slice(uninit) noexcept;
  friend impl<Slice>;
  friend void sliceInit(void *, const void *, std::size_t) noexcept;
  friend void *slicePtr(const void *) noexcept;
  friend std::size_t sliceLen(const void *) noexcept;

  std::array<std::uintptr_t, 2> repr;
};

#ifdef __cpp_deduction_guides
template <typename C>
explicit Slice(C &c)
    -> Slice<std::remove_reference_t<decltype(*std::declval<C>().data())>>;
#endif // __cpp_deduction_guides

template <typename T>
class Slice<T>::iterator final {
public:
#if __cplusplus >= 202002L
  using iterator_category = std::contiguous_iterator_tag;
#else
  using iterator_category = std::random_access_iterator_tag;
#endif
  using value_type = T;
  using difference_type = std::ptrdiff_t;
  using pointer = typename std::add_pointer<T>::type;
  using reference = typename std::add_lvalue_reference<T>::type;

  reference operator*() const noexcept;
  pointer operator->() const noexcept;
  reference operator[](difference_type) const noexcept;

  iterator &operator++() noexcept;
  iterator operator++(int) noexcept;
  iterator &operator--() noexcept;
  iterator operator--(int) noexcept;

  iterator &operator+=(difference_type) noexcept;
  iterator &operator-=(difference_type) noexcept;
  iterator operator+(difference_type) const noexcept;
  friend inline iterator operator+(difference_type lhs, iterator rhs) noexcept {
    return rhs + lhs;
  }
  iterator operator-(difference_type) const noexcept;
  difference_type operator-(const iterator &) const noexcept;

  bool operator==(const iterator &) const noexcept;
  bool operator!=(const iterator &) const noexcept;
  bool operator<(const iterator &) const noexcept;
  bool operator<=(const iterator &) const noexcept;
  bool operator>(const iterator &) const noexcept;
  bool operator>=(const iterator &) const noexcept;

private:
  friend class Slice;
  void *pos;
  std::size_t stride;
};

template <typename T>
Slice<T>::Slice() noexcept {
  sliceInit(this, reinterpret_cast<void *>(align_of<T>()), 0);
}

template <typename T>
Slice<T>::Slice(T *s, std::size_t count) noexcept {
  assert(s != nullptr || count == 0);
  sliceInit(this,
            s == nullptr && count == 0
                ? reinterpret_cast<void *>(align_of<T>())
                : const_cast<typename std::remove_const<T>::type *>(s),
            count);
}

template <typename T>
T *Slice<T>::data() const noexcept {
  return reinterpret_cast<T *>(slicePtr(this));
}

template <typename T>
std::size_t Slice<T>::size() const noexcept {
  return sliceLen(this);
}

template <typename T>
std::size_t Slice<T>::length() const noexcept {
  return this->size();
}

template <typename T>
bool Slice<T>::empty() const noexcept {
  return this->size() == 0;
}

template <typename T>
T &Slice<T>::operator[](std::size_t n) const noexcept {
  assert(n < this->size());
  auto ptr = static_cast<char *>(slicePtr(this)) + size_of<T>() * n;
  return *reinterpret_cast<T *>(ptr);
}

template <typename T>
T &Slice<T>::at(std::size_t n) const {
  if (n >= this->size()) {
    panic<std::out_of_range>("rust::Slice index out of range");
  }
  return (*this)[n];
}

template <typename T>
T &Slice<T>::front() const noexcept {
  assert(!this->empty());
  return (*this)[0];
}

template <typename T>
T &Slice<T>::back() const noexcept {
  assert(!this->empty());
  return (*this)[this->size() - 1];
}

template <typename T>
typename Slice<T>::iterator::reference
Slice<T>::iterator::operator*() const noexcept {
  return *static_cast<T *>(this->pos);
}

template <typename T>
typename Slice<T>::iterator::pointer
Slice<T>::iterator::operator->() const noexcept {
  return static_cast<T *>(this->pos);
}

template <typename T>
typename Slice<T>::iterator::reference Slice<T>::iterator::operator[](
    typename Slice<T>::iterator::difference_type n) const noexcept {
  auto ptr = static_cast<char *>(this->pos) + this->stride * n;
  return *reinterpret_cast<T *>(ptr);
}

template <typename T>
typename Slice<T>::iterator &Slice<T>::iterator::operator++() noexcept {
  this->pos = static_cast<char *>(this->pos) + this->stride;
  return *this;
}

template <typename T>
typename Slice<T>::iterator Slice<T>::iterator::operator++(int) noexcept {
  auto ret = iterator(*this);
  this->pos = static_cast<char *>(this->pos) + this->stride;
  return ret;
}

template <typename T>
typename Slice<T>::iterator &Slice<T>::iterator::operator--() noexcept {
  this->pos = static_cast<char *>(this->pos) - this->stride;
  return *this;
}

template <typename T>
typename Slice<T>::iterator Slice<T>::iterator::operator--(int) noexcept {
  auto ret = iterator(*this);
  this->pos = static_cast<char *>(this->pos) - this->stride;
  return ret;
}

template <typename T>
typename Slice<T>::iterator &Slice<T>::iterator::operator+=(
    typename Slice<T>::iterator::difference_type n) noexcept {
  this->pos = static_cast<char *>(this->pos) + this->stride * n;
  return *this;
}

template <typename T>
typename Slice<T>::iterator &Slice<T>::iterator::operator-=(
    typename Slice<T>::iterator::difference_type n) noexcept {
  this->pos = static_cast<char *>(this->pos) - this->stride * n;
  return *this;
}

template <typename T>
typename Slice<T>::iterator Slice<T>::iterator::operator+(
    typename Slice<T>::iterator::difference_type n) const noexcept {
  auto ret = iterator(*this);
  ret.pos = static_cast<char *>(this->pos) + this->stride * n;
  return ret;
}

template <typename T>
typename Slice<T>::iterator Slice<T>::iterator::operator-(
    typename Slice<T>::iterator::difference_type n) const noexcept {
  auto ret = iterator(*this);
  ret.pos = static_cast<char *>(this->pos) - this->stride * n;
  return ret;
}

template <typename T>
typename Slice<T>::iterator::difference_type
Slice<T>::iterator::operator-(const iterator &other) const noexcept {
  auto diff = std::distance(static_cast<char *>(other.pos),
                            static_cast<char *>(this->pos));
  return diff / static_cast<typename Slice<T>::iterator::difference_type>(
                    this->stride);
}

template <typename T>
bool Slice<T>::iterator::operator==(const iterator &other) const noexcept {
  return this->pos == other.pos;
}

template <typename T>
bool Slice<T>::iterator::operator!=(const iterator &other) const noexcept {
  return this->pos != other.pos;
}

template <typename T>
bool Slice<T>::iterator::operator<(const iterator &other) const noexcept {
  return this->pos < other.pos;
}

template <typename T>
bool Slice<T>::iterator::operator<=(const iterator &other) const noexcept {
  return this->pos <= other.pos;
}

template <typename T>
bool Slice<T>::iterator::operator>(const iterator &other) const noexcept {
  return this->pos > other.pos;
}

template <typename T>
bool Slice<T>::iterator::operator>=(const iterator &other) const noexcept {
  return this->pos >= other.pos;
}

template <typename T>
typename Slice<T>::iterator Slice<T>::begin() const noexcept {
  iterator it;
  it.pos = slicePtr(this);
  it.stride = size_of<T>();
  return it;
}

template <typename T>
typename Slice<T>::iterator Slice<T>::end() const noexcept {
  iterator it = this->begin();
  it.pos = static_cast<char *>(it.pos) + it.stride * this->size();
  return it;
}

template <typename T>
void Slice<T>::swap(Slice &rhs) noexcept {
  std::swap(*this, rhs);
}
#endif // CXXBRIDGE1_RUST_SLICE

#ifndef CXXBRIDGE1_RUST_BITCOPY_T
#define CXXBRIDGE1_RUST_BITCOPY_T
struct unsafe_bitcopy_t final {
  explicit unsafe_bitcopy_t() = default;
};
#endif // CXXBRIDGE1_RUST_BITCOPY_T

#ifndef CXXBRIDGE1_RUST_VEC
#define CXXBRIDGE1_RUST_VEC
template <typename T>
class Vec final {
public:
  using value_type = T;

  Vec() noexcept;
  Vec(std::initializer_list<T>);
  Vec(const Vec &);
  Vec(Vec &&) noexcept;
  ~Vec() noexcept;

  Vec &operator=(Vec &&) & noexcept;
  Vec &operator=(const Vec &) &;

  std::size_t size() const noexcept;
  bool empty() const noexcept;
  const T *data() const noexcept;
  T *data() noexcept;
  std::size_t capacity() const noexcept;

  const T &operator[](std::size_t n) const noexcept;
  const T &at(std::size_t n) const;
  const T &front() const noexcept;
  const T &back() const noexcept;

  T &operator[](std::size_t n) noexcept;
  T &at(std::size_t n);
  T &front() noexcept;
  T &back() noexcept;

  void reserve(std::size_t new_cap);
  void push_back(const T &value);
  void push_back(T &&value);
  template <typename... Args>
  void emplace_back(Args &&...args);
  void truncate(std::size_t len);
  void clear();

  using iterator = typename Slice<T>::iterator;
  iterator begin() noexcept;
  iterator end() noexcept;

  using const_iterator = typename Slice<const T>::iterator;
  const_iterator begin() const noexcept;
  const_iterator end() const noexcept;
  const_iterator cbegin() const noexcept;
  const_iterator cend() const noexcept;

  void swap(Vec &) noexcept;

  Vec(unsafe_bitcopy_t, const Vec &) noexcept;

private:
  void reserve_total(std::size_t new_cap) noexcept;
  void set_len(std::size_t len) noexcept;
  void drop() noexcept;

  friend void swap(Vec &lhs, Vec &rhs) noexcept { lhs.swap(rhs); }

  std::array<std::uintptr_t, 3> repr;
};

template <typename T>
Vec<T>::Vec(std::initializer_list<T> init) : Vec{} {
  this->reserve_total(init.size());
  std::move(init.begin(), init.end(), std::back_inserter(*this));
}

template <typename T>
Vec<T>::Vec(const Vec &other) : Vec() {
  this->reserve_total(other.size());
  std::copy(other.begin(), other.end(), std::back_inserter(*this));
}

template <typename T>
Vec<T>::Vec(Vec &&other) noexcept : repr(other.repr) {
  new (&other) Vec();
}

template <typename T>
Vec<T>::~Vec() noexcept {
  this->drop();
}

template <typename T>
Vec<T> &Vec<T>::operator=(Vec &&other) & noexcept {
  this->drop();
  this->repr = other.repr;
  new (&other) Vec();
  return *this;
}

template <typename T>
Vec<T> &Vec<T>::operator=(const Vec &other) & {
  if (this != &other) {
    this->drop();
    new (this) Vec(other);
  }
  return *this;
}

template <typename T>
bool Vec<T>::empty() const noexcept {
  return this->size() == 0;
}

template <typename T>
const T &Vec<T>::operator[](std::size_t n) const noexcept {
  assert(n < this->size());
  auto data = reinterpret_cast<const char *>(this->data());
  return *reinterpret_cast<const T *>(data + n * size_of<T>());
}

template <typename T>
const T &Vec<T>::at(std::size_t n) const {
  if (n >= this->size()) {
    panic<std::out_of_range>("rust::Vec index out of range");
  }
  return (*this)[n];
}

template <typename T>
const T &Vec<T>::front() const noexcept {
  assert(!this->empty());
  return (*this)[0];
}

template <typename T>
const T &Vec<T>::back() const noexcept {
  assert(!this->empty());
  return (*this)[this->size() - 1];
}

template <typename T>
T &Vec<T>::operator[](std::size_t n) noexcept {
  assert(n < this->size());
  auto data = reinterpret_cast<char *>(this->data());
  return *reinterpret_cast<T *>(data + n * size_of<T>());
}

template <typename T>
T &Vec<T>::at(std::size_t n) {
  if (n >= this->size()) {
    panic<std::out_of_range>("rust::Vec index out of range");
  }
  return (*this)[n];
}

template <typename T>
T &Vec<T>::front() noexcept {
  assert(!this->empty());
  return (*this)[0];
}

template <typename T>
T &Vec<T>::back() noexcept {
  assert(!this->empty());
  return (*this)[this->size() - 1];
}

template <typename T>
void Vec<T>::reserve(std::size_t new_cap) {
  this->reserve_total(new_cap);
}

template <typename T>
void Vec<T>::push_back(const T &value) {
  this->emplace_back(value);
}

template <typename T>
void Vec<T>::push_back(T &&value) {
  this->emplace_back(std::move(value));
}

template <typename T>
template <typename... Args>
void Vec<T>::emplace_back(Args &&...args) {
  auto size = this->size();
  this->reserve_total(size + 1);
  ::new (reinterpret_cast<T *>(reinterpret_cast<char *>(this->data()) +
                               size * size_of<T>()))
      T(std::forward<Args>(args)...);
  this->set_len(size + 1);
}

template <typename T>
void Vec<T>::clear() {
  this->truncate(0);
}

template <typename T>
typename Vec<T>::iterator Vec<T>::begin() noexcept {
  return Slice<T>(this->data(), this->size()).begin();
}

template <typename T>
typename Vec<T>::iterator Vec<T>::end() noexcept {
  return Slice<T>(this->data(), this->size()).end();
}

template <typename T>
typename Vec<T>::const_iterator Vec<T>::begin() const noexcept {
  return this->cbegin();
}

template <typename T>
typename Vec<T>::const_iterator Vec<T>::end() const noexcept {
  return this->cend();
}

template <typename T>
typename Vec<T>::const_iterator Vec<T>::cbegin() const noexcept {
  return Slice<const T>(this->data(), this->size()).begin();
}

template <typename T>
typename Vec<T>::const_iterator Vec<T>::cend() const noexcept {
  return Slice<const T>(this->data(), this->size()).end();
}

template <typename T>
void Vec<T>::swap(Vec &rhs) noexcept {
  using std::swap;
  swap(this->repr, rhs.repr);
}

template <typename T>
Vec<T>::Vec(unsafe_bitcopy_t, const Vec &bits) noexcept : repr(bits.repr) {}
#endif // CXXBRIDGE1_RUST_VEC

#ifndef CXXBRIDGE1_RUST_OPAQUE
#define CXXBRIDGE1_RUST_OPAQUE
class Opaque {
public:
  Opaque() = delete;
  Opaque(const Opaque &) = delete;
  ~Opaque() = delete;
};
#endif // CXXBRIDGE1_RUST_OPAQUE

#ifndef CXXBRIDGE1_IS_COMPLETE
#define CXXBRIDGE1_IS_COMPLETE
namespace detail {
namespace {
template <typename T, typename = std::size_t>
struct is_complete : std::false_type {};
template <typename T>
struct is_complete<T, decltype(sizeof(T))> : std::true_type {};
} // namespace
} // namespace detail
#endif // CXXBRIDGE1_IS_COMPLETE

#ifndef CXXBRIDGE1_LAYOUT
#define CXXBRIDGE1_LAYOUT
class layout {
  template <typename T>
  friend std::size_t size_of();
  template <typename T>
  friend std::size_t align_of();
  template <typename T>
  static typename std::enable_if<std::is_base_of<Opaque, T>::value,
                                 std::size_t>::type
  do_size_of() {
    return T::layout::size();
  }
  template <typename T>
  static typename std::enable_if<!std::is_base_of<Opaque, T>::value,
                                 std::size_t>::type
  do_size_of() {
    return sizeof(T);
  }
  template <typename T>
  static
      typename std::enable_if<detail::is_complete<T>::value, std::size_t>::type
      size_of() {
    return do_size_of<T>();
  }
  template <typename T>
  static typename std::enable_if<std::is_base_of<Opaque, T>::value,
                                 std::size_t>::type
  do_align_of() {
    return T::layout::align();
  }
  template <typename T>
  static typename std::enable_if<!std::is_base_of<Opaque, T>::value,
                                 std::size_t>::type
  do_align_of() {
    return alignof(T);
  }
  template <typename T>
  static
      typename std::enable_if<detail::is_complete<T>::value, std::size_t>::type
      align_of() {
    return do_align_of<T>();
  }
};

template <typename T>
std::size_t size_of() {
  return layout::size_of<T>();
}

template <typename T>
std::size_t align_of() {
  return layout::align_of<T>();
}
#endif // CXXBRIDGE1_LAYOUT

#ifndef CXXBRIDGE1_RELOCATABLE
#define CXXBRIDGE1_RELOCATABLE
namespace detail {
template <typename... Ts>
struct make_void {
  using type = void;
};

template <typename... Ts>
using void_t = typename make_void<Ts...>::type;

template <typename Void, template <typename...> class, typename...>
struct detect : std::false_type {};
template <template <typename...> class T, typename... A>
struct detect<void_t<T<A...>>, T, A...> : std::true_type {};

template <template <typename...> class T, typename... A>
using is_detected = detect<void, T, A...>;

template <typename T>
using detect_IsRelocatable = typename T::IsRelocatable;

template <typename T>
struct get_IsRelocatable
    : std::is_same<typename T::IsRelocatable, std::true_type> {};
} // namespace detail

template <typename T>
struct IsRelocatable
    : std::conditional<
          detail::is_detected<detail::detect_IsRelocatable, T>::value,
          detail::get_IsRelocatable<T>,
          std::integral_constant<
              bool, std::is_trivially_move_constructible<T>::value &&
                        std::is_trivially_destructible<T>::value>>::type {};
#endif // CXXBRIDGE1_RELOCATABLE

namespace detail {
template <typename T, typename = void *>
struct operator_new {
  void *operator()(::std::size_t sz) { return ::operator new(sz); }
};

template <typename T>
struct operator_new<T, decltype(T::operator new(sizeof(T)))> {
  void *operator()(::std::size_t sz) { return T::operator new(sz); }
};
} // namespace detail

template <typename T>
union MaybeUninit {
  T value;
  void *operator new(::std::size_t sz) { return detail::operator_new<T>{}(sz); }
  MaybeUninit() {}
  ~MaybeUninit() {}
};

namespace {
template <typename T>
void destroy(T *ptr) {
  ptr->~T();
}

template <bool> struct deleter_if {
  template <typename T> void operator()(T *) {}
};
template <> struct deleter_if<true> {
  template <typename T> void operator()(T *ptr) { ptr->~T(); }
};

template <typename T, bool = ::std::is_move_constructible<T>::value>
struct if_move_constructible {
  static bool reserve(::std::vector<T> &, ::std::size_t) noexcept {
    return false;
  }
};
template <typename T>
struct if_move_constructible<T, true> {
  static bool reserve(::std::vector<T> &vec, ::std::size_t new_cap) {
    vec.reserve(new_cap);
    return true;
  }
};
} // namespace
} // namespace cxxbridge1
} // namespace rust

#if __cplusplus >= 201402L
#define CXX_DEFAULT_VALUE(value) = value
#else
#define CXX_DEFAULT_VALUE(value)
#endif

namespace sconce {
  namespace bridge {
    struct FailureInfo;
    struct ArgumentRow;
    struct Schema;
    struct ExtraRow;
    struct Failure;
  }
  namespace abi {
    struct TensorHandle;
    struct ValueHandle;
    struct MethodHandle;
    struct OpHandle;
  }
}

namespace sconce {
namespace bridge {
#ifndef CXXBRIDGE1_STRUCT_sconce$bridge$FailureInfo
#define CXXBRIDGE1_STRUCT_sconce$bridge$FailureInfo
struct FailureInfo final {
  ::std::uint8_t kind CXX_DEFAULT_VALUE(0);
  bool in_script CXX_DEFAULT_VALUE(false);
  bool has_class CXX_DEFAULT_VALUE(false);
  ::rust::String class_name;
  ::rust::String message;
  ::rust::String text;

  using IsRelocatable = ::std::true_type;
};
#endif // CXXBRIDGE1_STRUCT_sconce$bridge$FailureInfo

#ifndef CXXBRIDGE1_STRUCT_sconce$bridge$ArgumentRow
#define CXXBRIDGE1_STRUCT_sconce$bridge$ArgumentRow
struct ArgumentRow final {
  ::rust::String name;
  ::rust::String type_text;
  bool has_default CXX_DEFAULT_VALUE(false);
  bool kwarg_only CXX_DEFAULT_VALUE(false);
  ::sconce::abi::Slot default_value;

  using IsRelocatable = ::std::true_type;
};
#endif // CXXBRIDGE1_STRUCT_sconce$bridge$ArgumentRow

#ifndef CXXBRIDGE1_STRUCT_sconce$bridge$Schema
#define CXXBRIDGE1_STRUCT_sconce$bridge$Schema
struct Schema final {
  ::rust::String name;
  ::rust::String overload;
  ::rust::Vec<::sconce::bridge::ArgumentRow> arguments;
  ::rust::Vec<::sconce::bridge::ArgumentRow> returns;
  ::rust::String text;

  using IsRelocatable = ::std::true_type;
};
#endif // CXXBRIDGE1_STRUCT_sconce$bridge$Schema

#ifndef CXXBRIDGE1_STRUCT_sconce$bridge$ExtraRow
#define CXXBRIDGE1_STRUCT_sconce$bridge$ExtraRow
struct ExtraRow final {
  ::rust::String name;
  bool found CXX_DEFAULT_VALUE(false);
  ::rust::Vec<::std::uint8_t> contents;

  using IsRelocatable = ::std::true_type;
};
#endif // CXXBRIDGE1_STRUCT_sconce$bridge$ExtraRow

#ifndef CXXBRIDGE1_STRUCT_sconce$bridge$Failure
#define CXXBRIDGE1_STRUCT_sconce$bridge$Failure
struct Failure final : public ::rust::Opaque {
  ~Failure() = delete;

private:
  friend ::rust::layout;
  struct layout {
    static ::std::size_t size() noexcept;
    static ::std::size_t align() noexcept;
  };
};
#endif // CXXBRIDGE1_STRUCT_sconce$bridge$Failure
} // namespace bridge

namespace abi {
#ifndef CXXBRIDGE1_STRUCT_sconce$abi$TensorHandle
#define CXXBRIDGE1_STRUCT_sconce$abi$TensorHandle
struct TensorHandle final : public ::rust::Opaque {
  ~TensorHandle() = delete;

private:
  friend ::rust::layout;
  struct layout {
    static ::std::size_t size() noexcept;
    static ::std::size_t align() noexcept;
  };
};
#endif // CXXBRIDGE1_STRUCT_sconce$abi$TensorHandle

#ifndef CXXBRIDGE1_STRUCT_sconce$abi$ValueHandle
#define CXXBRIDGE1_STRUCT_sconce$abi$ValueHandle
struct ValueHandle final : public ::rust::Opaque {
  ~ValueHandle() = delete;

private:
  friend ::rust::layout;
  struct layout {
    static ::std::size_t size() noexcept;
    static ::std::size_t align() noexcept;
  };
};
#endif // CXXBRIDGE1_STRUCT_sconce$abi$ValueHandle

#ifndef CXXBRIDGE1_STRUCT_sconce$abi$MethodHandle
#define CXXBRIDGE1_STRUCT_sconce$abi$MethodHandle
struct MethodHandle final : public ::rust::Opaque {
  ~MethodHandle() = delete;

private:
  friend ::rust::layout;
  struct layout {
    static ::std::size_t size() noexcept;
    static ::std::size_t align() noexcept;
  };
};
#endif // CXXBRIDGE1_STRUCT_sconce$abi$MethodHandle

#ifndef CXXBRIDGE1_STRUCT_sconce$abi$OpHandle
#define CXXBRIDGE1_STRUCT_sconce$abi$OpHandle
struct OpHandle final : public ::rust::Opaque {
  ~OpHandle() = delete;

private:
  friend ::rust::layout;
  struct layout {
    static ::std::size_t size() noexcept;
    static ::std::size_t align() noexcept;
  };
};
#endif // CXXBRIDGE1_STRUCT_sconce$abi$OpHandle
} // namespace abi
} // namespace sconce

static_assert(
    ::rust::IsRelocatable<::sconce::abi::Slot>::value,
    "type sconce::abi::Slot should be trivially move constructible and trivially destructible in C++ to be used as a field of `ArgumentRow` or slice element in &[Slot] and &mut [Slot] in Rust");

namespace sconce {
namespace bridge {
extern "C" {
::std::size_t sconce$bridge$cxxbridge1$205$Failure$operator$sizeof() noexcept;
::std::size_t sconce$bridge$cxxbridge1$205$Failure$operator$alignof() noexcept;
} // extern "C"
} // namespace bridge

namespace abi {
extern "C" {
::std::size_t sconce$abi$cxxbridge1$205$TensorHandle$operator$sizeof() noexcept;
::std::size_t sconce$abi$cxxbridge1$205$TensorHandle$operator$alignof() noexcept;
::std::size_t sconce$abi$cxxbridge1$205$ValueHandle$operator$sizeof() noexcept;
::std::size_t sconce$abi$cxxbridge1$205$ValueHandle$operator$alignof() noexcept;
::std::size_t sconce$abi$cxxbridge1$205$MethodHandle$operator$sizeof() noexcept;
::std::size_t sconce$abi$cxxbridge1$205$MethodHandle$operator$alignof() noexcept;
::std::size_t sconce$abi$cxxbridge1$205$OpHandle$operator$sizeof() noexcept;
::std::size_t sconce$abi$cxxbridge1$205$OpHandle$operator$alignof() noexcept;
} // extern "C"
} // namespace abi

namespace bridge {
extern "C" {
void sconce$bridge$cxxbridge1$205$failure_take(::sconce::bridge::Failure *failure, ::sconce::bridge::FailureInfo *return$) noexcept;

void sconce$bridge$cxxbridge1$205$tensor_retain(::sconce::abi::TensorHandle const *tensor) noexcept;

void sconce$bridge$cxxbridge1$205$tensor_release(::sconce::abi::TensorHandle const *tensor) noexcept;

::std::size_t sconce$bridge$cxxbridge1$205$tensor_use_count(::sconce::abi::TensorHandle const *tensor) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$tensor_meta(::sconce::abi::TensorHandle const *tensor, ::sconce::abi::TensorMeta &out) noexcept;

bool sconce$bridge$cxxbridge1$205$tensor_is(::sconce::abi::TensorHandle const *a, ::sconce::abi::TensorHandle const *b) noexcept;

bool sconce$bridge$cxxbridge1$205$tensor_shares_storage(::sconce::abi::TensorHandle const *a, ::sconce::abi::TensorHandle const *b) noexcept;

void sconce$bridge$cxxbridge1$205$tensor_set_requires_grad(::sconce::abi::TensorHandle const *tensor, bool on) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$tensor_text(::sconce::abi::TensorHandle const *tensor, ::std::int64_t width, ::rust::String &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$tensor_from_memory(::std::size_t data, ::rust::Slice<::std::int64_t const> sizes, ::rust::Slice<::std::int64_t const> strides, ::std::int64_t storage_offset, ::std::int8_t dtype, ::std::size_t release, ::std::size_t context, ::std::size_t &out) noexcept;

::std::int8_t sconce$bridge$cxxbridge1$205$default_dtype() noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$set_default_dtype(::std::int8_t dtype) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$promote_types(::std::int8_t a, ::std::int8_t b, ::std::int8_t &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$op_find(::rust::Str name, ::rust::Str overload, ::std::size_t &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$op_call(::sconce::abi::OpHandle const *op, ::rust::Slice<::sconce::abi::Slot const> args, ::rust::Slice<::sconce::abi::Slot > results) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$op_call_by_name(::rust::Str name, ::rust::Slice<::sconce::abi::Slot const> args, ::std::vector<::sconce::abi::Slot> &results) noexcept;

void sconce$bridge$cxxbridge1$205$value_retain(::sconce::abi::ValueHandle const *value) noexcept;

void sconce$bridge$cxxbridge1$205$value_release(::sconce::abi::ValueHandle const *value) noexcept;

void sconce$bridge$cxxbridge1$205$slot_release(::sconce::abi::Slot const &slot) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$slot_type(::sconce::abi::Slot const &slot, ::rust::String &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$slot_text(::sconce::abi::Slot const &slot, ::rust::String &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$slot_equals(::sconce::abi::Slot const &a, ::sconce::abi::Slot const &b, bool &out) noexcept;

bool sconce$bridge$cxxbridge1$205$slot_is(::sconce::abi::Slot const &a, ::sconce::abi::Slot const &b) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$slot_copy(::sconce::abi::Slot const &slot, bool deep, ::sconce::abi::Slot &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$list_new(::rust::Str element, ::std::size_t &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$list_element_type(::sconce::abi::ValueHandle const *list, ::rust::String &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$list_size(::sconce::abi::ValueHandle const *list, ::std::size_t &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$list_get(::sconce::abi::ValueHandle const *list, ::std::size_t index, ::sconce::abi::Slot &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$list_set(::sconce::abi::ValueHandle const *list, ::std::size_t index, ::sconce::abi::Slot const &value) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$list_insert(::sconce::abi::ValueHandle const *list, ::std::size_t index, ::sconce::abi::Slot const &value) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$list_erase(::sconce::abi::ValueHandle const *list, ::std::size_t begin, ::std::size_t end) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$list_items(::sconce::abi::ValueHandle const *list, ::std::vector<::sconce::abi::Slot> &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$dict_new(::rust::Str key, ::rust::Str value, ::std::size_t &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$dict_types(::sconce::abi::ValueHandle const *dict, ::rust::String &key, ::rust::String &value) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$dict_size(::sconce::abi::ValueHandle const *dict, ::std::size_t &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$dict_get(::sconce::abi::ValueHandle const *dict, ::sconce::abi::Slot const &key, bool &found, ::sconce::abi::Slot &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$dict_set(::sconce::abi::ValueHandle const *dict, ::sconce::abi::Slot const &key, ::sconce::abi::Slot const &value) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$dict_erase(::sconce::abi::ValueHandle const *dict, ::sconce::abi::Slot const &key, bool &found) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$dict_clear(::sconce::abi::ValueHandle const *dict) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$dict_items(::sconce::abi::ValueHandle const *dict, ::std::vector<::sconce::abi::Slot> &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$tuple_items(::sconce::abi::Slot const &tuple, ::std::vector<::sconce::abi::Slot> &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$enum_parts(::sconce::abi::ValueHandle const *value, ::rust::String &class_name, ::rust::String &name, ::sconce::abi::Slot &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$future_wait(::sconce::abi::ValueHandle const *future, ::sconce::abi::Slot &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$object_type_name(::sconce::abi::ValueHandle const *object, ::rust::String &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$object_get(::sconce::abi::ValueHandle const *object, ::rust::Str name, bool &found, ::sconce::abi::Slot &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$object_set(::sconce::abi::ValueHandle const *object, ::rust::Str name, ::sconce::abi::Slot const &value) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$object_slots(::sconce::abi::ValueHandle const *object, ::std::uint8_t kind, ::rust::Vec<::rust::String> &names, ::std::vector<::sconce::abi::Slot> &values) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$object_methods(::sconce::abi::ValueHandle const *object, ::rust::Vec<::rust::String> &names) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$object_find_method(::sconce::abi::ValueHandle const *object, ::rust::Str name, ::std::size_t &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$object_register(::sconce::abi::ValueHandle const *object, ::rust::Str name, ::rust::Str type_text, ::std::uint8_t kind, ::sconce::abi::Slot const &value) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$object_define(::sconce::abi::ValueHandle const *object, ::rust::Str source) noexcept;

void sconce$bridge$cxxbridge1$205$method_retain(::sconce::abi::MethodHandle const *method) noexcept;

void sconce$bridge$cxxbridge1$205$method_release(::sconce::abi::MethodHandle const *method) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$method_schema(::sconce::abi::MethodHandle const *method, ::sconce::bridge::Schema &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$method_graph(::sconce::abi::MethodHandle const *method, bool inlined, ::rust::String &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$method_run(::sconce::abi::MethodHandle const *method, ::rust::Slice<::sconce::abi::Slot const> args, ::rust::Slice<::rust::Str const> names, ::rust::Slice<::sconce::abi::Slot const> kwargs, ::sconce::abi::Slot &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$module_load(::rust::Str path, ::rust::Vec<::sconce::bridge::ExtraRow> &extra, ::std::size_t &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$module_load_bytes(::rust::Slice<::std::uint8_t const> bytes, ::rust::Vec<::sconce::bridge::ExtraRow> &extra, ::std::size_t &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$module_load_reader(::std::size_t context, ::std::size_t size, ::std::size_t read, ::rust::Vec<::sconce::bridge::ExtraRow> &extra, ::std::size_t &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$set_print_handler(::std::size_t print) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$tensors_save(::rust::Slice<::rust::Str const> names, ::rust::Slice<::sconce::abi::Slot const> tensors, ::rust::Str path, ::rust::Vec<::std::uint8_t> &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$pickle_load(::rust::Slice<::std::uint8_t const> bytes, ::sconce::abi::Slot &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$pickle_save(::sconce::abi::Slot const &value, ::rust::Vec<::std::uint8_t> &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$module_train(::sconce::abi::ValueHandle const *module, bool on) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$module_to(::sconce::abi::ValueHandle const *module, ::std::int8_t dtype) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$module_dump(::sconce::abi::ValueHandle const *module, bool code, bool attributes, bool parameters, ::rust::String &out) noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$module_clone(::sconce::abi::ValueHandle const *module, ::std::size_t &out) noexcept;

void sconce$bridge$cxxbridge1$205$set_num_threads(::std::int32_t threads) noexcept;

::std::int32_t sconce$bridge$cxxbridge1$205$get_num_threads() noexcept;

::sconce::bridge::Failure *sconce$bridge$cxxbridge1$205$manual_seed(::std::uint64_t seed) noexcept;
} // extern "C"

::std::size_t Failure::layout::size() noexcept {
  return sconce$bridge$cxxbridge1$205$Failure$operator$sizeof();
}

::std::size_t Failure::layout::align() noexcept {
  return sconce$bridge$cxxbridge1$205$Failure$operator$alignof();
}
} // namespace bridge

namespace abi {
::std::size_t TensorHandle::layout::size() noexcept {
  return sconce$abi$cxxbridge1$205$TensorHandle$operator$sizeof();
}

::std::size_t TensorHandle::layout::align() noexcept {
  return sconce$abi$cxxbridge1$205$TensorHandle$operator$alignof();
}

::std::size_t ValueHandle::layout::size() noexcept {
  return sconce$abi$cxxbridge1$205$ValueHandle$operator$sizeof();
}

::std::size_t ValueHandle::layout::align() noexcept {
  return sconce$abi$cxxbridge1$205$ValueHandle$operator$alignof();
}

::std::size_t MethodHandle::layout::size() noexcept {
  return sconce$abi$cxxbridge1$205$MethodHandle$operator$sizeof();
}

::std::size_t MethodHandle::layout::align() noexcept {
  return sconce$abi$cxxbridge1$205$MethodHandle$operator$alignof();
}

::std::size_t OpHandle::layout::size() noexcept {
  return sconce$abi$cxxbridge1$205$OpHandle$operator$sizeof();
}

::std::size_t OpHandle::layout::align() noexcept {
  return sconce$abi$cxxbridge1$205$OpHandle$operator$alignof();
}
} // namespace abi

namespace bridge {
::sconce::bridge::FailureInfo failure_take(::sconce::bridge::Failure *failure) noexcept {
  ::rust::MaybeUninit<::sconce::bridge::FailureInfo> return$;
  sconce$bridge$cxxbridge1$205$failure_take(failure, &return$.value);
  return ::std::move(return$.value);
}

void tensor_retain(::sconce::abi::TensorHandle const *tensor) noexcept {
  sconce$bridge$cxxbridge1$205$tensor_retain(tensor);
}

void tensor_release(::sconce::abi::TensorHandle const *tensor) noexcept {
  sconce$bridge$cxxbridge1$205$tensor_release(tensor);
}

::std::size_t tensor_use_count(::sconce::abi::TensorHandle const *tensor) noexcept {
  return sconce$bridge$cxxbridge1$205$tensor_use_count(tensor);
}

::sconce::bridge::Failure *tensor_meta(::sconce::abi::TensorHandle const *tensor, ::sconce::abi::TensorMeta &out) noexcept {
  return sconce$bridge$cxxbridge1$205$tensor_meta(tensor, out);
}

bool tensor_is(::sconce::abi::TensorHandle const *a, ::sconce::abi::TensorHandle const *b) noexcept {
  return sconce$bridge$cxxbridge1$205$tensor_is(a, b);
}

bool tensor_shares_storage(::sconce::abi::TensorHandle const *a, ::sconce::abi::TensorHandle const *b) noexcept {
  return sconce$bridge$cxxbridge1$205$tensor_shares_storage(a, b);
}

void tensor_set_requires_grad(::sconce::abi::TensorHandle const *tensor, bool on) noexcept {
  sconce$bridge$cxxbridge1$205$tensor_set_requires_grad(tensor, on);
}

::sconce::bridge::Failure *tensor_text(::sconce::abi::TensorHandle const *tensor, ::std::int64_t width, ::rust::String &out) noexcept {
  return sconce$bridge$cxxbridge1$205$tensor_text(tensor, width, out);
}

::sconce::bridge::Failure *tensor_from_memory(::std::size_t data, ::rust::Slice<::std::int64_t const> sizes, ::rust::Slice<::std::int64_t const> strides, ::std::int64_t storage_offset, ::std::int8_t dtype, ::std::size_t release, ::std::size_t context, ::std::size_t &out) noexcept {
  return sconce$bridge$cxxbridge1$205$tensor_from_memory(data, sizes, strides, storage_offset, dtype, release, context, out);
}

::std::int8_t default_dtype() noexcept {
  return sconce$bridge$cxxbridge1$205$default_dtype();
}

::sconce::bridge::Failure *set_default_dtype(::std::int8_t dtype) noexcept {
  return sconce$bridge$cxxbridge1$205$set_default_dtype(dtype);
}

::sconce::bridge::Failure *promote_types(::std::int8_t a, ::std::int8_t b, ::std::int8_t &out) noexcept {
  return sconce$bridge$cxxbridge1$205$promote_types(a, b, out);
}

::sconce::bridge::Failure *op_find(::rust::Str name, ::rust::Str overload, ::std::size_t &out) noexcept {
  return sconce$bridge$cxxbridge1$205$op_find(name, overload, out);
}

::sconce::bridge::Failure *op_call(::sconce::abi::OpHandle const *op, ::rust::Slice<::sconce::abi::Slot const> args, ::rust::Slice<::sconce::abi::Slot > results) noexcept {
  return sconce$bridge$cxxbridge1$205$op_call(op, args, results);
}

::sconce::bridge::Failure *op_call_by_name(::rust::Str name, ::rust::Slice<::sconce::abi::Slot const> args, ::std::vector<::sconce::abi::Slot> &results) noexcept {
  return sconce$bridge$cxxbridge1$205$op_call_by_name(name, args, results);
}

void value_retain(::sconce::abi::ValueHandle const *value) noexcept {
  sconce$bridge$cxxbridge1$205$value_retain(value);
}

void value_release(::sconce::abi::ValueHandle const *value) noexcept {
  sconce$bridge$cxxbridge1$205$value_release(value);
}

void slot_release(::sconce::abi::Slot const &slot) noexcept {
  sconce$bridge$cxxbridge1$205$slot_release(slot);
}

::sconce::bridge::Failure *slot_type(::sconce::abi::Slot const &slot, ::rust::String &out) noexcept {
  return sconce$bridge$cxxbridge1$205$slot_type(slot, out);
}

::sconce::bridge::Failure *slot_text(::sconce::abi::Slot const &slot, ::rust::String &out) noexcept {
  return sconce$bridge$cxxbridge1$205$slot_text(slot, out);
}

::sconce::bridge::Failure *slot_equals(::sconce::abi::Slot const &a, ::sconce::abi::Slot const &b, bool &out) noexcept {
  return sconce$bridge$cxxbridge1$205$slot_equals(a, b, out);
}

bool slot_is(::sconce::abi::Slot const &a, ::sconce::abi::Slot const &b) noexcept {
  return sconce$bridge$cxxbridge1$205$slot_is(a, b);
}

::sconce::bridge::Failure *slot_copy(::sconce::abi::Slot const &slot, bool deep, ::sconce::abi::Slot &out) noexcept {
  return sconce$bridge$cxxbridge1$205$slot_copy(slot, deep, out);
}

::sconce::bridge::Failure *list_new(::rust::Str element, ::std::size_t &out) noexcept {
  return sconce$bridge$cxxbridge1$205$list_new(element, out);
}

::sconce::bridge::Failure *list_element_type(::sconce::abi::ValueHandle const *list, ::rust::String &out) noexcept {
  return sconce$bridge$cxxbridge1$205$list_element_type(list, out);
}

::sconce::bridge::Failure *list_size(::sconce::abi::ValueHandle const *list, ::std::size_t &out) noexcept {
  return sconce$bridge$cxxbridge1$205$list_size(list, out);
}

::sconce::bridge::Failure *list_get(::sconce::abi::ValueHandle const *list, ::std::size_t index, ::sconce::abi::Slot &out) noexcept {
  return sconce$bridge$cxxbridge1$205$list_get(list, index, out);
}

::sconce::bridge::Failure *list_set(::sconce::abi::ValueHandle const *list, ::std::size_t index, ::sconce::abi::Slot const &value) noexcept {
  return sconce$bridge$cxxbridge1$205$list_set(list, index, value);
}

::sconce::bridge::Failure *list_insert(::sconce::abi::ValueHandle const *list, ::std::size_t index, ::sconce::abi::Slot const &value) noexcept {
  return sconce$bridge$cxxbridge1$205$list_insert(list, index, value);
}

::sconce::bridge::Failure *list_erase(::sconce::abi::ValueHandle const *list, ::std::size_t begin, ::std::size_t end) noexcept {
  return sconce$bridge$cxxbridge1$205$list_erase(list, begin, end);
}

::sconce::bridge::Failure *list_items(::sconce::abi::ValueHandle const *list, ::std::vector<::sconce::abi::Slot> &out) noexcept {
  return sconce$bridge$cxxbridge1$205$list_items(list, out);
}

::sconce::bridge::Failure *dict_new(::rust::Str key, ::rust::Str value, ::std::size_t &out) noexcept {
  return sconce$bridge$cxxbridge1$205$dict_new(key, value, out);
}

::sconce::bridge::Failure *dict_types(::sconce::abi::ValueHandle const *dict, ::rust::String &key, ::rust::String &value) noexcept {
  return sconce$bridge$cxxbridge1$205$dict_types(dict, key, value);
}

::sconce::bridge::Failure *dict_size(::sconce::abi::ValueHandle const *dict, ::std::size_t &out) noexcept {
  return sconce$bridge$cxxbridge1$205$dict_size(dict, out);
}

::sconce::bridge::Failure *dict_get(::sconce::abi::ValueHandle const *dict, ::sconce::abi::Slot const &key, bool &found, ::sconce::abi::Slot &out) noexcept {
  return sconce$bridge$cxxbridge1$205$dict_get(dict, key, found, out);
}

::sconce::bridge::Failure *dict_set(::sconce::abi::ValueHandle const *dict, ::sconce::abi::Slot const &key, ::sconce::abi::Slot const &value) noexcept {
  return sconce$bridge$cxxbridge1$205$dict_set(dict, key, value);
}

::sconce::bridge::Failure *dict_erase(::sconce::abi::ValueHandle const *dict, ::sconce::abi::Slot const &key, bool &found) noexcept {
  return sconce$bridge$cxxbridge1$205$dict_erase(dict, key, found);
}

::sconce::bridge::Failure *dict_clear(::sconce::abi::ValueHandle const *dict) noexcept {
  return sconce$bridge$cxxbridge1$205$dict_clear(dict);
}

::sconce::bridge::Failure *dict_items(::sconce::abi::ValueHandle const *dict, ::std::vector<::sconce::abi::Slot> &out) noexcept {
  return sconce$bridge$cxxbridge1$205$dict_items(dict, out);
}

::sconce::bridge::Failure *tuple_items(::sconce::abi::Slot const &tuple, ::std::vector<::sconce::abi::Slot> &out) noexcept {
  return sconce$bridge$cxxbridge1$205$tuple_items(tuple, out);
}

::sconce::bridge::Failure *enum_parts(::sconce::abi::ValueHandle const *value, ::rust::String &class_name, ::rust::String &name, ::sconce::abi::Slot &out) noexcept {
  return sconce$bridge$cxxbridge1$205$enum_parts(value, class_name, name, out);
}

::sconce::bridge::Failure *future_wait(::sconce::abi::ValueHandle const *future, ::sconce::abi::Slot &out) noexcept {
  return sconce$bridge$cxxbridge1$205$future_wait(future, out);
}

::sconce::bridge::Failure *object_type_name(::sconce::abi::ValueHandle const *object, ::rust::String &out) noexcept {
  return sconce$bridge$cxxbridge1$205$object_type_name(object, out);
}

::sconce::bridge::Failure *object_get(::sconce::abi::ValueHandle const *object, ::rust::Str name, bool &found, ::sconce::abi::Slot &out) noexcept {
  return sconce$bridge$cxxbridge1$205$object_get(object, name, found, out);
}

::sconce::bridge::Failure *object_set(::sconce::abi::ValueHandle const *object, ::rust::Str name, ::sconce::abi::Slot const &value) noexcept {
  return sconce$bridge$cxxbridge1$205$object_set(object, name, value);
}

::sconce::bridge::Failure *object_slots(::sconce::abi::ValueHandle const *object, ::std::uint8_t kind, ::rust::Vec<::rust::String> &names, ::std::vector<::sconce::abi::Slot> &values) noexcept {
  return sconce$bridge$cxxbridge1$205$object_slots(object, kind, names, values);
}

::sconce::bridge::Failure *object_methods(::sconce::abi::ValueHandle const *object, ::rust::Vec<::rust::String> &names) noexcept {
  return sconce$bridge$cxxbridge1$205$object_methods(object, names);
}

::sconce::bridge::Failure *object_find_method(::sconce::abi::ValueHandle const *object, ::rust::Str name, ::std::size_t &out) noexcept {
  return sconce$bridge$cxxbridge1$205$object_find_method(object, name, out);
}

::sconce::bridge::Failure *object_register(::sconce::abi::ValueHandle const *object, ::rust::Str name, ::rust::Str type_text, ::std::uint8_t kind, ::sconce::abi::Slot const &value) noexcept {
  return sconce$bridge$cxxbridge1$205$object_register(object, name, type_text, kind, value);
}

::sconce::bridge::Failure *object_define(::sconce::abi::ValueHandle const *object, ::rust::Str source) noexcept {
  return sconce$bridge$cxxbridge1$205$object_define(object, source);
}

void method_retain(::sconce::abi::MethodHandle const *method) noexcept {
  sconce$bridge$cxxbridge1$205$method_retain(method);
}

void method_release(::sconce::abi::MethodHandle const *method) noexcept {
  sconce$bridge$cxxbridge1$205$method_release(method);
}

::sconce::bridge::Failure *method_schema(::sconce::abi::MethodHandle const *method, ::sconce::bridge::Schema &out) noexcept {
  return sconce$bridge$cxxbridge1$205$method_schema(method, out);
}

::sconce::bridge::Failure *method_graph(::sconce::abi::MethodHandle const *method, bool inlined, ::rust::String &out) noexcept {
  return sconce$bridge$cxxbridge1$205$method_graph(method, inlined, out);
}

::sconce::bridge::Failure *method_run(::sconce::abi::MethodHandle const *method, ::rust::Slice<::sconce::abi::Slot const> args, ::rust::Slice<::rust::Str const> names, ::rust::Slice<::sconce::abi::Slot const> kwargs, ::sconce::abi::Slot &out) noexcept {
  return sconce$bridge$cxxbridge1$205$method_run(method, args, names, kwargs, out);
}

::sconce::bridge::Failure *module_load(::rust::Str path, ::rust::Vec<::sconce::bridge::ExtraRow> &extra, ::std::size_t &out) noexcept {
  return sconce$bridge$cxxbridge1$205$module_load(path, extra, out);
}

::sconce::bridge::Failure *module_load_bytes(::rust::Slice<::std::uint8_t const> bytes, ::rust::Vec<::sconce::bridge::ExtraRow> &extra, ::std::size_t &out) noexcept {
  return sconce$bridge$cxxbridge1$205$module_load_bytes(bytes, extra, out);
}

::sconce::bridge::Failure *module_load_reader(::std::size_t context, ::std::size_t size, ::std::size_t read, ::rust::Vec<::sconce::bridge::ExtraRow> &extra, ::std::size_t &out) noexcept {
  return sconce$bridge$cxxbridge1$205$module_load_reader(context, size, read, extra, out);
}

::sconce::bridge::Failure *set_print_handler(::std::size_t print) noexcept {
  return sconce$bridge$cxxbridge1$205$set_print_handler(print);
}

::sconce::bridge::Failure *tensors_save(::rust::Slice<::rust::Str const> names, ::rust::Slice<::sconce::abi::Slot const> tensors, ::rust::Str path, ::rust::Vec<::std::uint8_t> &out) noexcept {
  return sconce$bridge$cxxbridge1$205$tensors_save(names, tensors, path, out);
}

::sconce::bridge::Failure *pickle_load(::rust::Slice<::std::uint8_t const> bytes, ::sconce::abi::Slot &out) noexcept {
  return sconce$bridge$cxxbridge1$205$pickle_load(bytes, out);
}

::sconce::bridge::Failure *pickle_save(::sconce::abi::Slot const &value, ::rust::Vec<::std::uint8_t> &out) noexcept {
  return sconce$bridge$cxxbridge1$205$pickle_save(value, out);
}

::sconce::bridge::Failure *module_train(::sconce::abi::ValueHandle const *module, bool on) noexcept {
  return sconce$bridge$cxxbridge1$205$module_train(module, on);
}

::sconce::bridge::Failure *module_to(::sconce::abi::ValueHandle const *module, ::std::int8_t dtype) noexcept {
  return sconce$bridge$cxxbridge1$205$module_to(module, dtype);
}

::sconce::bridge::Failure *module_dump(::sconce::abi::ValueHandle const *module, bool code, bool attributes, bool parameters, ::rust::String &out) noexcept {
  return sconce$bridge$cxxbridge1$205$module_dump(module, code, attributes, parameters, out);
}

::sconce::bridge::Failure *module_clone(::sconce::abi::ValueHandle const *module, ::std::size_t &out) noexcept {
  return sconce$bridge$cxxbridge1$205$module_clone(module, out);
}

void set_num_threads(::std::int32_t threads) noexcept {
  sconce$bridge$cxxbridge1$205$set_num_threads(threads);
}

::std::int32_t get_num_threads() noexcept {
  return sconce$bridge$cxxbridge1$205$get_num_threads();
}

::sconce::bridge::Failure *manual_seed(::std::uint64_t seed) noexcept {
  return sconce$bridge$cxxbridge1$205$manual_seed(seed);
}
} // namespace bridge
} // namespace sconce

extern "C" {
::std::vector<::sconce::abi::Slot> *cxxbridge1$std$vector$sconce$abi$Slot$new() noexcept {
  return new ::std::vector<::sconce::abi::Slot>();
}
::std::size_t cxxbridge1$std$vector$sconce$abi$Slot$size(::std::vector<::sconce::abi::Slot> const &s) noexcept {
  return s.size();
}
::std::size_t cxxbridge1$std$vector$sconce$abi$Slot$capacity(::std::vector<::sconce::abi::Slot> const &s) noexcept {
  return s.capacity();
}
::sconce::abi::Slot *cxxbridge1$std$vector$sconce$abi$Slot$get_unchecked(::std::vector<::sconce::abi::Slot> *s, ::std::size_t pos) noexcept {
  return &(*s)[pos];
}
bool cxxbridge1$std$vector$sconce$abi$Slot$reserve(::std::vector<::sconce::abi::Slot> *s, ::std::size_t new_cap) noexcept {
  return ::rust::if_move_constructible<::sconce::abi::Slot>::reserve(*s, new_cap);
}
void cxxbridge1$std$vector$sconce$abi$Slot$push_back(::std::vector<::sconce::abi::Slot> *v, ::sconce::abi::Slot *value) noexcept {
  v->push_back(::std::move(*value));
  ::rust::destroy(value);
}
void cxxbridge1$std$vector$sconce$abi$Slot$pop_back(::std::vector<::sconce::abi::Slot> *v, ::sconce::abi::Slot *out) noexcept {
  ::new (out) ::sconce::abi::Slot(::std::move(v->back()));
  v->pop_back();
}
static_assert(::rust::detail::is_complete<::std::remove_extent<::std::vector<::sconce::abi::Slot>>::type>::value, "definition of `::std::vector<::sconce::abi::Slot>` is required");
static_assert(sizeof(::std::unique_ptr<::std::vector<::sconce::abi::Slot>>) == sizeof(void *), "");
static_assert(alignof(::std::unique_ptr<::std::vector<::sconce::abi::Slot>>) == alignof(void *), "");
void cxxbridge1$unique_ptr$std$vector$sconce$abi$Slot$null(::std::unique_ptr<::std::vector<::sconce::abi::Slot>> *ptr) noexcept {
  ::new (ptr) ::std::unique_ptr<::std::vector<::sconce::abi::Slot>>();
}
void cxxbridge1$unique_ptr$std$vector$sconce$abi$Slot$raw(::std::unique_ptr<::std::vector<::sconce::abi::Slot>> *ptr, ::std::unique_ptr<::std::vector<::sconce::abi::Slot>>::pointer raw) noexcept {
  ::new (ptr) ::std::unique_ptr<::std::vector<::sconce::abi::Slot>>(raw);
}
::std::unique_ptr<::std::vector<::sconce::abi::Slot>>::element_type const *cxxbridge1$unique_ptr$std$vector$sconce$abi$Slot$get(::std::unique_ptr<::std::vector<::sconce::abi::Slot>> const &ptr) noexcept {
  return ptr.get();
}
::std::unique_ptr<::std::vector<::sconce::abi::Slot>>::pointer cxxbridge1$unique_ptr$std$vector$sconce$abi$Slot$release(::std::unique_ptr<::std::vector<::sconce::abi::Slot>> &ptr) noexcept {
  return ptr.release();
}
void cxxbridge1$unique_ptr$std$vector$sconce$abi$Slot$drop(::std::unique_ptr<::std::vector<::sconce::abi::Slot>> *ptr) noexcept {
  ::rust::deleter_if<::rust::detail::is_complete<::std::vector<::sconce::abi::Slot>>::value>{}(ptr);
}

void cxxbridge1$rust_vec$sconce$bridge$ArgumentRow$new(::rust::Vec<::sconce::bridge::ArgumentRow> const *ptr) noexcept;
void cxxbridge1$rust_vec$sconce$bridge$ArgumentRow$drop(::rust::Vec<::sconce::bridge::ArgumentRow> *ptr) noexcept;
::std::size_t cxxbridge1$rust_vec$sconce$bridge$ArgumentRow$len(::rust::Vec<::sconce::bridge::ArgumentRow> const *ptr) noexcept;
::std::size_t cxxbridge1$rust_vec$sconce$bridge$ArgumentRow$capacity(::rust::Vec<::sconce::bridge::ArgumentRow> const *ptr) noexcept;
::sconce::bridge::ArgumentRow const *cxxbridge1$rust_vec$sconce$bridge$ArgumentRow$data_const(::rust::Vec<::sconce::bridge::ArgumentRow> const *ptr) noexcept;
::sconce::bridge::ArgumentRow *cxxbridge1$rust_vec$sconce$bridge$ArgumentRow$data_mut(::rust::Vec<::sconce::bridge::ArgumentRow> *ptr) noexcept;
void cxxbridge1$rust_vec$sconce$bridge$ArgumentRow$reserve_total(::rust::Vec<::sconce::bridge::ArgumentRow> *ptr, ::std::size_t new_cap) noexcept;
void cxxbridge1$rust_vec$sconce$bridge$ArgumentRow$set_len(::rust::Vec<::sconce::bridge::ArgumentRow> *ptr, ::std::size_t len) noexcept;
void cxxbridge1$rust_vec$sconce$bridge$ArgumentRow$truncate(::rust::Vec<::sconce::bridge::ArgumentRow> *ptr, ::std::size_t len) noexcept;

void cxxbridge1$rust_vec$sconce$bridge$ExtraRow$new(::rust::Vec<::sconce::bridge::ExtraRow> const *ptr) noexcept;
void cxxbridge1$rust_vec$sconce$bridge$ExtraRow$drop(::rust::Vec<::sconce::bridge::ExtraRow> *ptr) noexcept;
::std::size_t cxxbridge1$rust_vec$sconce$bridge$ExtraRow$len(::rust::Vec<::sconce::bridge::ExtraRow> const *ptr) noexcept;
::std::size_t cxxbridge1$rust_vec$sconce$bridge$ExtraRow$capacity(::rust::Vec<::sconce::bridge::ExtraRow> const *ptr) noexcept;
::sconce::bridge::ExtraRow const *cxxbridge1$rust_vec$sconce$bridge$ExtraRow$data_const(::rust::Vec<::sconce::bridge::ExtraRow> const *ptr) noexcept;
::sconce::bridge::ExtraRow *cxxbridge1$rust_vec$sconce$bridge$ExtraRow$data_mut(::rust::Vec<::sconce::bridge::ExtraRow> *ptr) noexcept;
void cxxbridge1$rust_vec$sconce$bridge$ExtraRow$reserve_total(::rust::Vec<::sconce::bridge::ExtraRow> *ptr, ::std::size_t new_cap) noexcept;
void cxxbridge1$rust_vec$sconce$bridge$ExtraRow$set_len(::rust::Vec<::sconce::bridge::ExtraRow> *ptr, ::std::size_t len) noexcept;
void cxxbridge1$rust_vec$sconce$bridge$ExtraRow$truncate(::rust::Vec<::sconce::bridge::ExtraRow> *ptr, ::std::size_t len) noexcept;
} // extern "C"

namespace rust {
inline namespace cxxbridge1 {
template <>
Vec<::sconce::bridge::ArgumentRow>::Vec() noexcept {
  cxxbridge1$rust_vec$sconce$bridge$ArgumentRow$new(this);
}
template <>
void Vec<::sconce::bridge::ArgumentRow>::drop() noexcept {
  return cxxbridge1$rust_vec$sconce$bridge$ArgumentRow$drop(this);
}
template <>
::std::size_t Vec<::sconce::bridge::ArgumentRow>::size() const noexcept {
  return cxxbridge1$rust_vec$sconce$bridge$ArgumentRow$len(this);
}
template <>
::std::size_t Vec<::sconce::bridge::ArgumentRow>::capacity() const noexcept {
  return cxxbridge1$rust_vec$sconce$bridge$ArgumentRow$capacity(this);
}
template <>
::sconce::bridge::ArgumentRow const *Vec<::sconce::bridge::ArgumentRow>::data() const noexcept {
  return cxxbridge1$rust_vec$sconce$bridge$ArgumentRow$data_const(this);
}
template <>
::sconce::bridge::ArgumentRow *Vec<::sconce::bridge::ArgumentRow>::data() noexcept {
  return cxxbridge1$rust_vec$sconce$bridge$ArgumentRow$data_mut(this);
}
template <>
void Vec<::sconce::bridge::ArgumentRow>::reserve_total(::std::size_t new_cap) noexcept {
  return cxxbridge1$rust_vec$sconce$bridge$ArgumentRow$reserve_total(this, new_cap);
}
template <>
void Vec<::sconce::bridge::ArgumentRow>::set_len(::std::size_t len) noexcept {
  return cxxbridge1$rust_vec$sconce$bridge$ArgumentRow$set_len(this, len);
}
template <>
void Vec<::sconce::bridge::ArgumentRow>::truncate(::std::size_t len) {
  return cxxbridge1$rust_vec$sconce$bridge$ArgumentRow$truncate(this, len);
}
template <>
Vec<::sconce::bridge::ExtraRow>::Vec() noexcept {
  cxxbridge1$rust_vec$sconce$bridge$ExtraRow$new(this);
}
template <>
void Vec<::sconce::bridge::ExtraRow>::drop() noexcept {
  return cxxbridge1$rust_vec$sconce$bridge$ExtraRow$drop(this);
}
template <>
::std::size_t Vec<::sconce::bridge::ExtraRow>::size() const noexcept {
  return cxxbridge1$rust_vec$sconce$bridge$ExtraRow$len(this);
}
template <>
::std::size_t Vec<::sconce::bridge::ExtraRow>::capacity() const noexcept {
  return cxxbridge1$rust_vec$sconce$bridge$ExtraRow$capacity(this);
}
template <>
::sconce::bridge::ExtraRow const *Vec<::sconce::bridge::ExtraRow>::data() const noexcept {
  return cxxbridge1$rust_vec$sconce$bridge$ExtraRow$data_const(this);
}
template <>
::sconce::bridge::ExtraRow *Vec<::sconce::bridge::ExtraRow>::data() noexcept {
  return cxxbridge1$rust_vec$sconce$bridge$ExtraRow$data_mut(this);
}
template <>
void Vec<::sconce::bridge::ExtraRow>::reserve_total(::std::size_t new_cap) noexcept {
  return cxxbridge1$rust_vec$sconce$bridge$ExtraRow$reserve_total(this, new_cap);
}
template <>
void Vec<::sconce::bridge::ExtraRow>::set_len(::std::size_t len) noexcept {
  return cxxbridge1$rust_vec$sconce$bridge$ExtraRow$set_len(this, len);
}
template <>
void Vec<::sconce::bridge::ExtraRow>::truncate(::std::size_t len) {
  return cxxbridge1$rust_vec$sconce$bridge$ExtraRow$truncate(this, len);
}
} // namespace cxxbridge1
} // namespace rust

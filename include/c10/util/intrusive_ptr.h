#pragma once

/// Reference counting inside the object: the pointer is one word.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <type_traits>
#include <utility>

#include <c10/macros/Export.h>

namespace c10 {

template <class T>
class intrusive_ptr;

/// Base of everything that `intrusive_ptr` can hold.
class C10_API intrusive_ptr_target {
 public:
  intrusive_ptr_target() noexcept = default;
  // The count belongs to the object, not to its value.
  intrusive_ptr_target(const intrusive_ptr_target&) noexcept {}
  intrusive_ptr_target& operator=(const intrusive_ptr_target&) noexcept {
    return *this;
  }
  virtual ~intrusive_ptr_target() = default;

 private:
  template <class T>
  friend class intrusive_ptr;
  mutable std::atomic<uint32_t> refcount_{0};
};

template <class T>
class intrusive_ptr final {
 public:
  using element_type = T;

  intrusive_ptr() noexcept = default;
  intrusive_ptr(std::nullptr_t) noexcept {}
  intrusive_ptr(const intrusive_ptr& other) noexcept : target_(other.target_) {
    retain();
  }
  intrusive_ptr(intrusive_ptr&& other) noexcept : target_(std::exchange(other.target_, nullptr)) {}
  template <class From, class = std::enable_if_t<std::is_convertible_v<From*, T*>>>
  intrusive_ptr(const intrusive_ptr<From>& other) noexcept : target_(other.get()) {
    retain();
  }
  template <class From, class = std::enable_if_t<std::is_convertible_v<From*, T*>>>
  intrusive_ptr(intrusive_ptr<From>&& other) noexcept : target_(other.release()) {}
  ~intrusive_ptr() {
    reset();
  }
  intrusive_ptr& operator=(intrusive_ptr other) noexcept {
    swap(other);
    return *this;
  }

  /// A new object, counted once.
  template <class... Args>
  static intrusive_ptr make(Args&&... args) {
    return unsafe_steal_from_new(new T(std::forward<Args>(args)...));
  }
  /// Takes over a pointer made by `release`.
  static intrusive_ptr reclaim(T* owned) noexcept {
    intrusive_ptr out;
    out.target_ = owned;
    return out;
  }
  /// Adds a reference to an object that is already counted.
  static intrusive_ptr reclaim_copy(T* shared) noexcept {
    intrusive_ptr out = reclaim(shared);
    out.retain();
    return out;
  }
  static intrusive_ptr unsafe_steal_from_new(T* fresh) noexcept {
    return reclaim_copy(fresh);
  }

  T* get() const noexcept {
    return target_;
  }
  T& operator*() const noexcept {
    return *target_;
  }
  T* operator->() const noexcept {
    return target_;
  }
  explicit operator bool() const noexcept {
    return target_ != nullptr;
  }
  bool defined() const noexcept {
    return target_ != nullptr;
  }
  size_t use_count() const noexcept {
    return target_ == nullptr ? 0 : count().load(std::memory_order_acquire);
  }
  bool unique() const noexcept {
    return use_count() == 1;
  }
  /// Gives up the reference without dropping it.
  [[nodiscard]] T* release() noexcept {
    return std::exchange(target_, nullptr);
  }
  void reset() noexcept {
    T* old = release();
    if (old != nullptr &&
        static_cast<const intrusive_ptr_target*>(old)->refcount_.fetch_sub(1, std::memory_order_acq_rel) == 1) {
      delete const_cast<std::remove_const_t<T>*>(old);
    }
  }
  void swap(intrusive_ptr& other) noexcept {
    std::swap(target_, other.target_);
  }

 private:
  std::atomic<uint32_t>& count() const noexcept {
    return static_cast<const intrusive_ptr_target*>(target_)->refcount_;
  }
  void retain() noexcept {
    if (target_ != nullptr) {
      count().fetch_add(1, std::memory_order_relaxed);
    }
  }

  T* target_ = nullptr;
};

template <class T, class... Args>
inline intrusive_ptr<T> make_intrusive(Args&&... args) {
  return intrusive_ptr<T>::make(std::forward<Args>(args)...);
}

template <class A, class B>
inline bool operator==(const intrusive_ptr<A>& a, const intrusive_ptr<B>& b) noexcept {
  return a.get() == b.get();
}
template <class A, class B>
inline bool operator!=(const intrusive_ptr<A>& a, const intrusive_ptr<B>& b) noexcept {
  return a.get() != b.get();
}
template <class A>
inline bool operator==(const intrusive_ptr<A>& a, std::nullptr_t) noexcept {
  return a.get() == nullptr;
}
template <class A>
inline bool operator!=(const intrusive_ptr<A>& a, std::nullptr_t) noexcept {
  return a.get() != nullptr;
}
template <class A, class B>
inline bool operator<(const intrusive_ptr<A>& a, const intrusive_ptr<B>& b) noexcept {
  return a.get() < b.get();
}

/// Casts without a check, keeping the reference.
template <class To, class From>
inline intrusive_ptr<To> static_intrusive_pointer_cast(intrusive_ptr<From> from) noexcept {
  return intrusive_ptr<To>::reclaim(static_cast<To*>(from.release()));
}

} // namespace c10

template <class T>
struct std::hash<c10::intrusive_ptr<T>> {
  size_t operator()(const c10::intrusive_ptr<T>& p) const noexcept {
    return std::hash<T*>()(p.get());
  }
};

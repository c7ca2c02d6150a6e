#pragma once

/// `c10::List<T>`: the list that scripts see. Copies refer to the same list.

#include <iterator>
#include <string>

namespace c10 {

template <class T>
class List;

namespace detail {

/// An element as it stands in a list: converts to `T`, and assigning writes through.
template <class T>
class ListElementReference final {
 public:
  ListElementReference(const List<T>& list, size_t index) : list_(list), index_(index) {}
  operator T() const {
    return list_.get(index_);
  }
  ListElementReference& operator=(T value) && {
    list_.set(index_, std::move(value));
    return *this;
  }
  ListElementReference& operator=(ListElementReference&& other) && {
    list_.set(index_, static_cast<T>(other));
    return *this;
  }
  ListElementReference(const ListElementReference&) = default;
  /// For `list[i].toTensor()` on lists of IValue.
  const T get() const {
    return list_.get(index_);
  }
  friend std::ostream& operator<<(std::ostream& out, const ListElementReference& ref) {
    return out << static_cast<T>(ref);
  }
  friend bool operator==(const ListElementReference& a, const T& b) {
    return static_cast<T>(a) == b;
  }
  friend bool operator==(const T& a, const ListElementReference& b) {
    return a == static_cast<T>(b);
  }

 private:
  List<T> list_;
  size_t index_;
};

template <class T>
class ListIterator final {
 public:
  using iterator_category = std::random_access_iterator_tag;
  using value_type = T;
  using difference_type = std::ptrdiff_t;
  using pointer = T*;
  using reference = ListElementReference<T>;

  ListIterator(const List<T>* list, size_t index) : list_(list), index_(index) {}
  reference operator*() const {
    return reference(*list_, index_);
  }
  ListIterator& operator++() {
    ++index_;
    return *this;
  }
  ListIterator operator++(int) {
    ListIterator old = *this;
    ++index_;
    return old;
  }
  ListIterator& operator--() {
    --index_;
    return *this;
  }
  ListIterator& operator+=(difference_type n) {
    index_ = static_cast<size_t>(static_cast<difference_type>(index_) + n);
    return *this;
  }
  ListIterator operator+(difference_type n) const {
    ListIterator out = *this;
    return out += n;
  }
  ListIterator operator-(difference_type n) const {
    return *this + -n;
  }
  difference_type operator-(const ListIterator& other) const {
    return static_cast<difference_type>(index_) - static_cast<difference_type>(other.index_);
  }
  bool operator==(const ListIterator& other) const {
    return index_ == other.index_;
  }
  bool operator!=(const ListIterator& other) const {
    return index_ != other.index_;
  }
  bool operator<(const ListIterator& other) const {
    return index_ < other.index_;
  }
  size_t index() const {
    return index_;
  }

 private:
  const List<T>* list_;
  size_t index_;
};

template <class T>
struct list_access {
  using internal_reference_type = ListElementReference<T>;
  static internal_reference_type at(const List<T>& list, size_t index) {
    return internal_reference_type(list, index);
  }
};
// Elements of untyped lists are values themselves, so that `list[i].toTensor()` reads as for any IValue.
template <>
struct list_access<IValue> {
  using internal_reference_type = IValue;
  static IValue at(const List<IValue>& list, size_t index);
};

} // namespace detail

template <class T>
class List final {
 public:
  using value_type = T;
  using size_type = size_t;
  using iterator = detail::ListIterator<T>;
  using const_iterator = iterator;

  List() : impl_(detail::ListImpl::create(detail::type_name<T>())) {}
  List(std::initializer_list<T> values) : List(ArrayRef<T>(values)) {}
  explicit List(ArrayRef<T> values) : List() {
    for (const T& value : values) {
      push_back(value);
    }
  }
  /// An empty list of a type known at run time; for `List<IValue>`.
  explicit List(TypePtr element_type);
  explicit List(intrusive_ptr<detail::ListImpl> impl) : impl_(std::move(impl)) {}

  size_t size() const {
    return ::sconce::list_size(impl_->handle());
  }
  bool empty() const {
    return size() == 0;
  }
  T get(size_t index) const {
    return IValue::take(::sconce::list_get(impl_->handle(), index)).template to<T>();
  }
  T extract(size_t index) const {
    return get(index);
  }
  void set(size_t index, T value) const {
    const IValue held(std::move(value));
    ::sconce::list_set(impl_->handle(), index, SlotView(held).slot());
  }
  typename detail::list_access<T>::internal_reference_type operator[](size_t index) const {
    return detail::list_access<T>::at(*this, index);
  }
  iterator begin() const {
    return iterator(this, 0);
  }
  iterator end() const {
    return iterator(this, size());
  }
  void push_back(T value) const {
    const IValue held(std::move(value));
    ::sconce::list_insert(impl_->handle(), size(), SlotView(held).slot());
  }
  template <class... Args>
  void emplace_back(Args&&... args) const {
    push_back(T(std::forward<Args>(args)...));
  }
  iterator insert(iterator at, T value) const {
    const IValue held(std::move(value));
    ::sconce::list_insert(impl_->handle(), at.index(), SlotView(held).slot());
    return iterator(this, at.index());
  }
  iterator erase(iterator at) const {
    ::sconce::list_erase(impl_->handle(), at.index(), at.index() + 1);
    return iterator(this, at.index());
  }
  iterator erase(iterator first, iterator last) const {
    ::sconce::list_erase(impl_->handle(), first.index(), last.index());
    return iterator(this, first.index());
  }
  void pop_back() const {
    const size_t n = size();
    TORCH_CHECK(n > 0, "pop_back() on an empty list");
    ::sconce::list_erase(impl_->handle(), n - 1, n);
  }
  void append(List other) const {
    for (size_t i = 0, n = other.size(); i < n; ++i) {
      push_back(other.get(i));
    }
  }
  void clear() const {
    ::sconce::list_erase(impl_->handle(), 0, size());
  }
  void reserve(size_t) const {}
  void resize(size_t count) const {
    resize(count, T{});
  }
  void resize(size_t count, const T& value) const {
    while (size() > count) {
      pop_back();
    }
    while (size() < count) {
      push_back(value);
    }
  }
  std::vector<T> vec() const {
    std::vector<T> out;
    for (const auto& slot : ::sconce::list_items(impl_->handle())) {
      out.push_back(IValue::take(slot).template to<T>());
    }
    return out;
  }
  /// A new list of the same elements.
  List copy() const;
  /// Whether both are the same list, not equal ones.
  bool is(const List& other) const;
  size_t use_count() const {
    return impl_.use_count();
  }
  TypePtr elementType() const;
  const intrusive_ptr<detail::ListImpl>& impl() const {
    return impl_;
  }

  friend bool operator==(const List& a, const List& b) {
    return IValue(a) == IValue(b);
  }
  friend bool operator!=(const List& a, const List& b) {
    return !(a == b);
  }

 private:
  intrusive_ptr<detail::ListImpl> impl_;
};

inline IValue detail::list_access<IValue>::at(const List<IValue>& list, size_t index) {
  return list.get(index);
}

namespace impl {
using GenericList = List<IValue>;
/// The same list under another element type.
template <class T>
inline List<T> toTypedList(const List<IValue>& list) {
  return List<T>(list.impl());
}
template <class T>
inline List<IValue> toList(const List<T>& list) {
  return List<IValue>(list.impl());
}
} // namespace impl

template <class T>
List<T>::List(TypePtr element_type) : impl_(detail::ListImpl::create(element_type->str())) {}
template <class T>
List<T> List<T>::copy() const {
  return IValue::take(::sconce::slot_copy(SlotView(IValue(*this)).slot(), false)).template to<List<T>>();
}
template <class T>
bool List<T>::is(const List& other) const {
  return IValue(*this).is(IValue(other));
}
template <class T>
TypePtr List<T>::elementType() const {
  return Type::parse(::sconce::list_elem_type(impl_->handle()));
}

} // namespace c10

namespace sconce {
inline Arg::Arg(const c10::List<std::optional<at::Tensor>>& v)
    : Slot{Tag::List, address(v.impl()->handle()), 0} {}
inline Arg::Arg(const at::Generator& v) : Slot{v.defined() ? Tag::Generator : Tag::None, address(v.handle()), 0} {}
} // namespace sconce

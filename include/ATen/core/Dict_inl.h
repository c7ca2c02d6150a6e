#pragma once

/// `c10::Dict<K, V>`: the dict that scripts see, in insertion order. Copies refer to the same dict.

#include <vector>

#include <ATen/core/List_inl.h>

namespace c10 {

template <class Key, class Value>
class Dict;

namespace impl {

/// One entry.
template <class Key, class Value>
class DictEntryRef final {
 public:
  DictEntryRef(Dict<Key, Value> dict, Key key, Value value)
      : dict_(std::move(dict)), key_(std::move(key)), value_(std::move(value)) {}
  const Key& key() const {
    return key_;
  }
  const Value& value() const {
    return value_;
  }
  void setValue(Value value) const {
    dict_.insert_or_assign(key_, std::move(value));
  }

 private:
  Dict<Key, Value> dict_;
  Key key_;
  Value value_;
};

/// Walks over the entries as they were when the walk began.
template <class Key, class Value>
class DictIterator final {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = DictEntryRef<Key, Value>;
  using difference_type = std::ptrdiff_t;
  using pointer = const value_type*;
  using reference = const value_type&;
  using Entries = std::vector<value_type>;

  DictIterator() = default;
  DictIterator(std::shared_ptr<const Entries> entries, size_t index) : entries_(std::move(entries)), index_(index) {}
  reference operator*() const {
    return (*entries_)[index_];
  }
  pointer operator->() const {
    return &(*entries_)[index_];
  }
  DictIterator& operator++() {
    ++index_;
    return *this;
  }
  DictIterator operator++(int) {
    DictIterator old = *this;
    ++index_;
    return old;
  }
  friend bool operator==(const DictIterator& a, const DictIterator& b) {
    return a.at_end() ? b.at_end() : !b.at_end() && a.index_ == b.index_;
  }
  friend bool operator!=(const DictIterator& a, const DictIterator& b) {
    return !(a == b);
  }

 private:
  bool at_end() const {
    return entries_ == nullptr || index_ >= entries_->size();
  }
  std::shared_ptr<const Entries> entries_;
  size_t index_ = 0;
};

} // namespace impl

template <class Key, class Value>
class Dict final {
 public:
  using key_type = Key;
  using mapped_type = Value;
  using size_type = size_t;
  using iterator = impl::DictIterator<Key, Value>;

  Dict() : impl_(detail::DictImpl::create(detail::type_name<Key>(), detail::type_name<Value>())) {}
  /// An empty dict of types known at run time.
  explicit Dict(TypePtr key_type, TypePtr value_type)
      : impl_(detail::DictImpl::create(key_type->str(), value_type->str())) {}
  explicit Dict(intrusive_ptr<detail::DictImpl> impl) : impl_(std::move(impl)) {}

  size_t size() const {
    return ::sconce::dict_size(impl_->handle());
  }
  bool empty() const {
    return size() == 0;
  }
  /// An error when the key is absent.
  Value at(const Key& key) const {
    ::sconce::Slot out;
    TORCH_CHECK_INDEX(lookup(key, out), "Argument passed to at() was not in the map.");
    return IValue::take(out).template to<Value>();
  }
  bool contains(const Key& key) const {
    ::sconce::Slot out;
    const bool found = lookup(key, out);
    if (found) {
      ::sconce::slot_release(out);
    }
    return found;
  }
  size_t count(const Key& key) const {
    return contains(key) ? 1 : 0;
  }
  iterator find(const Key& key) const {
    const auto all = entries();
    for (size_t i = 0; i < all->size(); ++i) {
      if (IValue((*all)[i].key()) == IValue(key)) {
        return iterator(all, i);
      }
    }
    return end();
  }
  /// Keeps the value that is there, as `std::map` does.
  template <class K, class V>
  std::pair<iterator, bool> insert(K&& key, V&& value) const {
    Key k(std::forward<K>(key));
    const bool fresh = !contains(k);
    if (fresh) {
      store(k, Value(std::forward<V>(value)));
    }
    return {find(k), fresh};
  }
  template <class K, class V>
  std::pair<iterator, bool> insert_or_assign(K&& key, V&& value) const {
    Key k(std::forward<K>(key));
    const bool fresh = !contains(k);
    store(k, Value(std::forward<V>(value)));
    return {find(k), fresh};
  }
  size_t erase(const Key& key) const {
    const IValue held(key);
    return ::sconce::dict_erase(impl_->handle(), SlotView(held).slot()) ? 1 : 0;
  }
  void erase(iterator at) const {
    erase(Key(at->key()));
  }
  void clear() const {
    ::sconce::dict_clear(impl_->handle());
  }
  void reserve(size_t) const {}
  iterator begin() const {
    return iterator(entries(), 0);
  }
  iterator end() const {
    return iterator();
  }
  /// A new dict of the same entries.
  Dict copy() const {
    return IValue::take(::sconce::slot_copy(SlotView(IValue(*this)).slot(), false)).template to<Dict>();
  }
  /// Whether both are the same dict, not equal ones.
  bool is(const Dict& other) const {
    return IValue(*this).is(IValue(other));
  }
  size_t use_count() const {
    return impl_.use_count();
  }
  TypePtr keyType() const {
    return Type::parse(::sconce::dict_types(impl_->handle()).first);
  }
  TypePtr valueType() const {
    return Type::parse(::sconce::dict_types(impl_->handle()).second);
  }
  const intrusive_ptr<detail::DictImpl>& impl() const {
    return impl_;
  }
  friend bool operator==(const Dict& a, const Dict& b) {
    return IValue(a) == IValue(b);
  }
  friend bool operator!=(const Dict& a, const Dict& b) {
    return !(a == b);
  }

 private:
  bool lookup(const Key& key, ::sconce::Slot& out) const {
    const IValue held(key);
    return ::sconce::dict_get(impl_->handle(), SlotView(held).slot(), out);
  }
  void store(const Key& key, const Value& value) const {
    const IValue k(key);
    const IValue v(value);
    ::sconce::dict_set(impl_->handle(), SlotView(k).slot(), SlotView(v).slot());
  }
  std::shared_ptr<const std::vector<impl::DictEntryRef<Key, Value>>> entries() const {
    auto out = std::make_shared<std::vector<impl::DictEntryRef<Key, Value>>>();
    const auto slots = ::sconce::dict_items(impl_->handle());
    for (size_t i = 0; i + 1 < slots.size(); i += 2) {
      IValue key = IValue::take(slots[i]);
      IValue value = IValue::take(slots[i + 1]);
      out->emplace_back(*this, key.template to<Key>(), value.template to<Value>());
    }
    return out;
  }

  intrusive_ptr<detail::DictImpl> impl_;
};

namespace impl {
using GenericDict = Dict<IValue, IValue>;
/// The same dict under other types.
template <class K, class V>
inline Dict<K, V> toTypedDict(const GenericDict& dict) {
  return Dict<K, V>(dict.impl());
}
template <class K, class V>
inline GenericDict toGenericDict(const Dict<K, V>& dict) {
  return GenericDict(dict.impl());
}
} // namespace impl

} // namespace c10

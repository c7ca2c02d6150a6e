//! The first few elements of an order. Where elements are equal, which of them come and in what order depends on the
//! way of selecting; this is the way of PyTorch, whose `topk` uses the algorithms of the C++ standard library of GCC: a
//! heap for few elements, else quickselect with the median of three and quicksort, both ended by insertion.

/// Whether one element, given by its number, stands before another. A strict weak order.
pub type Before<'a> = &'a dyn Fn(usize, usize) -> bool;

/// Numbers of the `k` first of `n` elements; in order if `sorted`.
///
/// # Panics
/// If `k > n`.
pub fn first(n: usize, k: usize, sorted: bool, before: Before) -> Vec<usize> {
    let mut list: Vec<usize> = (0..n).collect();
    if k == 0 {
        return Vec::new();
    }
    if k * 64 <= n {
        partial_sort(&mut list, k, before);
    } else {
        nth(&mut list, k - 1, before);
        if sorted {
            sort(&mut list[..k - 1], before);
        }
    }
    list.truncate(k);
    list
}

/// Numbers of all `n` elements in order.
pub fn all(n: usize, before: Before) -> Vec<usize> {
    let mut list: Vec<usize> = (0..n).collect();
    sort(&mut list, before);
    list
}

/// Number of the element with `k` others before it. This is the quickselect of PyTorch's `kthvalue`: the median of three
/// as pivot, kept at the left end.
///
/// # Panics
/// If `k >= n`.
pub fn quick_select(n: usize, k: usize, before: Before) -> usize {
    let mut list: Vec<usize> = (0..n).collect();
    let (mut left, mut right) = (0, n - 1);
    while right > left {
        if right == left + 1 {
            if before(list[right], list[left]) {
                list.swap(left, right);
            }
            break;
        }
        list.swap(left + (right - left) / 2, left + 1);
        for (low, high) in [(left + 1, right), (left, right), (left + 1, left)] {
            if before(list[high], list[low]) {
                list.swap(low, high);
            }
        }
        let pivot = list[left];
        let (mut i, mut j) = (left + 1, right);
        loop {
            i += 1;
            while before(list[i], pivot) {
                i += 1;
            }
            j -= 1;
            while before(pivot, list[j]) {
                j -= 1;
            }
            if j < i {
                break;
            }
            list.swap(i, j);
        }
        list.swap(left, j);
        if j <= k {
            left = i;
        }
        if j >= k {
            right = j - 1;
        }
    }
    list[k]
}

/// Brings the first `k` to the front, in order.
fn partial_sort(list: &mut [usize], k: usize, before: Before) {
    heap_select(list, k, before);
    for end in (1..k).rev() {
        let last = list[end];
        list[end] = list[0];
        sift(&mut list[..end], 0, last, before);
    }
}

/// A heap of the first `k`, the last of them on top.
fn heap_select(list: &mut [usize], k: usize, before: Before) {
    let (heap, rest) = list.split_at_mut(k);
    for parent in (0..k / 2).rev() {
        let value = heap[parent];
        sift(heap, parent, value, before);
    }
    for x in rest {
        if before(*x, heap[0]) {
            let value = std::mem::replace(x, heap[0]);
            sift(heap, 0, value, before);
        }
    }
}

/// Puts `value` into the heap below `top`: the hole goes down to a leaf first, then up as far as needed.
fn sift(heap: &mut [usize], top: usize, value: usize, before: Before) {
    let n = heap.len();
    let mut hole = top;
    while 2 * hole + 2 < n {
        let (left, right) = (2 * hole + 1, 2 * hole + 2);
        let child = if before(heap[right], heap[left]) { left } else { right };
        heap[hole] = heap[child];
        hole = child;
    }
    if 2 * hole + 2 == n {
        heap[hole] = heap[n - 1];
        hole = n - 1;
    }
    while hole > top {
        let parent = (hole - 1) / 2;
        if !before(heap[parent], value) {
            break;
        }
        heap[hole] = heap[parent];
        hole = parent;
    }
    heap[hole] = value;
}

/// Brings the element that is at `place` in order there, with none before it that belongs after it.
fn nth(list: &mut [usize], place: usize, before: Before) {
    let (mut low, mut high) = (0, list.len());
    let mut depth = 2 * high.max(1).ilog2();
    while high - low > 3 {
        if depth == 0 {
            heap_select(&mut list[low..high], place + 1 - low, before);
            list.swap(low, place);
            return;
        }
        depth -= 1;
        let cut = low + partition(&mut list[low..high], before);
        if cut <= place {
            low = cut;
        } else {
            high = cut;
        }
    }
    insertion_sort(&mut list[low..high], before);
}

fn sort(list: &mut [usize], before: Before) {
    if list.is_empty() {
        return;
    }
    quicksort(list, 2 * list.len().ilog2(), before);
    let head = list.len().min(FEW);
    insertion_sort(&mut list[..head], before);
    for i in head..list.len() {
        insert(&mut list[..=i], before);
    }
}

/// Sorts but for runs of up to [`FEW`].
fn quicksort(mut list: &mut [usize], mut depth: u32, before: Before) {
    while list.len() > FEW {
        if depth == 0 {
            return partial_sort(list, list.len(), before);
        }
        depth -= 1;
        let cut = partition(list, before);
        let (left, right) = list.split_at_mut(cut);
        quicksort(right, depth, before);
        list = left;
    }
}

/// Splits around the median of the second, the middle and the last element; says where the second part begins.
fn partition(list: &mut [usize], before: Before) -> usize {
    let (a, b, c) = (1, list.len() / 2, list.len() - 1);
    let less = |i: usize, j: usize| before(list[i], list[j]);
    let median = if less(a, b) {
        if less(b, c) {
            b
        } else if less(a, c) {
            c
        } else {
            a
        }
    } else if less(a, c) {
        a
    } else if less(b, c) {
        c
    } else {
        b
    };
    list.swap(0, median);
    let pivot = list[0];
    let (mut low, mut high) = (1, list.len());
    loop {
        while before(list[low], pivot) {
            low += 1;
        }
        high -= 1;
        while before(pivot, list[high]) {
            high -= 1;
        }
        if low >= high {
            return low;
        }
        list.swap(low, high);
        low += 1;
    }
}

fn insertion_sort(list: &mut [usize], before: Before) {
    for i in 1..list.len() {
        if before(list[i], list[0]) {
            list[..=i].rotate_right(1);
        } else {
            insert(&mut list[..=i], before);
        }
    }
}

/// Moves the last element to its place.
fn insert(list: &mut [usize], before: Before) {
    let Some(last) = list.len().checked_sub(1) else { return };
    let (mut i, value) = (last, list[last]);
    while i > 0 && before(value, list[i - 1]) {
        list[i] = list[i - 1];
        i -= 1;
    }
    list[i] = value;
}

const FEW: usize = 16;

/// For each element a number: they are in the order of the values (or the reverse), NaN the greatest, and where those are
/// equal in the order of places.
///
/// # Panics
/// For more than [`MOST_KEYS`] elements.
pub fn keys(row: &[f32], descending: bool) -> Vec<u64> {
    assert!(row.len() <= MOST_KEYS);
    let turn = if descending { u32::MAX } else { 0 };
    let key = |v: f32| {
        // both zeros are equal
        let bits = (v + 0.0).to_bits();
        let ordered = if bits >> 31 == 1 { !bits } else { bits | 1 << 31 };
        (if v.is_nan() { u32::MAX } else { ordered }) ^ turn
    };
    row.iter().enumerate().map(|(i, v)| u64::from(key(*v)) << 32 | i as u64).collect()
}

/// So many that a key has room for a place.
pub const MOST_KEYS: usize = u32::MAX as usize;

/// The place of the element that a key is of.
pub fn place(key: u64) -> usize {
    key as u32 as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_in_the_order_of_values_and_places() {
        let inf = f32::INFINITY;
        let row = [0.0, -0.0, 1.5, f32::NAN, -inf, inf, -1e-45, 1e-45, f32::NAN, 0.0, -2.0];
        let places = |descending| {
            let mut keys = keys(&row, descending);
            keys.sort_unstable();
            keys.into_iter().map(place).collect::<Vec<_>>()
        };
        assert_eq!(places(false), [4, 10, 6, 0, 1, 9, 7, 2, 5, 3, 8]);
        assert_eq!(places(true), [3, 8, 5, 2, 7, 0, 1, 9, 6, 10, 4]);
    }

    #[test]
    fn selects_in_order() {
        let mut state = 1u64;
        for n in [0, 1, 2, 3, 5, 17, 40, 300, 1000] {
            let values: Vec<u64> = (0..n)
                .map(|_| {
                    state = state.wrapping_mul(6364136223846793005).wrapping_add(1);
                    (state >> 33) % (n as u64 / 2 + 1)
                })
                .collect();
            let mut sorted = values.clone();
            sorted.sort_unstable();
            for k in [0, 1, 2, n / 64, n / 3, n].into_iter().filter(|k| *k <= n) {
                let places = first(n, k, true, &|a, b| values[a] < values[b]);
                assert_eq!(places.iter().map(|i| values[*i]).collect::<Vec<_>>(), sorted[..k], "{n} {k}");
                let mut unsorted: Vec<u64> =
                    first(n, k, false, &|a, b| values[a] < values[b]).iter().map(|i| values[*i]).collect();
                unsorted.sort_unstable();
                assert_eq!(unsorted, sorted[..k], "{n} {k}");
            }
        }
    }
}

//! Lists that keep the first of many, and the number of the others.

use alloc::vec::Vec;
use core::cmp::Ordering;

/// How many problems of a policy are kept, and how many lints and changes. Of others the number is
/// kept.
pub const MAX_PROBLEMS: usize = 1000;

/// The first [`MAX_PROBLEMS`] items in their order, and the number of the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Capped<T> {
    items: Vec<T>,
    left_out: usize,
}

/// What a list keeps the first of.
pub(crate) trait Ordered {
    fn order(&self, other: &Self) -> Ordering;
}

impl<T> Default for Capped<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            left_out: 0,
        }
    }
}

impl<T: Ordered> Capped<T> {
    pub(crate) fn push(&mut self, item: T) {
        self.items.push(item);
        // Sorting at every second thousand costs little for each item.
        if self.items.len() >= 2 * MAX_PROBLEMS {
            self.sort();
        }
    }

    pub(crate) fn extend(&mut self, items: impl IntoIterator<Item = T>) {
        items.into_iter().for_each(|item| self.push(item));
    }

    /// Adds the items that `change` makes of those of another list.
    pub(crate) fn append(&mut self, other: Self, change: impl FnMut(T) -> Option<T>) {
        self.left_out = self.left_out.saturating_add(other.left_out);
        self.extend(other.items.into_iter().filter_map(change));
    }

    /// Sorts the items, and leaves out those after the first [`MAX_PROBLEMS`].
    pub(crate) fn sort(&mut self) {
        self.items.sort_by(T::order);
        let more = self.items.len().saturating_sub(MAX_PROBLEMS);
        self.left_out = self.left_out.saturating_add(more);
        self.items.truncate(MAX_PROBLEMS);
    }
}

impl<T> Capped<T> {
    pub(crate) fn as_slice(&self) -> &[T] {
        &self.items
    }

    pub(crate) fn as_mut_slice(&mut self) -> &mut [T] {
        &mut self.items
    }

    pub(crate) fn into_vec(self) -> Vec<T> {
        self.items
    }

    pub(crate) fn left_out(&self) -> usize {
        self.left_out
    }
}

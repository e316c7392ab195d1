//! Texts to ask for, one after another.

use std::cell::Cell;

/// Texts that were shuffled beforehand and stand in memory in the order in which they are asked for.
///
/// So reading them costs the same for all that is measured with them, whatever its size, and what is
/// asked is asked at random places.
pub struct Sequence {
    text: String,
    ends: Vec<usize>,
    next: Cell<usize>,
}

impl Sequence {
    pub fn new<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Self {
        let mut text = String::new();
        let ends = texts.into_iter().map(|part| {
            text.push_str(part.as_ref());
            text.len()
        });
        let ends = ends.collect();
        Self {
            text,
            ends,
            next: Cell::new(0),
        }
    }

    /// The next text, and after the last the first.
    pub fn next(&self) -> &str {
        let next = self.next.get();
        let start = next.checked_sub(1).map_or(0, |before| self.ends[before]);
        let following = next + 1;
        self.next.set(if following == self.ends.len() {
            0
        } else {
            following
        });
        &self.text[start..self.ends[next]]
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }
}

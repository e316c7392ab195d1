//! Building a set from the texts of its patterns.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::arena::{Arena, Offset};
use super::filter::Filter;
use super::general::General;
use super::key::{END, Key, hash};
use super::table::{Entry, Table};
use super::{OriginPattern, OriginSet};
use crate::pattern::{ANY, PatternRef};

/// Patterns in canonical form that are to become a set.
#[derive(Clone, Debug, Default)]
pub(crate) struct PatternList(String);

impl PatternList {
    /// Adds a pattern that is known to be in canonical form.
    pub(crate) fn push(&mut self, canonical: &str) {
        self.0.push_str(canonical);
        self.0.push(char::from(END));
    }
}

impl FromIterator<OriginPattern> for OriginSet {
    fn from_iter<I: IntoIterator<Item = OriginPattern>>(patterns: I) -> Self {
        let mut list = PatternList::default();
        patterns
            .into_iter()
            .for_each(|pattern| list.push(pattern.as_str()));
        list.into()
    }
}

impl From<PatternList> for OriginSet {
    fn from(list: PatternList) -> Self {
        let arena = Arena::new(list.0);
        let mut index = Index::new(&arena);
        let repeats = index.remove_repeats(&arena);
        if repeats.is_empty() {
            return index.into_set(arena);
        }
        // Offsets change, so the index is made again, of the patterns that remain.
        let mut kept = PatternList::default();
        for (offset, text) in arena.patterns() {
            if repeats.binary_search(&offset).is_err() {
                kept.push(text);
            }
        }
        kept.into()
    }
}

/// The entries of the tables.
#[derive(Default)]
struct Index {
    origins: Vec<Entry>,
    general: Vec<Entry>,
    any: Vec<Offset>,
}

impl Index {
    fn new(arena: &Arena) -> Self {
        let mut index = Self::default();
        for (value, text) in arena.patterns() {
            let entry = |hash| Entry { hash, value };
            if text == ANY {
                index.any.push(value);
            } else if is_one_origin(text) {
                index.origins.push(entry(hash(text.as_bytes())));
            } else {
                let key = Key::of_pattern(PatternRef::from_canonical(text));
                index.general.extend(key.map(|key| entry(key.hash())));
            }
        }
        index
    }

    /// Sorts the entries and removes those that repeat an earlier one, whose offsets are returned.
    fn remove_repeats(&mut self, arena: &Arena) -> Vec<Offset> {
        sort(&mut self.origins, |offset| (arena.text(offset), offset));
        sort(&mut self.general, |offset| {
            (arena.key(offset), arena.text(offset), offset)
        });
        let mut repeats: Vec<Offset> = self.any.iter().skip(1).copied().collect();
        for entries in [&mut self.origins, &mut self.general] {
            entries.dedup_by(|later, first| {
                let same =
                    later.hash == first.hash && arena.text(later.value) == arena.text(first.value);
                if same {
                    repeats.push(later.value);
                }
                same
            });
        }
        repeats.sort_unstable();
        repeats
    }

    fn into_set(self, arena: Arena) -> OriginSet {
        let any = !self.any.is_empty();
        let has_general = any || !self.general.is_empty();
        OriginSet {
            len: self.origins.len() + self.general.len() + usize::from(any),
            origins: Table::new(&self.origins),
            filter: Filter::new(self.origins.iter().map(|entry| entry.hash)),
            general: has_general.then(|| Box::new(General::new(any, &self.general, &arena))),
            arena,
        }
    }
}

/// Whether a canonical pattern is the text of the only origin that it matches.
fn is_one_origin(text: &str) -> bool {
    // Only a network has a third slash.
    let slashes = || text.bytes().filter(|&byte| byte == b'/').count();
    !text.bytes().any(|byte| matches!(byte, b'*' | b'{')) && slashes() < 3
}

/// Sorts entries by hash, then by `key`.
fn sort<K: Ord>(entries: &mut [Entry], key: impl Fn(Offset) -> K) {
    entries.sort_unstable_by(|one, other| {
        let by_key = || key(one.value).cmp(&key(other.value));
        one.hash.cmp(&other.hash).then_with(by_key)
    });
}

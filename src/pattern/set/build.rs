//! Building a set from the texts of its patterns.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::filter::Filter;
use super::key::{END, Key, hash};
use super::keys::Keys;
use super::several::Several;
use super::table::{Entry, Table};
use super::texts::{Line, Parts, Texts};
use super::wider::Wider;
use super::{OriginPattern, OriginSet};
use crate::pattern::ANY;

/// Patterns in canonical form that are to become a set.
#[derive(Clone, Debug, Default)]
pub(crate) struct PatternList(String);

impl PatternList {
    /// Adds a pattern that is known to be in canonical form.
    pub(crate) fn push(&mut self, canonical: &str) {
        self.0.push_str(canonical);
        self.0.push(char::from(END));
    }

    /// Adds the patterns of a set.
    pub(super) fn push_all(&mut self, set: &OriginSet) {
        self.0.push_str(set.texts.as_str());
    }
}

impl FromIterator<OriginPattern> for OriginSet {
    fn from_iter<I: IntoIterator<Item = OriginPattern>>(patterns: I) -> Self {
        let mut list = PatternList::default();
        for pattern in patterns {
            list.push(pattern.as_str());
        }
        list.into()
    }
}

impl From<PatternList> for OriginSet {
    fn from(list: PatternList) -> Self {
        let texts = Texts::new(list.0);
        let mut index = Index::of(&texts);
        let repeats = index.repeats(&texts);
        if repeats.is_empty() {
            return index.set(texts);
        }
        // Once more without what repeats an earlier pattern.
        let mut kept = PatternList::default();
        for (line, text) in texts.lines() {
            if repeats.binary_search(&line).is_err() {
                kept.push(text);
            }
        }
        kept.into()
    }
}

/// What each pattern is looked up by.
#[derive(Default)]
struct Index {
    origins: Vec<Entry>,
    wider: Vec<Entry>,
    any: Vec<Line>,
}

impl Index {
    fn of(texts: &Texts) -> Self {
        let mut index = Self::default();
        for (line, text) in texts.lines() {
            if text == ANY {
                index.any.push(line);
            } else if !text.bytes().any(|byte| matches!(byte, b'*' | b'{')) {
                let hash = hash(text.as_bytes());
                index.origins.push(Entry { hash, value: line });
            } else if let Some(hash) = texts.key(line).map(Key::hash) {
                index.wider.push(Entry { hash, value: line });
            }
        }
        index
    }

    /// Sorts the entries and takes out those that repeat an earlier one.
    fn repeats(&mut self, texts: &Texts) -> Vec<Line> {
        let by_text = |entry: &Entry| (texts.line(entry.value), entry.value);
        let by_host = |entry: &Entry| (texts.scheme_and_host(entry.value), by_text(entry));
        self.origins.sort_unstable_by(|one, other| {
            one.hash
                .cmp(&other.hash)
                .then_with(|| by_text(one).cmp(&by_text(other)))
        });
        self.wider.sort_unstable_by(|one, other| {
            one.hash
                .cmp(&other.hash)
                .then_with(|| by_host(one).cmp(&by_host(other)))
        });
        let mut repeats: Vec<Line> = self.any.iter().skip(1).copied().collect();
        for entries in [&mut self.origins, &mut self.wider] {
            entries.dedup_by(|later, first| {
                let same =
                    later.hash == first.hash && texts.line(later.value) == texts.line(first.value);
                if same {
                    repeats.push(later.value);
                }
                same
            });
        }
        repeats.sort_unstable();
        repeats
    }

    fn set(self, texts: Texts) -> OriginSet {
        let len = self.origins.len().saturating_add(self.wider.len());
        let any = !self.any.is_empty();
        let wider = (any || !self.wider.is_empty()).then(|| Box::new(self.wider(&texts)));
        OriginSet {
            len: len.saturating_add(any.into()),
            origins: Table::new(&self.origins),
            filter: Filter::of(self.origins.iter().map(|entry| entry.hash)),
            wider,
            texts,
        }
    }

    fn wider(&self, texts: &Texts) -> Wider {
        let same_host = |one: &Entry, other: &Entry| {
            one.hash == other.hash
                && texts.scheme_and_host(one.value) == texts.scheme_and_host(other.value)
        };
        let (mut single, mut several) = (Vec::new(), Vec::new());
        for members in self.wider.chunk_by(same_host) {
            let has_several = |entry: &Entry| {
                Parts::of(texts.line(entry.value)).is_some_and(|parts| parts.has_several_ports())
            };
            match members {
                [only] if !has_several(only) => single.push(*only),
                members => several.push(members),
            }
        }
        let hosts = self.wider.iter().map(|entry| {
            let text = texts.line(entry.value);
            let host = Parts::of(text).map_or("", |parts| parts.host.of(text));
            (entry.hash, host)
        });
        Wider {
            any: !self.any.is_empty(),
            keys: Keys::of(hosts),
            single: Table::new(&single),
            several: Several::new(&several, texts),
        }
    }
}

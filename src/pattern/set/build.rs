//! Making a set of the texts of patterns.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::groups::Groups;
use super::key::{END, Key};
use super::shapes::Shapes;
use super::spans::Spans;
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
        let mut texts = Texts::new(list.0);
        let mut index = Index::of(&texts);
        let repeats = index.take_repeats(&texts);
        if !repeats.is_empty() {
            texts = texts.without(&repeats);
            index = Index::of(&texts);
            // Nothing repeats now; this brings the entries in order.
            index.take_repeats(&texts);
        }
        index.set(texts)
    }
}

/// What each pattern is looked up by.
#[derive(Default)]
struct Index {
    spans: Spans,
    origins: Vec<Entry>,
    wild: Vec<Entry>,
    of_ports: Vec<Entry>,
    any: Vec<Line>,
}

impl Index {
    fn of(texts: &Texts) -> Self {
        let starred = texts.lines().filter_map(|(_, text)| {
            // Most sets are of nothing but origins, whose parts don't matter here.
            let parts = text.contains('*').then(|| Parts::of(text)).flatten()?;
            parts.star.map(|_| parts.host.of(text))
        });
        let mut index = Self {
            spans: Spans::of(&Shapes::of(starred)),
            ..Self::default()
        };
        for (line, text) in texts.lines() {
            index.add(line, text);
        }
        index
    }

    fn add(&mut self, line: Line, text: &str) {
        let mut entry = |key: Key<'_>| Entry {
            hash: self.spans.enter(key),
            value: line,
        };
        if text == ANY {
            return self.any.push(line);
        }
        if !text.bytes().any(|byte| matches!(byte, b'*' | b'{')) {
            return self.origins.push(entry(Key::whole(text.as_bytes())));
        }
        let Some(Parts { host, star, ports }) = Parts::of(text) else {
            return;
        };
        let text = text.as_bytes();
        match (ports, star) {
            (Some(_), _) => {
                let before_ports = text.get(..host.end);
                let key = before_ports.and_then(|text| Key::before_ports(text, star));
                self.of_ports.extend(key.map(entry));
            }
            (None, Some(star)) => self.wild.extend(Key::with_star(text, star).map(entry)),
            (None, None) => {}
        }
    }

    /// Brings the entries in order, and takes out what repeats an earlier pattern.
    fn take_repeats(&mut self, texts: &Texts) -> Vec<Line> {
        let mut repeats: Vec<Line> = self.any.iter().skip(1).copied().collect();
        for entries in [&mut self.origins, &mut self.wild, &mut self.of_ports] {
            texts.sort(entries);
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
        let origins = Table::new(&self.origins);
        let any = !self.any.is_empty();
        let others = [self.wild.len(), self.of_ports.len(), usize::from(any)];
        let others = others.into_iter().fold(0, usize::saturating_add);
        let wider = (others > 0).then(|| Wider {
            any,
            wild: Table::new(&self.wild),
            groups: Groups::new(&self.of_ports, &texts),
            spans: self.spans,
        });
        OriginSet {
            len: self.origins.len().saturating_add(others),
            texts,
            origins,
            wider: wider.map(Box::new),
        }
    }
}

//! The patterns' texts, one after the other.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;

use super::super::ports::Ports;
use super::key::{END, Key, hash, is_one_line};
use super::table::{Entry, Table};
use crate::origin::Span;

/// Where in the text a pattern starts.
pub(super) type Line = u32;

/// Patterns in canonical form, in the order given, each followed by [`END`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Texts {
    text: Box<str>,
    /// How long those are whose end is far: most are short, and their end is quickly found.
    long: BTreeMap<Line, usize>,
}

/// How long a pattern is whose end is looked for.
const SHORT: usize = 512;

/// The parts of a pattern's text.
pub(super) struct Parts<'t> {
    pub(super) host: Span,
    /// Where the `*` in the host is.
    pub(super) star: Option<Span>,
    /// `*` or `{…}`, where the pattern has several ports.
    pub(super) ports: Option<&'t str>,
}

impl<'t> Parts<'t> {
    /// The parts of a canonical pattern, or an origin; `*` and `null` have none.
    pub(super) fn of(text: &'t str) -> Option<Self> {
        let start = text.find(':')?.saturating_add("://".len());
        let rest = text.get(start..)?;
        let address = rest.starts_with('[').then(|| rest.find(']')).flatten();
        let after = address.unwrap_or(0);
        let colon = rest.get(after..)?.find(':');
        let len = colon.map_or(rest.len(), |at| at.saturating_add(after));
        let (name, port) = rest.split_at_checked(len)?;
        let star = name.find('*').map(|at| at.saturating_add(start));
        Some(Self {
            host: Span {
                start,
                end: start.saturating_add(len),
            },
            star: star.map(|start| Span {
                start,
                end: start.saturating_add(1),
            }),
            ports: port
                .strip_prefix(':')
                .filter(|port| port.starts_with(['*', '{'])),
        })
    }
}

impl Texts {
    pub(super) fn new(text: String) -> Self {
        let mut texts = Self {
            text: text.into(),
            long: BTreeMap::new(),
        };
        texts.long = texts
            .lines()
            .filter(|(_, text)| text.len() > SHORT)
            .map(|(line, text)| (line, text.len()))
            .collect();
        texts
    }

    #[inline]
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The patterns with their places. The text has room for 4 GiB of them.
    pub(super) fn lines(&self) -> impl Iterator<Item = (Line, &str)> {
        let mut start = 0_usize;
        self.text
            .split_terminator(char::from(END))
            .map_while(move |text| {
                let line = Line::try_from(start).ok()?;
                start = start.saturating_add(text.len()).saturating_add(1);
                Some((line, text))
            })
    }

    /// The text from a pattern on, and what follows it.
    pub(super) fn from(&self, line: Line) -> &[u8] {
        self.text
            .as_bytes()
            .get(line as usize..)
            .unwrap_or_default()
    }

    /// A pattern of known length.
    pub(super) fn get(&self, line: Line, len: usize) -> Option<&str> {
        let start = line as usize;
        self.text.get(start..start.checked_add(len)?)
    }

    /// A pattern.
    pub(super) fn line(&self, line: Line) -> &str {
        if let Some(&len) = self.long.get(&line) {
            return self.get(line, len).unwrap_or_default();
        }
        let rest = self.text.get(line as usize..).unwrap_or_default();
        rest.split(char::from(END)).next().unwrap_or_default()
    }

    /// The place of the pattern that is this text, by a table of whole patterns.
    #[inline]
    pub(super) fn look_up_whole(&self, table: &Table, text: &[u8]) -> Option<Line> {
        let hash = hash(text);
        if !table.may_have(hash) {
            return None;
        }
        let is_it = |line| {
            let after = self.from(line).strip_prefix(text);
            after.and_then(<[u8]>::first) == Some(&END) && is_one_line(text)
        };
        let order = |line| Key::whole(text).cmp_start(self.from(line));
        table.find(hash, is_it, order)
    }

    /// The place of the pattern with this hash and key, by a table of whole patterns.
    #[inline]
    pub(super) fn look_up<'k>(
        &self,
        table: &Table,
        hash: u64,
        key: impl Fn() -> Option<Key<'k>>,
    ) -> Option<(Line, Key<'k>)> {
        if !table.may_have(hash) {
            return None;
        }
        let key = key()?;
        let line = table.find(
            hash,
            |line| key.starts(self.from(line)),
            |line| key.cmp_start(self.from(line)),
        );
        Some((line?, key))
    }

    /// The ports of a pattern that has several.
    pub(super) fn ports(&self, line: Line) -> Ports {
        let ports = Parts::of(self.line(line)).and_then(|parts| parts.ports);
        Ports::of_text(ports.unwrap_or_default())
    }

    /// The key of what comes before the ports of a pattern.
    pub(super) fn key_before_ports(&self, line: Line) -> Option<Key<'_>> {
        let text = self.line(line);
        let parts = Parts::of(text)?;
        Key::before_ports(text.as_bytes().get(..parts.host.end)?, parts.star)
    }

    /// Brings entries into the order of their hashes, then of their texts, then of their places.
    pub(super) fn sort(&self, entries: &mut [Entry]) {
        entries.sort_unstable_by(|one, other| {
            one.hash.cmp(&other.hash).then_with(|| {
                let texts = self.line(one.value).cmp(self.line(other.value));
                texts.then(one.value.cmp(&other.value))
            })
        });
    }

    /// Without the patterns at these places, which are in order.
    pub(super) fn without(&self, repeats: &[Line]) -> Self {
        let mut kept = String::new();
        for (line, text) in self.lines() {
            if repeats.binary_search(&line).is_err() {
                kept.push_str(text);
                kept.push(char::from(END));
            }
        }
        Self::new(kept)
    }
}

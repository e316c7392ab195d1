//! The patterns of a set that match more than one origin.

use alloc::vec::Vec;

use super::arena::{Arena, MAX_OFFSET, Offset};
use super::groups::Groups;
use super::key::END;
use super::shapes::{Candidate, Shapes};
use super::table::{Entry, Table};
use crate::origin::OriginRef;
use crate::pattern::{ANY, PatternMatch, PatternRef, ports};

#[derive(Clone, Default)]
pub(super) struct General {
    /// Whether there is `*`.
    pub(super) any: bool,
    shapes: Shapes,
    /// From each key to a pattern or a group.
    table: Table,
    groups: Groups,
}

/// What the table has for a key.
#[derive(Clone, Copy)]
enum Slot {
    /// The only pattern, which has one port.
    Pattern(Offset),
    Group(u32),
}

impl Slot {
    /// Offsets have a zero in the highest bit.
    fn decode(value: u32) -> Self {
        match value <= MAX_OFFSET {
            true => Self::Pattern(value),
            false => Self::Group(!value),
        }
    }
}

impl General {
    /// Takes the offsets of patterns, sorted by the hashes of their keys, then by key.
    pub(super) fn new(any: bool, entries: &[Entry], arena: &Arena) -> Self {
        let mut groups = Groups::default();
        let same_key = |one: &Entry, other: &Entry| {
            one.hash == other.hash && arena.key(one.value) == arena.key(other.value)
        };
        let has_one_port = |entry: &Entry| {
            let ports = arena.pattern(entry.value).ports();
            ports.is_some_and(|ports| ports.single().is_some())
        };
        let keys = entries
            .chunk_by(same_key)
            .filter_map(|members| match members {
                [only] if has_one_port(only) => Some(*only),
                [first, ..] => {
                    let offsets = members.iter().map(|entry| entry.value);
                    Some(Entry {
                        hash: first.hash,
                        value: !groups.push(offsets, arena),
                    })
                }
                [] => None,
            })
            .collect::<Vec<_>>();
        let patterns = entries.iter().map(|entry| arena.pattern(entry.value));
        Self {
            any,
            shapes: Shapes::new(patterns),
            table: Table::new(&keys),
            groups,
        }
    }

    /// The most specific pattern that matches.
    pub(super) fn find<'s, 'o>(
        &self,
        origin: OriginRef<'o>,
        arena: &'s Arena,
    ) -> Option<PatternMatch<'s, 'o>> {
        let by_key = || {
            let host = origin.host_span()?;
            let (text, port_text) = origin.as_str().split_at_checked(host.end)?;
            self.shapes.find_map(text, host.start, |candidate| {
                let pattern = self.find_key(&candidate, arena, |slot, rest| match slot {
                    Slot::Pattern(offset) => {
                        let rest = rest.strip_prefix(port_text.as_bytes())?;
                        let is_all = rest.first() == Some(&END);
                        let text = arena.from(offset);
                        is_all.then(|| text.get(..text.len() - rest.len()))?
                    }
                    Slot::Group(group) => {
                        let offset = self.groups.find(group, ports::number(origin))?;
                        Some(arena.text(offset))
                    }
                })?;
                let capture = candidate.star.map(|star| star.slice(origin.as_str()));
                Some(PatternMatch { pattern, capture })
            })
        };
        let any = || PatternMatch {
            pattern: ANY,
            capture: None,
        };
        by_key().or_else(|| self.any.then(any))
    }

    /// The most specific pattern that covers this one and that `accept` accepts.
    pub(super) fn find_covering<'s>(
        &self,
        pattern: PatternRef<'_>,
        arena: &'s Arena,
        mut accept: impl FnMut(&str) -> bool,
    ) -> Option<&'s str> {
        let mut by_key = || {
            let host = pattern.host_span()?;
            let ports = pattern.ports()?;
            let text = pattern.as_str().get(..host.end)?;
            self.shapes.find_map(text, host.start, |candidate| {
                let (only, group) = match self.find_key(&candidate, arena, |slot, _| Some(slot))? {
                    Slot::Pattern(offset) => (Some(offset), None),
                    Slot::Group(group) => (None, Some(self.groups.covering(group, ports, arena))),
                };
                let mut offsets = only.into_iter().chain(group.into_iter().flatten());
                offsets.find_map(|offset| {
                    let text = arena.text(offset);
                    let covers = PatternRef::from_canonical(text).ports()?.covers(ports);
                    (covers && accept(text)).then_some(text)
                })
            })
        };
        by_key().or_else(|| (self.any && accept(ANY)).then_some(ANY))
    }

    /// Calls `find` with what the table has for the key of the candidate, and what follows that key in the
    /// arena.
    #[inline]
    fn find_key<'s, T>(
        &self,
        Candidate { hash, key, .. }: &Candidate<'_>,
        arena: &'s Arena,
        find: impl Fn(Slot, &'s [u8]) -> Option<T>,
    ) -> Option<T> {
        let first = |slot| match slot {
            Slot::Pattern(offset) => Some(offset),
            Slot::Group(group) => self.groups.first(group),
        };
        let find = |slot| key.find_in(arena.from(first(slot)?), |rest| find(slot, rest));
        let cmp = |slot| Some(*key).cmp(&first(slot).and_then(|offset| arena.key(offset)));
        self.table.find(
            *hash,
            |value| find(Slot::decode(value)),
            |value| cmp(Slot::decode(value)),
        )
    }
}

//! The patterns of a set that match more than one origin.

use alloc::vec::Vec;
use core::cell::Cell;

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
                let after = Cell::new(0);
                let has_port = |rest: &[u8]| {
                    let rest = rest.strip_prefix(port_text.as_bytes()).unwrap_or_default();
                    after.set(rest.len());
                    rest.first() == Some(&END)
                };
                let pattern = match self.slot(&candidate, arena, has_port)? {
                    Slot::Pattern(offset) => {
                        let text = arena.from(offset);
                        text.get(..text.len() - after.get())?
                    }
                    Slot::Group(group) => {
                        arena.text(self.groups.find(group, ports::number(origin))?)
                    }
                };
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
                let (only, group) = match self.slot(&candidate, arena, |_| true)? {
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

    /// What the table has for the key of the candidate; of a key with one pattern, if `has_port` accepts
    /// what follows the key in the arena.
    #[inline]
    fn slot(
        &self,
        Candidate { hash, key, .. }: &Candidate<'_>,
        arena: &Arena,
        has_port: impl Fn(&[u8]) -> bool,
    ) -> Option<Slot> {
        let first = |slot| match slot {
            Slot::Pattern(offset) => Some(offset),
            Slot::Group(group) => self.groups.first(group),
        };
        let eq = |slot: Slot| {
            let rest = first(slot).and_then(|offset| key.strip_from(arena.from(offset)));
            rest.is_some_and(|rest| matches!(slot, Slot::Group(_)) || has_port(rest))
        };
        let cmp = |slot| Some(*key).cmp(&first(slot).and_then(|offset| arena.key(offset)));
        let value = self.table.find(
            *hash,
            |value| eq(Slot::decode(value)),
            |value| cmp(Slot::decode(value)),
        )?;
        Some(Slot::decode(value))
    }
}

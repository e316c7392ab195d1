//! Which part of a label a `*` may stand for.

use alloc::vec::Vec;
use core::cmp::Reverse;

use super::ends::Around;
use super::filter::Filter;
use super::key::Rolling;
use super::lengths::Lengths;
use super::side::Side;
use crate::origin::Span;
use crate::origin::host::MAX_DOMAIN_LEN;

/// What the patterns of a set with a `*` inside a label have around it.
#[derive(Clone, Debug, Default)]
pub(super) struct InLabel {
    /// How long what stands before the `*` is in the label.
    befores: Lengths,
    /// How long what stands after it is.
    afters: Lengths,
    /// How long their hosts are from the first dot on.
    rest_lengths: Lengths,
    /// How many patterns there are.
    count: usize,
    ways: Ways,
}

/// How to go through what may stand around a `*`.
#[derive(Clone, Debug)]
enum Ways {
    /// How long it is before the `*` and after it, the most specific first: it costs least to try all.
    Few(Vec<(usize, usize)>),
    Many(Noted),
}

/// Up to how many pairs of lengths are few.
const FEW: usize = 8;

impl Default for Ways {
    fn default() -> Self {
        Self::Few(Vec::new())
    }
}

/// Parts that patterns have, so that of many lengths those are tried that lead somewhere.
#[derive(Clone, Debug)]
struct Noted {
    /// What follows the label, up to the port.
    rests: Filter,
    /// What stands before the `*`, the scheme included.
    heads: Filter,
    /// What stands after it, the port included, if it is one only.
    ends: Filter,
}

/// A label, and what stands around it.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) label: Span,
    pub(super) around: Around,
}

impl Place {
    /// A part of the label.
    fn part(self, start: usize, end: usize) -> Span {
        Span {
            start: self.label.start.saturating_add(start),
            end: self.label.start.saturating_add(end),
        }
    }
}

impl InLabel {
    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Takes note of the lengths of what stands around a `*`, and of how much follows the label.
    pub(super) fn add(&mut self, before: usize, after: usize, rest: usize) {
        self.count = self.count.saturating_add(1);
        self.befores.insert(before);
        self.afters.insert(after);
        self.rest_lengths.insert(rest);
    }

    /// Sees how many ways there are, and makes room for what is noted if they are many.
    pub(super) fn make_room(&mut self) {
        let pairs = self.afters.ascending().flat_map(|after| {
            let befores = self.befores.ascending();
            befores.map(move |before| (before, after))
        });
        let mut few: Vec<_> = pairs.take(FEW.saturating_add(1)).collect();
        if few.len() <= FEW {
            few.sort_by_key(|&(before, after)| Reverse((before.saturating_add(after), before)));
            self.ways = Ways::Few(few);
            return;
        }
        let room = || Filter::with_room_for(self.count);
        self.ways = Ways::Many(Noted {
            rests: room(),
            heads: room(),
            ends: room(),
        });
    }

    /// Takes note of the hashes of a pattern: of what follows the label, and of what stands before the `*` and
    /// after it.
    pub(super) fn note(&mut self, rest: Rolling, head: Rolling, end: Rolling) {
        if let Ways::Many(noted) = &mut self.ways {
            noted.rests.insert(rest.value());
            noted.heads.insert(head.value());
            noted.ends.insert(end.value());
        }
    }

    /// The first dot of a host, if a label may have a `*` before as much as follows from there on.
    pub(super) fn dot(&self, host: &[u8]) -> Option<usize> {
        if self.is_empty() {
            return None;
        }
        let dot = host.iter().position(|&byte| byte == b'.')?;
        let rest = host.len().saturating_sub(dot);
        self.rest_lengths.contains(rest).then_some(dot)
    }

    /// What is found for the most specific of the parts of a label that a `*` may stand for: with the most
    /// around it, and of those with the most before it.
    pub(super) fn find<T>(
        &self,
        text: &[u8],
        place: Place,
        may_be: &impl Fn(Around) -> bool,
        found: &mut impl FnMut(Around, Span) -> Option<T>,
    ) -> Option<T> {
        let label = text.get(place.label.start..place.label.end)?;
        // A label that starts with `xn--` is encoded: its letters are not those that a pattern means.
        if label.starts_with(b"xn--") || label.len() > MAX_DOMAIN_LEN {
            return None;
        }
        match &self.ways {
            Ways::Few(lengths) => find_by_all(lengths, label, place, may_be, found),
            Ways::Many(noted) => self.find_by(noted, label, place, may_be, found),
        }
    }

    /// What is found by the ways that lead somewhere.
    fn find_by<T>(
        &self,
        noted: &Noted,
        label: &[u8],
        place: Place,
        may_be: &impl Fn(Around) -> bool,
        found: &mut impl FnMut(Around, Span) -> Option<T>,
    ) -> Option<T> {
        let Around { head, ends } = place.around;
        if !noted.rests.may_contain(ends.of_host().value()) {
            return None;
        }
        let is_end = |hash: Rolling| ends.with(hash).may_be_in(&noted.ends);
        let after = Side::of(ends.of_host(), label.iter().rev(), &self.afters, is_end);
        let is_head = |hash: Rolling| noted.heads.may_contain(hash.value());
        let before = Side::of(head, label.iter(), &self.befores, is_head);
        let tame = positions(label, |byte| !is_wild(byte));
        let mut best = None;
        // How much stands around the `*` in what was found. Less is not looked for.
        let mut most = 1_usize;
        for len_after in after.known.descending() {
            let ends = ends.with(after.get(len_after)?);
            let end = label.len().saturating_sub(len_after);
            let befores = before.known.within(most.saturating_sub(len_after), end);
            let found = befores.find_last(|start| {
                let head = before.get(start)?;
                let around = Around { head, ends };
                if !may_be(around) || tame.any_within(start, end) {
                    return None;
                }
                Some((start, found(around, place.part(start, end))?))
            });
            if let Some((start, found)) = found {
                most = start.saturating_add(len_after);
                best = Some(found);
            }
        }
        best
    }
}

/// What is found by the first of these lengths, of what stands before a `*` and after it, by which anything is.
fn find_by_all<T>(
    lengths: &[(usize, usize)],
    label: &[u8],
    place: Place,
    may_be: &impl Fn(Around) -> bool,
    found: &mut impl FnMut(Around, Span) -> Option<T>,
) -> Option<T> {
    lengths.iter().find_map(|&(before, after)| {
        let end = label.len().checked_sub(after)?;
        let part = label.get(before..end).filter(|part| !part.is_empty())?;
        let Around { head, ends } = place.around;
        let around = Around {
            head: head.push_each(label.get(..before)?),
            ends: ends.with(ends.of_host().push_each(label.get(end..)?.iter().rev())),
        };
        if !may_be(around) || !part.iter().copied().all(is_wild) {
            return None;
        }
        found(around, place.part(before, end))
    })
}

/// Where in a label such bytes are.
fn positions(label: &[u8], is_it: impl Fn(u8) -> bool) -> Lengths {
    let mut positions = Lengths::default();
    for (at, &byte) in label.iter().enumerate() {
        if is_it(byte) {
            positions.insert(at);
        }
    }
    positions
}

/// What a `*` inside a label stands for. Another pattern's `*` is among it, and in no origin.
fn is_wild(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'*')
}

//! Which part of a label a `*` may stand for.

use alloc::vec::Vec;

use super::ends::{Candidate, Ends};
use super::filter::Filter;
use super::key::Rolling;
use super::lengths::Lengths;
use crate::origin::Span;

/// What the patterns of a set with a `*` inside a label have around it.
#[derive(Clone, Debug, Default)]
pub(super) struct InLabel {
    /// For how long what stands after the `*` is in the label, in order: how long what stands before it is.
    around: Vec<(u8, Lengths)>,
    /// How long their hosts are from the first dot on.
    rest_lengths: Lengths,
    /// What follows the label, up to the port.
    rests: Filter,
    /// How many patterns there are.
    count: usize,
    /// What stands before the `*`, the scheme included.
    heads: Filter,
    /// What stands after it, the port included, if it is one only.
    ends: Filter,
}

/// A label, with the hashes of what stands before it and after it.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) label: Span,
    pub(super) head: Rolling,
    pub(super) ends: Ends,
}

impl InLabel {
    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Takes note of what stands around a `*`, and of how much follows the label.
    pub(super) fn add(&mut self, before: usize, after: usize, rest: usize) {
        self.count = self.count.saturating_add(1);
        self.rest_lengths.insert(rest);
        let Ok(after) = u8::try_from(after) else {
            return;
        };
        let found = self
            .around
            .binary_search_by_key(&after, |&(after, _)| after);
        let place = found.unwrap_or_else(|place| {
            self.around.insert(place, (after, Lengths::default()));
            place
        });
        if let Some((_, lengths)) = self.around.get_mut(place) {
            lengths.insert(before);
        }
    }

    /// Makes room for the hashes of those that were added.
    pub(super) fn make_room(&mut self) {
        self.around.shrink_to_fit();
        self.rests = Filter::with_room_for(self.count);
        self.heads = Filter::with_room_for(self.count);
        self.ends = Filter::with_room_for(self.count);
    }

    /// Takes note of the hashes of a pattern: of what follows the label, and of what stands before the `*` and
    /// after it.
    pub(super) fn add_hashes(&mut self, rest: Rolling, head: Rolling, end: Rolling) {
        self.rests.insert(rest.value());
        self.heads.insert(head.value());
        self.ends.insert(end.value());
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
        mut found: impl FnMut(Candidate) -> Option<T>,
    ) -> Option<T> {
        let Place {
            label: span,
            head,
            mut ends,
        } = place;
        let label = text.get(span.start..span.end)?;
        // A label that starts with `xn--` is encoded: its letters are not those that a pattern means.
        if label.starts_with(b"xn--") || !self.rests.may_contain(ends.before_ports().value()) {
            return None;
        }
        let mut heads = None;
        let mut best: Option<((usize, usize), T)> = None;
        let mut pushed = 0;
        for (after, befores) in &self.around {
            let after = usize::from(*after);
            let Some(end) = label.len().checked_sub(after) else {
                break;
            };
            let literal = label.get(end..)?;
            for &byte in literal.iter().rev().skip(pushed) {
                ends = ends.push(byte.into());
            }
            pushed = after;
            let longest = end.saturating_sub(1);
            let most = (longest.saturating_add(after), longest);
            if best.as_ref().is_some_and(|(best, _)| *best > most) {
                break;
            }
            if !ends.may_be_in(&self.ends) {
                continue;
            }
            let wild = wild_from(label, end);
            let heads = heads.get_or_insert_with(|| Heads::of(head, label, &self.heads));
            for before in befores.and(&heads.known).descending() {
                if !(wild..end).contains(&before) {
                    continue;
                }
                let specificity = (before.saturating_add(after), before);
                if best.as_ref().is_some_and(|(best, _)| *best > specificity) {
                    break;
                }
                let part = Span {
                    start: span.start.saturating_add(before),
                    end: span.start.saturating_add(end),
                };
                let head = heads.get(before, label);
                if let Some(found) = found(ends.candidate(head, part)) {
                    best = Some((specificity, found));
                    break;
                }
            }
        }
        best.map(|(_, found)| found)
    }
}

/// The hashes of the beginnings of a label, with what stands before it.
struct Heads {
    /// How long those are that some pattern may have before its `*`.
    known: Lengths,
    hashes: [Rolling; FAST],
    of_none: Rolling,
}

/// Longer beginnings are hashed each time they are asked for. A label of a domain that has an address has no
/// more than 63 bytes (RFC 1035, 2.3.4).
const FAST: usize = 64;

impl Heads {
    fn of(head: Rolling, label: &[u8], filter: &Filter) -> Self {
        let mut heads = Self {
            known: Lengths::default(),
            hashes: [head; FAST],
            of_none: head,
        };
        let mut hash = head;
        for (len, &byte) in label.iter().enumerate() {
            if filter.may_contain(hash.value()) {
                heads.known.insert(len);
            }
            if let Some(slot) = heads.hashes.get_mut(len) {
                *slot = hash;
            }
            hash = hash.push(byte.into());
        }
        heads
    }

    fn get(&self, len: usize, label: &[u8]) -> Rolling {
        let fast = self.hashes.get(len).copied();
        fast.unwrap_or_else(|| {
            let head = label.iter().take(len);
            head.fold(self.of_none, |hash, &byte| hash.push(byte.into()))
        })
    }
}

/// From where on all bytes up to `end` are among what a `*` stands for.
fn wild_from(label: &[u8], end: usize) -> usize {
    let before_end = label.get(..end).unwrap_or_default();
    let odd = before_end.iter().rposition(|&byte| !is_wild(byte));
    odd.map_or(0, |odd| odd.saturating_add(1))
}

/// What a `*` inside a label stands for. Another pattern's `*` is among it, and in no origin.
fn is_wild(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'*')
}

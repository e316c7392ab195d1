//! Which parts of a host a `*` may stand for.

use alloc::vec::Vec;

use super::key::{Rolling, starred};
use crate::origin::Span;

/// What the patterns of a set have in the place of a `*`, so that no other places are tried.
#[derive(Clone, Debug, Default)]
pub(super) struct Spans {
    /// For patterns with a `*` inside a label: how long the literals after and before it are, in order.
    in_label: Vec<(u8, u8)>,
    /// How long the hosts of these are from the first dot on.
    rests: Lengths,
    /// How long the hosts of patterns with `*.` are from the dot on.
    bases: Lengths,
    any_host: bool,
}

/// A span, and the hashes of the keys with a `*` in its place.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    pub(super) span: Span,
    /// Of the whole text.
    pub(super) hash: u64,
    /// Of the text up to the ports.
    pub(super) hash_before_ports: u64,
}

impl Spans {
    /// Takes note of a pattern with a `*` in its host.
    pub(super) fn add(&mut self, host: &str) {
        if host == "*" {
            self.any_host = true;
        } else if let Some(base) = host.strip_prefix('*').filter(|rest| rest.starts_with('.')) {
            self.bases.insert(base.len());
        } else if let Some((label, rest)) = host.split_once('.') {
            self.rests.insert(rest.len().saturating_add(1));
            let star = label.find('*').unwrap_or(0);
            let after = label.len().saturating_sub(star.saturating_add(1));
            if let (Ok(before), Ok(after)) = (u8::try_from(star), u8::try_from(after)) {
                self.in_label.push((after, before));
            }
        }
    }

    /// Puts the literals in order, each pair once.
    pub(super) fn sort(&mut self) {
        self.in_label.sort_unstable();
        self.in_label.dedup();
        self.in_label.shrink_to_fit();
    }

    /// Whether there are patterns with a `*` in their host.
    pub(super) fn is_empty(&self) -> bool {
        self.in_label.is_empty() && self.bases.is_empty() && !self.any_host
    }

    /// What is found for the most specific of the spans of a host that a `*` may stand for.
    ///
    /// The host is gone through once, backwards, as the ends of the keys become longer.
    pub(super) fn find<T>(
        &self,
        text: &str,
        host: Span,
        mut found: impl FnMut(Candidate) -> Option<T>,
    ) -> Option<T> {
        if self.is_empty() || host.len() == 0 {
            return None;
        }
        let name = host.of(text);
        let mut ends = Ends::after(text, host);
        let label_len = name.bytes().position(|byte| byte == b'.');
        let rest = name
            .get(label_len.unwrap_or(name.len())..)
            .unwrap_or_default();
        let head = Rolling::of_head(text.get(..host.start)?.as_bytes());
        let mut below = None;
        if self.any_host {
            below = found(ends.candidate(head, host));
        }
        for (index, byte) in rest.bytes().enumerate().rev() {
            ends = ends.push(byte);
            let len = rest.len().saturating_sub(index);
            if byte == b'.' && self.bases.contains(len) {
                let end = host.end.saturating_sub(len);
                let span = Span {
                    start: host.start,
                    end,
                };
                // A longer end is more specific.
                below = found(ends.candidate(head, span)).or(below);
            }
        }
        let in_label = self
            .rests
            .contains(rest.len())
            .then(|| {
                let end = host.end.saturating_sub(rest.len());
                let label = Span {
                    start: host.start,
                    end,
                };
                self.find_in_label(text, label, head, ends, &mut found)
            })
            .flatten();
        in_label.or(below)
    }

    fn find_in_label<T>(
        &self,
        text: &str,
        span: Span,
        head: Rolling,
        mut ends: Ends,
        found: &mut impl FnMut(Candidate) -> Option<T>,
    ) -> Option<T> {
        let label = span.of(text).as_bytes();
        // A label that starts with `xn--` is encoded: its letters are not those that a pattern means.
        if label.starts_with(b"xn--") {
            return None;
        }
        let heads = heads(head, label);
        let mut best = None;
        let mut pushed = 0;
        for of_one_end in self.in_label.chunk_by(|one, other| one.0 == other.0) {
            let &(after, _) = of_one_end.first()?;
            let Some(end) = label.len().checked_sub(after.into()) else {
                break;
            };
            let literal = label.get(end..)?;
            for &byte in literal.iter().rev().skip(pushed) {
                ends = ends.push(byte);
            }
            pushed = literal.len();
            let odd = label.get(..end)?.iter().rposition(|&byte| !is_wild(byte));
            let first = odd.map_or(0, |odd| odd.saturating_add(1));
            for &(_, before) in of_one_end {
                let before = usize::from(before);
                if !(first..end).contains(&before) {
                    continue;
                }
                let specificity = (before.saturating_add(pushed), before);
                if best.as_ref().is_some_and(|&(other, _)| other > specificity) {
                    continue;
                }
                let span = Span {
                    start: span.start.saturating_add(before),
                    end: span.start.saturating_add(end),
                };
                let longer =
                    || Rolling::of_head(text.as_bytes().get(..span.start).unwrap_or_default());
                let head = heads.get(before).copied().unwrap_or_else(longer);
                if let Some(found) = found(ends.candidate(head, span)) {
                    best = Some((specificity, found));
                }
            }
        }
        best.map(|(_, found)| found)
    }
}

/// The longest label of a domain that has an address, in bytes (RFC 1035, 2.3.4). Longer ones are slower.
const MAX_LABEL_LEN: usize = 63;

/// The hashes of what stands before each byte of a label.
fn heads(head: Rolling, label: &[u8]) -> [Rolling; MAX_LABEL_LEN] {
    let mut heads = [head; MAX_LABEL_LEN];
    let mut hash = head;
    for (slot, &byte) in heads.iter_mut().skip(1).zip(label) {
        hash = hash.push(byte);
        *slot = hash;
    }
    heads
}

/// The hashes of the end of a text, with its port and without.
#[derive(Clone, Copy)]
struct Ends {
    whole: Rolling,
    before_ports: Rolling,
}

impl Ends {
    /// The hashes of what stands after the host.
    fn after(text: &str, host: Span) -> Self {
        let port = text.get(host.end..).unwrap_or_default();
        Self {
            whole: Rolling::of_tail(port.as_bytes()),
            before_ports: Rolling::of_tail(b""),
        }
    }

    #[inline]
    fn push(self, byte: u8) -> Self {
        Self {
            whole: self.whole.push(byte),
            before_ports: self.before_ports.push(byte),
        }
    }

    #[inline]
    fn candidate(self, head: Rolling, span: Span) -> Candidate {
        Candidate {
            span,
            hash: starred(head, self.whole),
            hash_before_ports: starred(head, self.before_ports),
        }
    }
}

/// What a `*` inside a label stands for. Another pattern's `*` is among it, and in no origin.
fn is_wild(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'*')
}

/// A set of lengths up to 255, the most that a dot and a domain have.
#[derive(Clone, Copy, Debug, Default)]
struct Lengths([u64; 4]);

impl Lengths {
    fn insert(&mut self, len: usize) {
        if let Some(word) = self.0.get_mut(len / 64) {
            *word |= 1 << (len % 64);
        }
    }

    fn contains(&self, len: usize) -> bool {
        let word = self.0.get(len / 64).copied().unwrap_or(0);
        word >> (len % 64) & 1 == 1
    }

    fn is_empty(&self) -> bool {
        self.0 == [0; 4]
    }
}

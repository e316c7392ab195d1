//! Which parts of a host a `*` may stand for.

use alloc::vec::Vec;
use core::cmp::Reverse;

use crate::origin::Span;

/// What the patterns of a set have in the place of a `*`, so that no other places are tried.
#[derive(Clone, Debug, Default)]
pub(super) struct Spans {
    /// For patterns with a `*` inside a label: how long the literals before and after it are. Longer
    /// literals stand first, then longer ones before it.
    in_label: Vec<(u8, u8)>,
    /// How long the hosts of these are from the first dot on.
    rests: Lengths,
    /// How long the hosts of patterns with `*.` are from the dot on.
    bases: Lengths,
    any_host: bool,
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
                self.in_label.push((before, after));
            }
        }
    }

    /// Puts the literals in order, each pair once.
    pub(super) fn sort(&mut self) {
        self.in_label.sort_unstable_by_key(|&(before, after)| {
            let literal = u16::from(before).saturating_add(after.into());
            Reverse((literal, before))
        });
        self.in_label.dedup();
        self.in_label.shrink_to_fit();
    }

    /// Whether there are patterns with a `*` in their host.
    pub(super) fn is_empty(&self) -> bool {
        self.in_label.is_empty() && self.bases.is_empty() && !self.any_host
    }

    /// Tries the spans of a host that a `*` may stand for, those of the most specific patterns first.
    pub(super) fn find<T>(
        &self,
        text: &str,
        host: Span,
        mut found: impl FnMut(Span) -> Option<T>,
    ) -> Option<T> {
        if self.is_empty() || host.len() == 0 {
            return None;
        }
        let name = host.of(text);
        if let Some(inside) = self.find_in_label(name, host.start, &mut found) {
            return Some(inside);
        }
        for (at, _) in name.bytes().enumerate().filter(|&(_, byte)| byte == b'.') {
            if self.bases.contains(name.len().saturating_sub(at)) {
                let below = Span {
                    start: host.start,
                    end: host.start.saturating_add(at),
                };
                if let Some(found) = found(below) {
                    return Some(found);
                }
            }
        }
        if self.any_host { found(host) } else { None }
    }

    fn find_in_label<T>(
        &self,
        host: &str,
        start: usize,
        found: &mut impl FnMut(Span) -> Option<T>,
    ) -> Option<T> {
        if self.in_label.is_empty() {
            return None;
        }
        let (label, rest) = host.split_once('.')?;
        // A label that starts with `xn--` is encoded: its letters are not those that a pattern means.
        if !self.rests.contains(rest.len().saturating_add(1)) || label.starts_with("xn--") {
            return None;
        }
        self.in_label.iter().find_map(|&(before, after)| {
            let end = label.len().checked_sub(after.into())?;
            let captured = label.get(before.into()..end)?;
            if captured.is_empty() || !captured.bytes().all(is_wild) {
                return None;
            }
            found(Span {
                start: start.saturating_add(before.into()),
                end: start.saturating_add(end),
            })
        })
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

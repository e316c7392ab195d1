//! Which parts of a host a `*` may stand for.

use alloc::vec::Vec;

use super::ends::{Around, Ends};
use super::in_label::{InLabel, Place};
use super::key::{AroundStar, Key, Rolling, hash, starred};
use crate::origin::Span;

/// What the patterns of a set have in the place of a `*`, so that no other places are tried.
#[derive(Clone, Debug, Default)]
pub(super) struct Spans {
    in_label: InLabel,
    /// How long the hosts of patterns with `*.` are from the dot on, in order.
    bases: Vec<usize>,
    any_host: bool,
}

impl Spans {
    /// What these hosts, which have a `*` each, have in its place.
    pub(super) fn of<'h>(hosts: impl Iterator<Item = &'h str>) -> Self {
        let mut spans = Self::default();
        for host in hosts {
            spans.add(host);
        }
        spans.in_label.make_room();
        spans
    }

    fn add(&mut self, host: &str) {
        if host == "*" {
            self.any_host = true;
        } else if let Some(base) = host.strip_prefix('*').filter(|rest| rest.starts_with('.')) {
            if let Err(place) = self.bases.binary_search(&base.len()) {
                self.bases.insert(place, base.len());
            }
        } else if let Some((label, rest)) = host.split_once('.') {
            let (before, after) = label.split_once('*').unwrap_or_default();
            let rest = rest.len().saturating_add(1);
            self.in_label.add(before.len(), after.len(), rest);
        }
    }

    /// Whether there are patterns with a `*` in their host.
    pub(super) fn is_empty(&self) -> bool {
        self.in_label.is_empty() && self.bases.is_empty() && !self.any_host
    }

    /// What is found for the most specific of the spans of a host that a `*` may stand for. It is looked for
    /// where it may be.
    pub(super) fn find<T>(
        &self,
        text: &[u8],
        host: Span,
        may_be: &impl Fn(Around) -> bool,
        found: &mut impl FnMut(Around, Span) -> Option<T>,
    ) -> Option<T> {
        if self.is_empty() || host.len() == 0 {
            return None;
        }
        let name = text.get(host.start..host.end)?;
        let up_to = |dot: usize| Span {
            end: host.start.saturating_add(dot),
            ..host
        };
        let head = Rolling::START.push(hash(text.get(..host.start)?));
        let (mut ends, mut done) = self.base(name, text.get(host.end..)?);
        if let Some(dot) = self.in_label.dot(name) {
            let ends = ends.push(hash(name.get(dot..done)?));
            let place = Place {
                label: up_to(dot),
                around: Around { head, ends },
            };
            let in_label = self.in_label.find(text, place, may_be, found);
            if in_label.is_some() {
                return in_label;
            }
        }
        // A longer end is more specific.
        for dot in dots(name, self.bases.iter().rev()) {
            if dot > done {
                ends = ends.pop(hash(name.get(done..dot)?));
                done = dot;
            }
            let around = Around { head, ends };
            let below = may_be(around).then(|| found(around, up_to(dot)));
            if let Some(Some(below)) = below {
                return Some(below);
            }
        }
        let ends = Ends::after(text.get(host.end..)?);
        let any_host = || found(Around { head, ends }, host);
        self.any_host.then(any_host).flatten()
    }

    /// The hash of a pattern's key. It grows by the steps by which a host is gone through.
    pub(super) fn enter(&mut self, key: Key<'_>) -> u64 {
        let Some(around) = key.around_star() else {
            return key.hash();
        };
        let AroundStar {
            scheme,
            before,
            after,
            port,
        } = around;
        let mut head = Rolling::START.push(hash(scheme));
        let (mut ends, done) = self.base(after, port);
        let end_of = |ends: Ends| match key.is_before_ports() {
            true => ends.before_ports(),
            false => ends.with_port(),
        };
        let dot = after.iter().position(|&byte| byte == b'.');
        if let Some(dot) = dot.filter(|&dot| dot > 0 || !before.is_empty()) {
            ends = ends.push(hash(after.get(dot..done).unwrap_or_default()));
            let rest = ends.of_host();
            ends = ends.with(rest.push_each(after.iter().take(dot).rev()));
            head = head.push_each(before);
            self.in_label.note(rest, head, end_of(ends));
        }
        starred(head, end_of(ends))
    }

    /// The hash of the longest end of a host that is as long as some pattern has after `*`, and where it starts.
    fn base(&self, host: &[u8], port: &[u8]) -> (Ends, usize) {
        let mut ends = Ends::after(port);
        let mut done = host.len();
        for dot in dots(host, self.bases.iter()) {
            ends = ends.push(hash(host.get(dot..done).unwrap_or_default()));
            done = dot;
        }
        (ends, done)
    }
}

/// The dots of a host that are as far from its end as some of these lengths.
#[inline]
fn dots<'l>(host: &[u8], lengths: impl Iterator<Item = &'l usize>) -> impl Iterator<Item = usize> {
    let places = lengths.filter_map(|&len| host.len().checked_sub(len));
    places.filter(|&at| host.get(at) == Some(&b'.'))
}

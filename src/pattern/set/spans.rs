//! Which parts of a host a `*` may stand for.

use super::ends::{Candidate, Ends};
use super::in_label::{InLabel, Place};
use super::key::{AroundStar, Key, Rolling, hash, starred};
use super::lengths::Lengths;
use crate::origin::Span;

/// What the patterns of a set have in the place of a `*`, so that no other places are tried.
#[derive(Clone, Debug, Default)]
pub(super) struct Spans {
    in_label: InLabel,
    /// How long the hosts of patterns with `*.` are from the dot on.
    bases: Lengths,
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
            self.bases.insert(base.len());
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

    /// What is found for the most specific of the spans of a host that a `*` may stand for.
    ///
    /// The host is gone through once, backwards, as the ends of the keys become longer.
    pub(super) fn find<T>(
        &self,
        text: &[u8],
        host: Span,
        mut found: impl FnMut(Candidate) -> Option<T>,
    ) -> Option<T> {
        if self.is_empty() || host.len() == 0 {
            return None;
        }
        let name = text.get(host.start..host.end)?;
        let head = Rolling::START.push(hash(text.get(..host.start)?));
        let mut ends = Ends::after(text.get(host.end..)?);
        let mut below = None;
        if self.any_host {
            below = found(ends.candidate(head, host));
        }
        let up_to = |dot: usize| Span {
            end: host.start.saturating_add(dot),
            ..host
        };
        let mut done = name.len();
        for dot in self.dots(name) {
            ends = ends.push(hash(name.get(dot..done)?));
            done = dot;
            // A longer end is more specific.
            below = found(ends.candidate(head, up_to(dot))).or(below);
        }
        let in_label = self.in_label.dot(name).and_then(|dot| {
            let place = Place {
                label: up_to(dot),
                head,
                ends: ends.push(hash(name.get(dot..done)?)),
            };
            self.in_label.find(text, place, found)
        });
        in_label.or(below)
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
        let mut ends = Ends::after(port);
        let mut done = after.len();
        for dot in self.dots(after) {
            ends = ends.push(hash(after.get(dot..done).unwrap_or_default()));
            done = dot;
        }
        let dot = after.iter().position(|&byte| byte == b'.');
        if let Some(dot) = dot.filter(|&dot| dot > 0 || !before.is_empty()) {
            ends = ends.push(hash(after.get(dot..done).unwrap_or_default()));
            let rest = ends.before_ports();
            for &byte in after.iter().take(dot).rev() {
                ends = ends.push(byte.into());
            }
            for &byte in before {
                head = head.push(byte.into());
            }
            let end = match key.is_before_ports() {
                true => ends.before_ports().of_several(),
                false => ends.whole(),
            };
            self.in_label.add_hashes(rest, head, end);
        }
        starred(head, ends.whole())
    }

    /// The dots that some pattern with `*.` has as far from the end, from the last to the first.
    fn dots(&self, host: &[u8]) -> impl Iterator<Item = usize> {
        let places = self.bases.ascending();
        let places = places.map_while(|len| host.len().checked_sub(len));
        places.filter(|&at| host.get(at) == Some(&b'.'))
    }
}

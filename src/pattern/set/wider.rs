//! The patterns of a set that are more than one origin.

use super::super::{ANY, Form, OriginPattern};
use super::ends::Candidate;
use super::groups::Groups;
use super::key::Key;
use super::spans::Spans;
use super::table::Table;
use super::texts::{Parts, Texts};
use crate::origin::Span;

#[derive(Clone, Default)]
pub(super) struct Wider {
    /// Whether there is `*`.
    pub(super) any: bool,
    /// Patterns of one port with a `*` in the host.
    pub(super) wild: Table,
    /// Patterns of several ports.
    pub(super) groups: Groups,
    /// What the hosts of both have in the place of a `*`.
    pub(super) spans: Spans,
}

/// The parts of an origin that patterns are about.
#[derive(Clone, Copy)]
pub(crate) struct Parted<'o> {
    pub(crate) text: &'o [u8],
    pub(crate) host: Span,
    pub(crate) port: u16,
}

/// A pattern, and what its `*` stands for.
pub(super) type Found<'s> = (&'s str, Option<Span>);

impl Wider {
    /// The most specific pattern that admits this origin; the opaque one has no parts.
    pub(super) fn find<'s>(
        &self,
        origin: Option<Parted<'_>>,
        texts: &'s Texts,
    ) -> Option<Found<'s>> {
        let any = || self.any.then_some((ANY, None));
        origin
            .and_then(|origin| self.find_by_host(origin, texts))
            .or_else(any)
    }

    fn find_by_host<'s>(&self, origin: Parted<'_>, texts: &'s Texts) -> Option<Found<'s>> {
        let Parted { text, host, port } = origin;
        let of_ports = |candidate| {
            let key = self.key_before_ports(text, host, candidate)?;
            let line = self.groups.find(key, port, texts)?;
            Some(texts.line(line))
        };
        if let Some(pattern) = of_ports(None) {
            return Some((pattern, None));
        }
        self.spans.find(text, host, |candidate| {
            let of_one_port = || {
                let key = Key::with_star(text, candidate.span)?;
                let line = texts.look_up(&self.wild, candidate.hash, key)?;
                texts.get(line, key.len())
            };
            let may_be = self.wild.may_have(candidate.hash);
            let pattern = may_be.then(of_one_port).flatten();
            let pattern = pattern.or_else(|| of_ports(Some(candidate)))?;
            Some((pattern, Some(candidate.span)))
        })
    }

    /// A pattern's text is covered by what matches it as if it were an origin's: its `*` is among what a
    /// `*` stands for.
    pub(super) fn covers(&self, pattern: &OriginPattern, texts: &Texts) -> bool {
        let text = pattern.as_str();
        let (Form::Tuple { ports, .. }, Some(Parts { host, .. })) =
            (&pattern.form, Parts::of(text))
        else {
            return self.any;
        };
        let text = text.as_bytes();
        let of_ports = |candidate| {
            self.key_before_ports(text, host, candidate)
                .is_some_and(|key| self.groups.covers(key, ports, texts))
        };
        let one_port = ports.single().is_some();
        let by_host = |candidate: Candidate| {
            let key = Key::with_star(text, candidate.span)?;
            let of_one_port = one_port && texts.look_up(&self.wild, candidate.hash, key).is_some();
            (of_one_port || of_ports(Some(candidate))).then_some(())
        };
        self.any || of_ports(None) || self.spans.find(text, host, by_host).is_some()
    }

    /// What comes before the ports, with its hash, if there are patterns that are looked up by it.
    fn key_before_ports<'k>(
        &self,
        text: &'k [u8],
        host: Span,
        candidate: Option<Candidate>,
    ) -> Option<(u64, Key<'k>)> {
        if self.groups.is_empty() {
            return None;
        }
        let text = text.get(..host.end)?;
        let key = Key::before_ports(text, candidate.map(|candidate| candidate.span))?;
        let hash = candidate.map(|candidate| candidate.hash_before_ports);
        Some((hash.unwrap_or_else(|| key.hash()), key))
    }
}

//! The patterns of a set that are more than one origin.

use super::super::{ANY, Form, OriginPattern};
use super::around::Around;
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
    #[inline]
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
        let of_ports = |(hash, key)| {
            let line = self.groups.find(hash, key, port, texts)?;
            Some(texts.line(line))
        };
        if let Some(pattern) = self.whole_host(text, host).and_then(of_ports) {
            return Some((pattern, None));
        }
        let may_be = |around| self.may_have(around);
        let mut found = |around: Around, span: Span| {
            let of_one_port = || {
                let key = || Key::with_star(text, span);
                let (line, key) = texts.look_up(&self.wild, around.hash(), key)?;
                texts.get(line, key.len())
            };
            let of_several = || {
                self.starred_host(text.get(..host.end)?, around, span)
                    .and_then(of_ports)
            };
            let pattern = of_one_port().or_else(of_several)?;
            Some((pattern, Some(span)))
        };
        self.spans.find(text, host, &may_be, &mut found)
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
        let of_ports = |(hash, key)| self.groups.covers(hash, key, ports, texts);
        let mut by_host = |around: Around, span: Span| {
            let of_one_port = || {
                let key = || Key::with_star(text, span);
                ports.single()?;
                texts.look_up(&self.wild, around.hash(), key)
            };
            let of_several = || {
                let starred = self.starred_host(text.get(..host.end)?, around, span);
                starred.filter(|&(hash, key)| of_ports((hash, key)))
            };
            (of_one_port().is_some() || of_several().is_some()).then_some(())
        };
        let may_be = |around| self.may_have(around);
        self.any
            || self.whole_host(text, host).is_some_and(of_ports)
            || self.spans.find(text, host, &may_be, &mut by_host).is_some()
    }

    /// Whether there may be patterns with a `*` in this place.
    #[inline]
    fn may_have(&self, around: Around) -> bool {
        self.wild.may_have(around.hash())
            || (!self.groups.is_empty() && self.groups.may_have(around.hash_before_ports()))
    }

    /// What comes before the ports, with its hash, if patterns of several ports may have it.
    fn whole_host<'k>(&self, text: &'k [u8], host: Span) -> Option<(u64, Key<'k>)> {
        if self.groups.is_empty() {
            return None;
        }
        let key = Key::before_ports(text.get(..host.end)?, None)?;
        let hash = key.hash();
        self.groups.may_have(hash).then_some((hash, key))
    }

    /// What comes before the ports with a `*` in it, and its hash, if patterns of several ports may have it.
    fn starred_host<'k>(
        &self,
        before_ports: &'k [u8],
        around: Around,
        span: Span,
    ) -> Option<(u64, Key<'k>)> {
        let hash = around.hash_before_ports();
        if !self.groups.may_have(hash) {
            return None;
        }
        Some((hash, Key::before_ports(before_ports, Some(span))?))
    }
}

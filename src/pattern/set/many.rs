//! Where there are many ways to put a `*` into a host, those are tried that lead somewhere.

use alloc::vec::Vec;

use super::around::{Around, Ends};
use super::in_label::InLabel;
use super::key::{AroundStar, Rolling, hash};
use super::shapes::{Shapes, first_dot};
use crate::origin::Span;

/// The ways of a set's patterns.
#[derive(Clone, Debug)]
pub(super) struct Many {
    in_label: InLabel,
    /// How much of a host follows `*`, from a dot on, in order.
    bases: Vec<usize>,
    any_host: bool,
}

impl Many {
    pub(super) fn of(shapes: &Shapes) -> Self {
        Self {
            in_label: InLabel::of(shapes),
            bases: shapes.bases.ascending().collect(),
            any_host: shapes.any_host,
        }
    }

    /// What is found for the most specific of the spans of a host that a `*` may stand for.
    pub(super) fn find<T>(
        &self,
        text: &[u8],
        host: Span,
        may_be: &impl Fn(Around) -> bool,
        found: &mut impl FnMut(Around, Span) -> Option<T>,
    ) -> Option<T> {
        let name = text.get(host.start..host.end)?;
        let head = Rolling::of(text.get(..host.start)?);
        let port = Ends::after(text.get(host.end..)?);
        let (mut ends, mut done) = self.base(name, port);
        if let Some(dot) = self.in_label.dot(name) {
            let ends = ends.push(hash(name.get(dot..done)?));
            let in_label = self.in_label.find(
                text,
                host.part(0, dot),
                Around { head, ends },
                may_be,
                found,
            );
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
            let below = may_be(around).then(|| found(around, host.part(0, dot)));
            if let Some(Some(below)) = below {
                return Some(below);
            }
        }
        let any_host = || found(Around { head, ends: port }, host);
        self.any_host.then(any_host).flatten()
    }

    /// The hashes of what stands around a pattern's `*`, which are taken note of. They grow by the steps by which a
    /// host is gone through.
    pub(super) fn enter(&mut self, pattern: AroundStar<'_>, is_before_ports: bool) -> Around {
        let AroundStar {
            scheme,
            before,
            after,
            port,
            ..
        } = pattern;
        let head = Rolling::of(scheme);
        let (ends, done) = self.base(after, Ends::after(port));
        let is_inside = |&dot: &usize| dot > 0 || !before.is_empty();
        let Some(dot) = first_dot(after).filter(is_inside) else {
            return Around { head, ends };
        };
        let rest = ends.push(hash(after.get(dot..done).unwrap_or_default()));
        let label = after.iter().take(dot).rev();
        let around = Around {
            head: head.push_each(before),
            ends: rest.with(rest.of_host().push_each(label)),
        };
        self.in_label.note(rest, around, is_before_ports);
        around
    }

    /// The hash of the longest end of a host that is as long as some pattern has after `*`, and where it starts.
    fn base(&self, host: &[u8], port: Ends) -> (Ends, usize) {
        let mut ends = port;
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

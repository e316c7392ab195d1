//! Where there are few ways to put a `*` into a host, all are tried.

use alloc::vec::Vec;
use core::cmp::Reverse;

use super::around::{Around, Ends};
use super::key::AroundStar;
use super::shapes::{Shapes, first_dot, is_encoded, is_wild};
use crate::origin::Span;

/// The ways of a set's patterns, the most specific first.
#[derive(Clone, Debug, Default)]
pub(super) struct Few {
    /// How much of the first label stands before a `*` that is inside, and after it.
    inside: Vec<(usize, usize)>,
    /// How much of a host follows `*`, from a dot on.
    bases: Vec<usize>,
    any_host: bool,
}

/// Up to how many ways of a kind are few.
const FEW: usize = 8;

impl Few {
    /// The ways, if they are few.
    pub(super) fn of(shapes: &Shapes) -> Option<Self> {
        let pairs = shapes.afters.ascending().flat_map(|after| {
            let befores = shapes.befores.ascending();
            befores.map(move |before| (before, after))
        });
        let pairs = pairs.filter(|&pair| pair != (0, 0));
        let mut inside: Vec<_> = pairs.take(FEW.saturating_add(1)).collect();
        inside.sort_by_key(|&(before, after)| Reverse((before.saturating_add(after), before)));
        let bases: Vec<_> = shapes.bases.descending().collect();
        (inside.len() <= FEW && bases.len() <= FEW).then_some(Self {
            inside,
            bases,
            any_host: shapes.any_host,
        })
    }

    /// What is found by the first way by which anything is.
    #[inline]
    pub(super) fn find<T>(
        &self,
        text: &[u8],
        host: Span,
        may_be: &impl Fn(Around) -> bool,
        found: &mut impl FnMut(Around, Span) -> Option<T>,
    ) -> Option<T> {
        let name = text.get(host.start..host.end)?;
        let port = Ends::after(text.get(host.end..)?);
        let label = self.label(name);
        for &(before, after) in &self.inside {
            let Some(end) = label.checked_sub(after).filter(|&end| before < end) else {
                continue;
            };
            let part = host.part(before, end);
            let around = Around::of(text.get(..part.start)?, name.get(end..)?, port);
            if may_be(around) && name.get(before..end)?.iter().all(is_wild) {
                let found = found(around, part);
                if found.is_some() {
                    return found;
                }
            }
        }
        let scheme = text.get(..host.start)?;
        for &len in &self.bases {
            let Some(dot) = name.len().checked_sub(len) else {
                continue;
            };
            let base = name.get(dot..)?;
            if base.first() == Some(&b'.') {
                let around = Around::of(scheme, base, port);
                if may_be(around) {
                    let found = found(around, host.part(0, dot));
                    if found.is_some() {
                        return found;
                    }
                }
            }
        }
        let any_host = || found(Around::of(scheme, b"", port), host);
        self.any_host.then(any_host).flatten()
    }

    /// How long the label is that may have a `*` inside.
    fn label(&self, name: &[u8]) -> usize {
        match self.inside.is_empty() || is_encoded(name) {
            true => 0,
            false => first_dot(name).unwrap_or(0),
        }
    }

    /// The hashes of what stands around a pattern's `*`.
    pub(super) fn around(pattern: AroundStar<'_>) -> Around {
        let AroundStar {
            head, after, port, ..
        } = pattern;
        Around::of(head, after, Ends::after(port))
    }
}

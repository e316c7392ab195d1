//! Which part of a label a `*` may stand for.

use super::around::{Around, Ends};
use super::filter::Filter;
use super::key::Rolling;
use super::lengths::Lengths;
use super::shapes::{Shapes, first_dot, is_encoded, is_wild};
use super::side::Side;
use crate::origin::Span;

/// What the patterns of a set with a `*` inside a label have around it.
#[derive(Clone, Debug)]
pub(super) struct InLabel {
    /// How long what stands before the `*` is in the label.
    befores: Lengths,
    /// How long what stands after it is.
    afters: Lengths,
    /// How long their hosts are from the first dot on.
    rest_lengths: Lengths,
    /// What follows the label, up to the port.
    rests: Filter,
    /// What stands before the `*`, the scheme included.
    heads: Filter,
    /// What stands after it, the port included, if it is one only.
    ends: Filter,
}

impl InLabel {
    pub(super) fn of(shapes: &Shapes) -> Self {
        let room = || Filter::with_room_for(shapes.inside);
        Self {
            befores: shapes.befores,
            afters: shapes.afters,
            rest_lengths: shapes.rests,
            rests: room(),
            heads: room(),
            ends: room(),
        }
    }

    /// Takes note of what stands around a pattern's `*`, and of what follows the label.
    pub(super) fn note(&mut self, rest: Ends, around: Around, is_before_ports: bool) {
        let end = match is_before_ports {
            true => around.ends.before_ports(),
            false => around.ends.with_port(),
        };
        self.rests.insert(rest.of_host().value());
        self.heads.insert(around.head.value());
        self.ends.insert(end.value());
    }

    /// The first dot of a host, if a label may have a `*` before as much as follows from there on.
    pub(super) fn dot(&self, host: &[u8]) -> Option<usize> {
        if self.rest_lengths.is_empty() {
            return None;
        }
        let dot = first_dot(host)?;
        let rest = host.len().saturating_sub(dot);
        self.rest_lengths.contains(rest).then_some(dot)
    }

    /// What is found for the most specific of the parts of a label that a `*` may stand for: with the most
    /// around it, and of those with the most before it.
    pub(super) fn find<T>(
        &self,
        text: &[u8],
        span: Span,
        Around { head, ends }: Around,
        may_be: &impl Fn(Around) -> bool,
        found: &mut impl FnMut(Around, Span) -> Option<T>,
    ) -> Option<T> {
        let label = text.get(span.start..span.end)?;
        let leads = self.rests.may_contain(ends.of_host().value());
        if !leads || is_encoded(label) {
            return None;
        }
        let is_end = |hash: Rolling| ends.with(hash).may_be_in(&self.ends);
        let after = Side::of(ends.of_host(), label.iter().rev(), &self.afters, is_end);
        let is_head = |hash: Rolling| self.heads.may_contain(hash.value());
        let before = Side::of(head, label.iter(), &self.befores, is_head);
        let not_wild = positions(label, |byte| !is_wild(byte));
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
                if !may_be(around) || not_wild.any_within(start, end) {
                    return None;
                }
                let part = span.part(start, end);
                Some((start, found(around, part)?))
            });
            if let Some((start, found)) = found {
                most = start.saturating_add(len_after);
                best = Some(found);
            }
        }
        best
    }
}

/// Where in a label such bytes are.
fn positions(label: &[u8], is_it: impl Fn(&u8) -> bool) -> Lengths {
    let mut positions = Lengths::default();
    for (at, byte) in label.iter().enumerate() {
        if is_it(byte) {
            positions.insert(at);
        }
    }
    positions
}

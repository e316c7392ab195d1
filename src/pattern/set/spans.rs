//! Which parts of a host a `*` may stand for.

use super::around::Around;
use super::few::Few;
use super::key::Key;
use super::many::Many;
use super::shapes::Shapes;
use crate::origin::Span;

/// The ways to put a `*` into a host that the patterns of a set have.
#[derive(Clone)]
pub(super) enum Spans {
    Few(Few),
    Many(Many),
}

impl Default for Spans {
    fn default() -> Self {
        Self::Few(Few::default())
    }
}

impl Spans {
    pub(super) fn of(shapes: &Shapes) -> Self {
        match Few::of(shapes) {
            Some(few) => Self::Few(few),
            None => Self::Many(Many::of(shapes)),
        }
    }

    /// What is found for the most specific of the spans of a host that a `*` may stand for. `may_be` tells where
    /// it is worth while to look.
    pub(super) fn find<T>(
        &self,
        text: &[u8],
        host: Span,
        may_be: &impl Fn(Around) -> bool,
        found: &mut impl FnMut(Around, Span) -> Option<T>,
    ) -> Option<T> {
        match self {
            _ if host.len() == 0 => None,
            Self::Few(few) => few.find(text, host, may_be, found),
            Self::Many(many) => many.find(text, host, may_be, found),
        }
    }

    /// The hash of a pattern's key.
    pub(super) fn enter(&mut self, key: Key<'_>) -> u64 {
        let Some(pattern) = key.around_star() else {
            return key.hash();
        };
        let around = match self {
            Self::Few(_) => Few::around(pattern),
            Self::Many(many) => many.enter(pattern, key.is_before_ports()),
        };
        match key.is_before_ports() {
            true => around.hash_before_ports(),
            false => around.hash(),
        }
    }
}

//! Which keys an origin may be found by.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::cmp::Reverse;

use super::filter::Filter;
use super::key::Key;
use crate::origin::Span;
use crate::pattern::MAX_LABEL_LEN;

/// The keys of a set, as far as they are needed to tell which of an origin's keys to look up: the
/// distinct lengths of literal text around a `*`, and a filter of hashes.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    filter: Filter,
    /// Whether some pattern has no `*` in its host.
    exact: bool,
    /// `*` inside the first label.
    in_label: Vec<InLabel>,
    /// Lengths of what follows a leading `*`, from its dot on; the longest first.
    below: Vec<usize>,
    /// Whether some pattern has `*` for the whole host.
    any: bool,
}

/// Ordered by the length of the labels that follow, then the most specific first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct InLabel {
    rest: usize,
    literal: Reverse<usize>,
    before: Reverse<usize>,
}

impl Keys {
    /// The keys of these hosts, which have these hashes.
    pub(super) fn of<'h>(hosts: impl ExactSizeIterator<Item = (u64, &'h str)>) -> Self {
        let mut keys = Self {
            filter: Filter::with_room_for(hosts.len()),
            ..Self::default()
        };
        let (mut in_label, mut below) = (BTreeSet::new(), BTreeSet::new());
        for (hash, host) in hosts {
            keys.filter.insert(hash);
            match host.split_once('*') {
                None => keys.exact = true,
                Some(("", "")) => keys.any = true,
                Some(("", base)) if base.starts_with('.') => {
                    below.insert(base.len());
                }
                Some((before, after)) => {
                    let (after, rest) = after.split_once('.').unwrap_or((after, ""));
                    in_label.insert(InLabel {
                        rest: rest.len().saturating_add(1),
                        literal: Reverse(before.len().saturating_add(after.len())),
                        before: Reverse(before.len()),
                    });
                }
            }
        }
        keys.in_label = in_label.into_iter().collect();
        keys.below = below.into_iter().rev().collect();
        keys
    }

    /// Looks each key up that an origin with this scheme and host may be found by, the most specific
    /// first. `host` is where the host starts; `find` also gets the part that a `*` replaces.
    #[inline]
    pub(super) fn find_map<T>(
        &self,
        text: &[u8],
        host: usize,
        mut find: impl FnMut(u64, Key<'_>, Option<Span>) -> Option<T>,
    ) -> Option<T> {
        let mut look_up = |star: Option<Span>| {
            let key = Key::new(text, star)?;
            let hash = key.hash();
            self.filter
                .may_contain(hash)
                .then(|| find(hash, key, star))?
        };
        if self.exact
            && let found @ Some(_) = look_up(None)
        {
            return found;
        }
        for shape in self.in_label(text.get(host..)?) {
            // The label and what follows it have this length together.
            let start = host.saturating_add(shape.before.0);
            let after = shape.literal.0.saturating_sub(shape.before.0);
            let end = text.len().saturating_sub(shape.rest).saturating_sub(after);
            if start < end
                && let found @ Some(_) = look_up(Some(Span { start, end }))
                && text.get(start..end)?.iter().all(is_wild)
            {
                return found;
            }
        }
        for len in &self.below {
            let end = text.len().saturating_sub(*len);
            if host < end
                && text.get(end) == Some(&b'.')
                && let found @ Some(_) = look_up(Some(Span { start: host, end }))
            {
                return found;
            }
        }
        let whole = Span {
            start: host,
            end: text.len(),
        };
        (self.any && host < text.len()).then(|| look_up(Some(whole)))?
    }

    /// The shapes that fit a host by the length of what follows its first label.
    #[inline]
    fn in_label(&self, host: &[u8]) -> &[InLabel] {
        if self.in_label.is_empty() || host.starts_with(b"xn--") {
            return &[];
        }
        let dot = host
            .iter()
            .take(MAX_LABEL_LEN + 1)
            .position(|&byte| byte == b'.');
        let rest = dot.map_or(0, |dot| host.len().saturating_sub(dot));
        let start = self.in_label.partition_point(|shape| shape.rest < rest);
        let shapes = self.in_label.get(start..).unwrap_or_default();
        let end = shapes.partition_point(|shape| shape.rest == rest);
        shapes.get(..end).unwrap_or_default()
    }
}

/// What a `*` inside a label may stand for; `*` itself, so that patterns can be looked up too.
fn is_wild(byte: &u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'*')
}

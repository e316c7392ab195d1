//! The keys that an origin may be found by.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::cmp::Reverse;

use super::filter::Filter;
use super::key::Key;
use crate::origin::Span;
use crate::pattern::matches::is_wild;
use crate::pattern::{HostPattern, MAX_LABEL_LEN, Network, PatternRef};

/// The shapes of a set's general patterns: the distinct lengths of literal text around a `*` and of
/// network prefixes, and a filter of the hashes of their keys.
#[derive(Clone, Debug, Default)]
pub(super) struct Shapes {
    filter: Filter,
    /// Whether some pattern has an exact host.
    exact: bool,
    /// `*` inside the first label.
    in_label: Vec<InLabelShape>,
    /// Lengths of what follows a leading `*`, from its dot on; the longest first.
    subdomains: Vec<usize>,
    /// Prefix lengths of IPv4 and IPv6 networks; the longest first.
    networks: [Vec<u8>; 2],
    /// Whether some pattern has `*` for the whole host.
    any: bool,
}

/// Ordered by the length of the labels that follow, then the most specific first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct InLabelShape {
    parent_len: usize,
    literal_len: Reverse<usize>,
    prefix_len: Reverse<usize>,
}

/// One key that a text may be found by.
pub(super) struct Candidate<'k> {
    pub(super) hash: u64,
    pub(super) key: Key<'k>,
    /// The part of the text that the `*` replaces.
    pub(super) star: Option<Span>,
}

impl Shapes {
    /// The shapes of these patterns.
    pub(super) fn new<'p>(patterns: impl ExactSizeIterator<Item = PatternRef<'p>>) -> Self {
        let mut shapes = Self {
            filter: Filter::with_capacity(patterns.len()),
            ..Self::default()
        };
        let (mut in_label, mut subdomains) = (BTreeSet::new(), BTreeSet::new());
        let mut networks = [BTreeSet::new(), BTreeSet::new()];
        for pattern in patterns {
            let Some((host, key)) = pattern.host().zip(Key::of_pattern(pattern)) else {
                continue;
            };
            shapes.filter.insert(key.hash());
            match host {
                HostPattern::Exact(_) => shapes.exact = true,
                HostPattern::Any => shapes.any = true,
                HostPattern::Subdomains(parent) => {
                    subdomains.insert(parent.len() + 1);
                }
                HostPattern::InLabel(label) => {
                    in_label.insert(InLabelShape {
                        parent_len: label.parent.len() + 1,
                        literal_len: Reverse(label.prefix.len() + label.suffix.len()),
                        prefix_len: Reverse(label.prefix.len()),
                    });
                }
                HostPattern::Network(network) => {
                    let [ipv4, ipv6] = &mut networks;
                    let is_ipv4 = network.address().is_ipv4();
                    (if is_ipv4 { ipv4 } else { ipv6 }).insert(network.prefix_len());
                }
            }
        }
        shapes.in_label = in_label.into_iter().collect();
        shapes.subdomains = subdomains.into_iter().rev().collect();
        shapes.networks = networks.map(|lens| lens.into_iter().rev().collect());
        shapes
    }

    /// Calls `find` with each key that an origin may be found by, the most specific first, until it
    /// returns something.
    ///
    /// `text` is the scheme and host, which starts at `host`. To find what covers a
    /// pattern, its own text is looked up like an origin: a wider `*` also matches the narrower one.
    #[inline]
    pub(super) fn find_map<T>(
        &self,
        text: &str,
        host: usize,
        mut find: impl FnMut(Candidate<'_>) -> Option<T>,
    ) -> Option<T> {
        let host_text = text.get(host..)?;
        let text = text.as_bytes();
        let mut try_key = |key: Key<'_>, star| {
            let hash = key.hash();
            self.filter
                .may_contain(hash)
                .then(|| find(Candidate { hash, key, star }))?
        };
        if self.exact
            && let found @ Some(_) = try_key(Key::new(text, None)?, None)
        {
            return found;
        }
        let [ipv4, ipv6] = &self.networks;
        let lens = if host_text.starts_with('[') {
            ipv6
        } else {
            ipv4
        };
        if !lens.is_empty()
            && let Some(target) = Network::from_canonical(host_text)
        {
            // A network contains no shorter one.
            for &len in lens.iter().filter(|&&len| len <= target.prefix_len()) {
                let network = Network::new(target.address(), len)?;
                let found = try_key(Key::network(text.get(..host)?, network), None);
                if found.is_some() {
                    return found;
                }
            }
        }
        let mut try_star = |star| try_key(Key::new(text, Some(star))?, Some(star));
        if !self.in_label.is_empty() && !host_text.starts_with("xn--") {
            let is_capture = |byte: &u8| is_wild(*byte) || *byte == b'*';
            for shape in self.in_label_shapes(host_text) {
                // The labels after the first have the shape's length, so the first label ends there.
                let start = host + shape.prefix_len.0;
                let suffix = shape.literal_len.0 - shape.prefix_len.0;
                let end = text.len().saturating_sub(shape.parent_len + suffix);
                if start < end
                    && let found @ Some(_) = try_star(Span { start, end })
                    && text.get(start..end)?.iter().all(is_capture)
                {
                    return found;
                }
            }
        }
        for len in &self.subdomains {
            let end = text.len().saturating_sub(*len);
            if host < end
                && text.get(end) == Some(&b'.')
                && let found @ Some(_) = try_star(Span { start: host, end })
            {
                return found;
            }
        }
        let end = text.len();
        (self.any && host < end).then(|| try_star(Span { start: host, end }))?
    }

    /// The shapes whose labels after the first have the length of this host's.
    #[inline]
    fn in_label_shapes(&self, host: &str) -> impl Iterator<Item = &InLabelShape> {
        let first = host.get(..=MAX_LABEL_LEN).unwrap_or(host);
        let dot = first.bytes().position(|byte| byte == b'.');
        let parent = dot.map_or(0, |dot| host.len() - dot);
        let start = self
            .in_label
            .partition_point(|shape| shape.parent_len < parent);
        let shapes = self.in_label.get(start..).unwrap_or_default();
        shapes
            .iter()
            .take_while(move |shape| shape.parent_len == parent)
    }
}

//! Matching a pattern against an origin.

use super::{HostPattern, InLabel, MAX_LABEL_LEN, Network, PatternRef, ports};
use crate::origin::OriginRef;

/// The match of an origin with a pattern, or with the most specific pattern of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PatternMatch<'p, 'o> {
    pub(super) pattern: &'p str,
    pub(super) capture: Option<&'o str>,
}

impl<'p, 'o> PatternMatch<'p, 'o> {
    /// Returns the pattern, in canonical form.
    #[must_use]
    pub fn pattern(self) -> &'p str {
        self.pattern
    }

    /// Returns what the `*` of the pattern's host matched; `None` if the host has no `*`.
    ///
    /// An application can check it against its own tenants or previews.
    #[must_use]
    pub fn capture(self) -> Option<&'o str> {
        self.capture
    }
}

impl<'p> PatternRef<'p> {
    /// Whether the pattern matches this origin.
    #[must_use]
    pub fn matches(self, origin: OriginRef<'_>) -> bool {
        self.find(origin).is_some()
    }

    /// Returns the match of the pattern with this origin, if it matches.
    #[must_use]
    pub fn find<'o>(self, origin: OriginRef<'o>) -> Option<PatternMatch<'p, 'o>> {
        let capture = match self.host().zip(self.ports()) {
            // `*` matches any origin; `null` and `file://` match only themselves.
            None => (self.is_any() || self.as_str() == origin.as_str()).then_some(None),
            Some((host, own_ports)) => {
                let matches =
                    self.scheme() == origin.scheme() && own_ports.contains(ports::number(origin));
                host.find(origin.host_str()?).filter(|_| matches)
            }
        };
        Some(PatternMatch {
            pattern: self.as_str(),
            capture: capture?,
        })
    }
}

impl HostPattern<'_> {
    /// Returns the capture, itself `None` where the form has no `*`, if the host matches.
    pub(crate) fn find(self, host: &str) -> Option<Option<&str>> {
        match self {
            Self::Exact(exact) => (exact == host).then_some(None),
            Self::InLabel(in_label) => {
                let (label, parent) = host.split_once('.')?;
                (parent == in_label.parent).then_some(())?;
                in_label.capture(label).map(Some)
            }
            Self::Subdomains(parent) => {
                let labels = host.strip_suffix(parent)?.strip_suffix('.')?;
                Some(Some(labels))
            }
            Self::Network(network) => {
                let address = Network::from_canonical(host)?;
                network.covers(address).then_some(None)
            }
            Self::Any => (!host.is_empty()).then_some(Some(host)),
        }
    }
}

impl InLabel<'_> {
    /// Returns what the `*` matches in this label: one or more of `a-z 0-9 -`.
    ///
    /// A label that starts with `xn--` does not match: it encodes other letters.
    pub(crate) fn capture<'l>(&self, label: &'l str) -> Option<&'l str> {
        let captured = label.strip_prefix(self.prefix)?.strip_suffix(self.suffix)?;
        let matches = label.len() <= MAX_LABEL_LEN
            && !captured.is_empty()
            && captured.bytes().all(is_wild)
            && !label.starts_with("xn--");
        matches.then_some(captured)
    }
}

/// Whether a `*` inside a label can match this byte.
#[inline]
pub(super) fn is_wild(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-')
}

//! Whether one pattern covers another: matches every origin that the other matches.

use super::{HostPattern, InLabel, PatternRef};

impl PatternRef<'_> {
    /// Whether the pattern matches every origin that `other` matches.
    #[must_use]
    pub fn covers(self, other: PatternRef<'_>) -> bool {
        let Some((host, ports)) = self.host().zip(self.ports()) else {
            return self.is_any() || self.as_str() == other.as_str();
        };
        other
            .host()
            .zip(other.ports())
            .is_some_and(|(other_host, other_ports)| {
                self.scheme() == other.scheme()
                    && host.covers(other_host)
                    && ports.covers(other_ports)
            })
    }
}

impl HostPattern<'_> {
    fn covers(self, other: HostPattern<'_>) -> bool {
        match (self, other) {
            (_, HostPattern::Exact(host)) => self.find(host).is_some(),
            // Schemes that are not special have no other forms.
            (Self::Any, _) => true,
            (Self::Subdomains(parent), other) => other
                .parent()
                .is_some_and(|other| parent == other || is_below(other, parent)),
            (Self::InLabel(in_label), HostPattern::InLabel(other)) => in_label.covers(other),
            (Self::Network(network), HostPattern::Network(other)) => network.covers(other),
            _ => false,
        }
    }
}

fn is_below(host: &str, parent: &str) -> bool {
    host.strip_suffix(parent)
        .is_some_and(|labels| labels.ends_with('.'))
}

impl InLabel<'_> {
    /// The other's literals extend these, by bytes that a `*` matches.
    fn covers(self, other: InLabel<'_>) -> bool {
        let is_wild = |more: Option<&str>| more.is_some_and(|more| !more.contains('_'));
        self.parent == other.parent
            && is_wild(other.prefix.strip_prefix(self.prefix))
            && is_wild(other.suffix.strip_suffix(self.suffix))
    }
}

//! The forms of a pattern's host.

use super::network::Network;

/// The form of a pattern's host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum HostPattern<'a> {
    /// One host, as an origin has it; empty in `app://`.
    Exact(&'a str),
    /// One `*` inside the leftmost label.
    InLabel(InLabel<'a>),
    /// `*.` and a domain: the hosts below it.
    Subdomains(&'a str),
    /// The addresses of a network.
    Network(Network),
    /// Any host but the empty one.
    Any,
}

/// A host whose leftmost label has a `*` inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct InLabel<'a> {
    /// What precedes the `*` in its label.
    pub prefix: &'a str,
    /// What follows the `*` in its label.
    pub suffix: &'a str,
    /// The labels that follow, at least two.
    pub parent: &'a str,
}

impl<'a> HostPattern<'a> {
    /// Takes the host of a canonical pattern.
    pub(super) fn from_canonical(host: &'a str) -> Self {
        if host.contains('/')
            && let Some(network) = Network::from_canonical(host)
        {
            return Self::Network(network);
        }
        match host.split_once('*') {
            None => Self::Exact(host),
            Some(("", "")) => Self::Any,
            Some((prefix, rest)) => match rest.split_once('.') {
                Some(("", parent)) if prefix.is_empty() => Self::Subdomains(parent),
                split => {
                    let (suffix, parent) = split.unwrap_or((rest, ""));
                    Self::InLabel(InLabel {
                        prefix,
                        suffix,
                        parent,
                    })
                }
            },
        }
    }

    /// Returns the domain that all hosts of a wildcard are below; `None` for all other forms.
    #[must_use]
    pub fn parent(self) -> Option<&'a str> {
        match self {
            Self::Subdomains(parent) | Self::InLabel(InLabel { parent, .. }) => Some(parent),
            Self::Exact(_) | Self::Network(_) | Self::Any => None,
        }
    }
}

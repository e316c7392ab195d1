//! A pattern in canonical form, taken apart again.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;

use crate::advice::host_form::{HostForm, InLabel};

/// The parts of a pattern's canonical text.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) scheme: &'a str,
    pub(super) host: HostForm<'a>,
    /// What stands after the host's colon.
    ports: Option<&'a str>,
}

impl<'a> Written<'a> {
    /// The parts of a pattern, which is canonical; `None` for `*` and `null`.
    pub(super) fn of(pattern: &'a str) -> Option<Self> {
        let (scheme, rest) = pattern.split_once("://")?;
        let colon = rest.rfind(':').filter(|_| !rest.ends_with(']'));
        let (host, ports) = match colon.and_then(|at| rest.split_at_checked(at)) {
            Some((host, ports)) => (host, ports.strip_prefix(':')),
            None => (rest, None),
        };
        Some(Self {
            scheme,
            host: HostForm::of(host),
            ports,
        })
    }

    /// The first port of those that the pattern admits, as it stands in an origin, colon included;
    /// `None` if it admits all.
    pub(super) fn first_port(self) -> Option<String> {
        let Some(ports) = self.ports else {
            return Some(String::new());
        };
        let list = ports.trim_start_matches('{');
        let digits = list.split(|c: char| !c.is_ascii_digit()).next();
        let digits = digits.filter(|digits| !digits.is_empty())?;
        Some(format!(":{digits}"))
    }
}

impl<'a> HostForm<'a> {
    pub(super) fn admits(self, host: &str) -> bool {
        match self {
            Self::Exact(exact) => exact == host,
            Self::Below(base) => is_below(host, base),
            Self::InLabel(in_label) => in_label.admits_host(host),
            Self::Any => !host.is_empty(),
        }
    }

    /// The domain that stands in it as such.
    pub(super) fn domain(self) -> Option<&'a str> {
        match self {
            Self::Exact(domain) | Self::Below(domain) => Some(domain),
            Self::InLabel(InLabel { rest, .. }) => Some(rest),
            Self::Any => None,
        }
    }
}

impl InLabel<'_> {
    fn admits_host(self, host: &str) -> bool {
        host.split_once('.').is_some_and(|(label, rest)| {
            let captured = self.captured(label).unwrap_or_default();
            rest == self.rest && !captured.is_empty()
        })
    }

    /// What is left of a label, or of some, between the literals.
    pub(super) fn captured(self, label: &str) -> Option<&str> {
        label.strip_prefix(self.prefix)?.strip_suffix(self.suffix)
    }

    /// A host with this in the place of the `*`.
    pub(super) fn with(self, capture: &str) -> String {
        let Self {
            prefix,
            suffix,
            rest,
        } = self;
        format!("{prefix}{capture}{suffix}.{rest}")
    }
}

/// Whether a host is below a domain, with a label of its own.
pub(super) fn is_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .and_then(|below| below.strip_suffix('.'))
        .is_some_and(|below| !below.is_empty())
}

/// The host with the root's dot, or without it if it has one.
pub(super) fn with_other_dot(host: &str) -> String {
    let without = host.strip_suffix('.').map(ToOwned::to_owned);
    without.unwrap_or_else(|| format!("{host}."))
}

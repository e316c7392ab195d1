//! Whether one pattern, or one of a set, admits all that another admits.

use super::ports::Ports;
use super::set::{Entries, Hosts, parents};
use super::{Form, HostPattern, InLabel, OriginPattern, OriginSet};

impl OriginPattern {
    /// Whether every origin that `other` admits is one that this pattern admits.
    ///
    /// ```
    /// use cross_origin::OriginPattern;
    ///
    /// let all: OriginPattern = "https://*.example.com:*".parse()?;
    /// let some: OriginPattern = "https://app-*.eu.example.com".parse()?;
    /// assert!(all.covers(&some));
    /// assert!(!some.covers(&all));
    /// # Ok::<(), cross_origin::ParsePatternError>(())
    /// ```
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        match (&self.form, &other.form) {
            (Form::Any, _) | (Form::Opaque, Form::Opaque) => true,
            (
                Form::Tuple {
                    scheme,
                    host,
                    ports,
                },
                Form::Tuple {
                    scheme: other_scheme,
                    host: other_host,
                    ports: other_ports,
                },
            ) => scheme == other_scheme && ports.covers(other_ports) && host.covers(other_host),
            _ => false,
        }
    }
}

impl HostPattern {
    fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Any, Self::Exact(host)) => !host.is_empty(),
            (Self::Any, _) => true,
            (Self::Exact(host), Self::Exact(other)) => host == other,
            (Self::Below(base), Self::Exact(host)) => is_below(host, base),
            (Self::Below(base), Self::Below(other)) => base == other || is_below(other, base),
            (Self::Below(base), Self::InLabel(InLabel { rest, .. })) => {
                base == rest || is_below(rest, base)
            }
            (Self::InLabel(in_label), Self::Exact(host)) => {
                host.split_once('.').is_some_and(|(label, rest)| {
                    *rest == *in_label.rest && in_label.capture(label).is_some()
                })
            }
            (Self::InLabel(in_label), Self::InLabel(other)) => in_label.covers(other),
            _ => false,
        }
    }
}

fn is_below(host: &str, base: &str) -> bool {
    host.strip_suffix(base)
        .is_some_and(|below| below.ends_with('.'))
}

impl InLabel {
    /// The other's literals must reach at least as far, with nothing in what they have beyond these
    /// that a `*` does not stand for.
    fn covers(&self, other: &Self) -> bool {
        let beyond = |literal: Option<&str>| literal.is_some_and(|text| !text.contains('_'));
        self.rest == other.rest
            && beyond(other.prefix.strip_prefix(&*self.prefix))
            && beyond(other.suffix.strip_suffix(&*self.suffix))
    }
}

impl OriginSet {
    /// Whether one of the patterns covers this one: the same as asking each, but only those are
    /// asked whose host could.
    #[must_use]
    pub fn covers(&self, pattern: &OriginPattern) -> bool {
        self.any.is_some()
            || match &pattern.form {
                Form::Any => false,
                Form::Opaque => self.opaque.is_some(),
                Form::Tuple {
                    scheme,
                    host,
                    ports,
                } => self
                    .schemes
                    .get(scheme)
                    .is_some_and(|hosts| hosts.covers(host, ports)),
            }
    }
}

impl Hosts {
    fn covers(&self, host: &HostPattern, ports: &Ports) -> bool {
        let above =
            |domain: &str| parents(domain).any(|(_, base)| covered(self.below.get(base), ports));
        match host {
            HostPattern::Exact(text) => {
                covered(self.exact.get(text), ports)
                    || self.in_label_covers(text, ports)
                    || above(text)
                    || (!text.is_empty() && self.any.covers(ports))
            }
            HostPattern::Below(base) => covered(self.below.get(base), ports) || above(base),
            HostPattern::InLabel(in_label) => {
                let rest = &in_label.rest;
                let group = self.in_label.get(rest).into_iter().flatten();
                let mut group = group.filter(|(_, entry)| entry.ports.covers(ports));
                group.any(|(other, _)| other.covers(in_label))
                    || covered(self.below.get(rest), ports)
                    || above(rest)
            }
            HostPattern::Any => self.any.covers(ports),
        }
    }

    fn in_label_covers(&self, host: &str, ports: &Ports) -> bool {
        let Some((label, rest)) = host.split_once('.') else {
            return false;
        };
        let group = self.in_label.get(rest).into_iter().flatten();
        let mut group = group.filter(|(_, entry)| entry.ports.covers(ports));
        group.any(|(in_label, _)| in_label.capture(label).is_some())
    }
}

fn covered(entries: Option<&Entries>, ports: &Ports) -> bool {
    entries.is_some_and(|entries| entries.covers(ports))
}

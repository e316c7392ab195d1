//! Whether one pattern admits all that another admits.

use super::{Form, HostPattern, InLabel, OriginPattern};

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

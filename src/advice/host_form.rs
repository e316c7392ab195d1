//! The host of a pattern, taken apart by its canonical text.

#[derive(Clone, Copy)]
pub(super) enum HostForm<'p> {
    Exact(&'p str),
    InLabel(InLabel<'p>),
    Below(&'p str),
    Any,
}

/// A leftmost label with a `*`, and the labels that follow.
#[derive(Clone, Copy)]
pub(super) struct InLabel<'p> {
    pub(super) prefix: &'p str,
    pub(super) suffix: &'p str,
    pub(super) rest: &'p str,
}

impl<'p> HostForm<'p> {
    pub(super) fn of(host: &'p str) -> Self {
        if host == "*" {
            return Self::Any;
        }
        if let Some(base) = host.strip_prefix("*.") {
            return Self::Below(base);
        }
        let in_label = host.split_once('.').and_then(|(label, rest)| {
            let (prefix, suffix) = label.split_once('*')?;
            Some(InLabel {
                prefix,
                suffix,
                rest,
            })
        });
        in_label.map_or(Self::Exact(host), Self::InLabel)
    }
}

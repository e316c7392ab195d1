//! What the hosts of a set's patterns have around their `*`.

use super::lengths::Lengths;

/// How much stands around a `*`, in any pattern.
#[derive(Clone, Debug, Default)]
pub(super) struct Shapes {
    /// In the first label, before a `*` that is inside.
    pub(super) befores: Lengths,
    /// In the first label, after a `*` that is inside.
    pub(super) afters: Lengths,
    /// From the dot on that follows a label with a `*` inside.
    pub(super) rests: Lengths,
    /// How many patterns have a `*` inside a label.
    pub(super) inside: usize,
    /// From the dot on that follows `*`.
    pub(super) bases: Lengths,
    /// Whether a whole host is a `*`.
    pub(super) any_host: bool,
}

impl Shapes {
    /// The shapes of these hosts, which have a `*` each.
    pub(super) fn of<'h>(hosts: impl Iterator<Item = &'h str>) -> Self {
        let mut shapes = Self::default();
        for host in hosts {
            shapes.add(host);
        }
        shapes
    }

    fn add(&mut self, host: &str) {
        let Some((label, rest)) = host.split_once('.') else {
            self.any_host = true;
            return;
        };
        let len = rest.len().saturating_add(1);
        if label == "*" {
            return self.bases.insert(len);
        }
        let (before, after) = label.split_once('*').unwrap_or_default();
        self.befores.insert(before.len());
        self.afters.insert(after.len());
        self.rests.insert(len);
        self.inside = self.inside.saturating_add(1);
    }
}

/// What a `*` inside a label stands for. Another pattern's `*` is among it, and in no origin.
pub(super) fn is_wild(byte: &u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'*')
}

/// Whether a label is encoded: its letters are not those that a pattern means.
pub(super) fn is_encoded(label: &[u8]) -> bool {
    label.starts_with(b"xn--")
}

/// The first dot of a host, which ends its first label.
pub(super) fn first_dot(host: &[u8]) -> Option<usize> {
    host.iter().position(|&byte| byte == b'.')
}

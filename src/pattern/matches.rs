//! Whether a pattern admits an origin, and what its `*` stands for there.

use super::ports::Ports;
use super::{Form, HostPattern, InLabel, OriginPattern};
use crate::origin::OriginRef;

/// That a pattern admits an origin, and its capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PatternMatch<'o> {
    capture: Option<&'o str>,
}

impl<'o> PatternMatch<'o> {
    /// What the host's `*` stands for; `None` if the pattern's host has no `*`.
    ///
    /// An application that knows its tenants or previews by such a name can check it here.
    #[must_use]
    pub fn capture(self) -> Option<&'o str> {
        self.capture
    }
}

impl OriginPattern {
    /// Whether the pattern admits this origin.
    #[must_use]
    pub fn matches(&self, origin: OriginRef<'_>) -> bool {
        self.find(origin).is_some()
    }

    /// The match of the pattern with this origin, if it admits it.
    #[must_use]
    pub fn find<'o>(&self, origin: OriginRef<'o>) -> Option<PatternMatch<'o>> {
        let capture = match &self.form {
            Form::Any => None,
            Form::Opaque => return origin.is_opaque().then_some(PatternMatch { capture: None }),
            Form::Tuple {
                scheme,
                host,
                ports,
            } => {
                if origin.scheme()?.as_str() != &**scheme || !ports.contains(Ports::number(origin))
                {
                    return None;
                }
                host.find(origin.host_str()?)?
            }
        };
        Some(PatternMatch { capture })
    }
}

impl HostPattern {
    /// The capture, itself `None` where there is no `*`, if this host is admitted.
    fn find<'h>(&self, host: &'h str) -> Option<Option<&'h str>> {
        match self {
            Self::Exact(exact) => (**exact == *host).then_some(None),
            Self::Below(base) => {
                // The label boundary: what is left must end in a dot, and have a label before it.
                let below = host.strip_suffix(&**base)?.strip_suffix('.')?;
                Some(Some(below))
            }
            Self::InLabel(in_label) => {
                let (label, rest) = host.split_once('.')?;
                (*rest == *in_label.rest).then_some(())?;
                in_label.capture(label).map(Some)
            }
            Self::Any => (!host.is_empty()).then_some(Some(host)),
        }
    }
}

impl InLabel {
    /// What the `*` stands for in this label: one or more of `a-z 0-9 -`.
    ///
    /// A label that starts with `xn--` is encoded: its letters are not those that the pattern means.
    pub(super) fn capture<'l>(&self, label: &'l str) -> Option<&'l str> {
        let captured = label
            .strip_prefix(&*self.prefix)?
            .strip_suffix(&*self.suffix)?;
        let wild = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
        (label.len() <= super::MAX_LABEL_LEN
            && !captured.is_empty()
            && captured.bytes().all(wild)
            && !label.starts_with("xn--"))
        .then_some(captured)
    }
}

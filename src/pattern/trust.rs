//! What a pattern can admit, as far as it matters to trust.

use super::{Form, HostPattern, InLabel, OriginPattern};
#[cfg(doc)]
use crate::origin::OriginRef;
use crate::origin::Scheme;
use crate::origin::host::is_trustworthy;

impl OriginPattern {
    /// Whether this admits any host of a scheme.
    pub(crate) fn is_any_host(&self) -> bool {
        matches!(
            self.form,
            Form::Tuple {
                host: HostPattern::Any,
                ..
            }
        )
    }

    /// The domain that all hosts of a wildcard are below.
    pub(crate) fn wildcard_base(&self) -> Option<&str> {
        match &self.form {
            Form::Tuple { host, .. } => host.base(),
            Form::Any | Form::Opaque => None,
        }
    }

    /// Whether no origin that this admits is known to be insecure: see
    /// [`OriginRef::is_potentially_trustworthy`]. `*` and `null` are another matter.
    pub(crate) fn is_potentially_trustworthy(&self) -> bool {
        let Form::Tuple { scheme, host, .. } = &self.form else {
            return true;
        };
        let scheme = Scheme::canonical(scheme);
        match host {
            HostPattern::Exact(host) => is_trustworthy(scheme, host),
            // A domain that is below `localhost`, or not, is so whatever stands before it.
            HostPattern::Below(base) | HostPattern::InLabel(InLabel { rest: base, .. }) => {
                is_trustworthy(scheme, base)
            }
            HostPattern::Any => !scheme.is_special(),
        }
    }
}

impl HostPattern {
    fn base(&self) -> Option<&str> {
        match self {
            Self::Below(base) | Self::InLabel(InLabel { rest: base, .. }) => Some(base),
            Self::Exact(_) | Self::Any => None,
        }
    }
}

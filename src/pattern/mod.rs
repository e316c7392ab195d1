//! Which origins?

mod canonical;
mod covers;
pub(crate) mod error;
mod matches;
mod parse;
mod ports;
mod set;
mod trust;

use alloc::boxed::Box;
use alloc::format;
use core::fmt;

pub(crate) use canonical::{canonical_origin, is_canonical};
pub use error::ParsePatternError;
pub use error::WildcardError;
pub use matches::PatternMatch;
pub(crate) use set::PatternList;
pub use set::{OriginSet, SetMatch};

use crate::origin::{Origin, Scheme};
use ports::Ports;

/// The text of the pattern for any origin.
const ANY: &str = "*";

/// The longest label that a `*` can be part of
/// ([RFC 1035, 2.3.4](https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4)).
const MAX_LABEL_LEN: usize = 63;

/// One origin, or a set of origins in one of these forms:
///
/// | host form | means |
/// |---|---|
/// | `https://*.example.com` | any host below that domain, one or more labels, not the domain itself |
/// | `https://app-*-team.example.com` | one `*` inside the leftmost label, for one or more of `a-z 0-9 -`; at least two more labels follow |
/// | `chrome-extension://*` | any host of a scheme that is not special, but not the empty one |
///
/// | port form | means |
/// |---|---|
/// | none, `:8080` | that port |
/// | `:*` | any port, also the implicit one |
/// | `:{3000,5173,8000-8999}` | these ports and ranges; a listed default port is the implicit one |
///
/// And `null` is the opaque origin, `*` any origin at all, the opaque one included. A `*` anywhere
/// else is an error, never a literal; so is a domain that would be too long for any origin.
///
/// A pattern is kept in canonical form, and `Display` gives it: a list of one port, say, is that
/// port. Comparing, ordering and hashing go by that text.
///
/// ```
/// use cross_origin::{OriginPattern, OriginRef};
///
/// let pattern: OriginPattern = "https://*.example.com".parse()?;
/// let tenant = OriginRef::from_header(b"https://tenant-7.eu.example.com").unwrap();
/// let other = OriginRef::from_header(b"https://evilexample.com").unwrap();
/// assert!(!pattern.matches(other));
/// assert_eq!(pattern.find(tenant).unwrap().capture(), Some("tenant-7.eu"));
/// # Ok::<(), cross_origin::ParsePatternError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OriginPattern {
    text: Box<str>,
    form: Form,
}

/// All of it follows from the text, so it changes nothing for the derived comparisons.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Form {
    Any,
    Opaque,
    Tuple {
        scheme: Box<str>,
        host: HostPattern,
        ports: Ports,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum HostPattern {
    /// This host.
    Exact(Box<str>),
    /// `*.`: hosts below this domain.
    Below(Box<str>),
    /// One `*` inside the leftmost label.
    InLabel(InLabel),
    /// Any host but the empty one.
    Any,
}

/// A host whose leftmost label has a `*`, with what stands before and after it in the label, and
/// the labels that follow.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct InLabel {
    prefix: Box<str>,
    suffix: Box<str>,
    rest: Box<str>,
}

impl OriginPattern {
    fn new(form: Form) -> Self {
        let text = match &form {
            Form::Any => ANY.into(),
            Form::Opaque => Origin::opaque().as_str().into(),
            Form::Tuple {
                scheme,
                host,
                ports,
            } => {
                let ports = ports.display(Scheme::canonical(scheme));
                format!("{scheme}://{host}{ports}").into_boxed_str()
            }
        };
        Self { text, form }
    }

    /// The pattern in canonical form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether this is `*`, any origin.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.form == Form::Any
    }

    /// Whether this is `null`, the opaque origin.
    #[must_use]
    pub fn is_opaque(&self) -> bool {
        self.form == Form::Opaque
    }

    /// Whether this admits exactly one tuple origin.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        match &self.form {
            Form::Any | Form::Opaque => false,
            Form::Tuple { host, ports, .. } => {
                matches!(host, HostPattern::Exact(_)) && ports.single().is_some()
            }
        }
    }
}

impl fmt::Display for HostPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(host) => f.write_str(host),
            Self::Below(base) => write!(f, "*.{base}"),
            Self::InLabel(InLabel {
                prefix,
                suffix,
                rest,
            }) => write!(f, "{prefix}*{suffix}.{rest}"),
            Self::Any => f.write_str("*"),
        }
    }
}

impl fmt::Display for OriginPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for OriginPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OriginPattern({})", self.text)
    }
}

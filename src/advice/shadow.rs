//! Shadow policies: a candidate evaluated together with the policy in force.

use core::fmt;

use super::headers;
use crate::message::request::SingleHeader;
use crate::message::{RequestHeaders, RequestKind, header_name};
use crate::origin::quoted::Quoted;
use crate::policy::{Decision, Denial, Lookup, Policy, SET_HEADERS, Verdict};

/// The longest text, in bytes, that a [`Disagreement`] is written as.
pub const MAX_DISAGREEMENT_LEN: usize = 1024;

/// A policy in force and a candidate for its place, evaluated side by side: made by
/// [`Policy::shadow`].
///
/// ```
/// use cross_origin::{Policy, RequestHeaders, Rule};
///
/// let current = Policy::new([Rule::allow_origins(["https://*.example.com"])])?;
/// let candidate = Policy::new([Rule::allow_origins(["https://*.app.example.com"])])?;
///
/// let request = RequestHeaders::new("GET").header("Origin", "https://old.example.com");
/// let (decision, disagreement) = current.shadow(&candidate).evaluate(&request);
/// assert!(decision.is_allowed()); // what is in force still decides
/// assert_eq!(
///     disagreement.unwrap().to_string(),
///     "actual request from `https://old.example.com`: allowed by rule 0, the candidate denies it \
///      (origin-not-allowed); differs in access-control-allow-origin",
/// );
/// # Ok::<(), cross_origin::PolicyProblems>(())
/// ```
#[derive(Clone, Copy)]
pub struct Shadow<'p> {
    current: &'p Policy,
    candidate: &'p Policy,
}

/// Shows no policy: they can be large.
impl fmt::Debug for Shadow<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shadow").finish_non_exhaustive()
    }
}

/// A request for which a candidate and the policy in force have different decisions or headers.
///
/// `Display` is one line for a log: control bytes are escaped, and it has at most
/// [`MAX_DISAGREEMENT_LEN`] bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disagreement<'a> {
    origin: Option<&'a [u8]>,
    current: Decision<'a>,
    candidate: Decision<'a>,
}

/// One thing in which two decisions differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Difference {
    /// Whether the request is denied, and why.
    Denial {
        /// By the policy in force.
        current: Option<Denial>,
        /// By the candidate.
        candidate: Option<Denial>,
    },
    /// The requested header that is not allowed.
    DeniedHeader,
    /// Whether the rule that decides is one with credentials.
    Credentials {
        /// In the policy in force.
        current: bool,
        /// In the candidate.
        candidate: bool,
    },
    /// The status of the answer to a preflight.
    Status {
        /// By the policy in force.
        current: Option<u16>,
        /// By the candidate.
        candidate: Option<u16>,
    },
    /// The value of this response header.
    Header(&'static str),
}

impl Policy {
    /// Evaluates a candidate together with this policy: this policy decides, and disagreements of the
    /// candidate are reported. [`diff`](Self::diff) reports them for all possible requests; this does
    /// so for those that are really made.
    #[must_use]
    pub fn shadow<'p>(&'p self, candidate: &'p Self) -> Shadow<'p> {
        Shadow {
            current: self,
            candidate,
        }
    }
}

impl<'p> Shadow<'p> {
    /// Decides a request, and reports whether the candidate disagrees.
    ///
    /// Like [`Policy::evaluate`] it never fails, never panics and never allocates.
    #[must_use]
    pub fn evaluate<'a>(
        &self,
        request: &RequestHeaders<'a>,
    ) -> (Decision<'a>, Option<Disagreement<'a>>)
    where
        'p: 'a,
    {
        self.evaluate_with(request, None)
    }

    /// The origin that one of the policies asks about: [`Policy::lookup`].
    #[must_use]
    pub fn lookup<'a>(&self, request: &RequestHeaders<'a>) -> Option<Lookup<'a>> {
        let current = self.current.lookup(request);
        current.or_else(|| self.candidate.lookup(request))
    }

    /// Decides a request with what the application says of its origin, to both policies alike.
    #[must_use]
    pub fn evaluate_with<'a>(
        &self,
        request: &RequestHeaders<'a>,
        verdict: impl Into<Option<Verdict<'a>>>,
    ) -> (Decision<'a>, Option<Disagreement<'a>>)
    where
        'p: 'a,
    {
        let verdict = verdict.into();
        let disagreement = Disagreement {
            origin: match request.origin() {
                SingleHeader::Once(origin) => Some(origin),
                SingleHeader::Absent | SingleHeader::Repeated => None,
            },
            current: self.current.evaluate_with(request, verdict),
            candidate: self.candidate.evaluate_with(request, verdict),
        };
        let differs = disagreement.differences().next().is_some();
        (disagreement.current, differs.then_some(disagreement))
    }
}

impl<'a> Disagreement<'a> {
    /// Returns the decision of the policy in force.
    #[must_use]
    pub fn current(&self) -> &Decision<'a> {
        &self.current
    }

    /// Returns the decision of the candidate.
    #[must_use]
    pub fn candidate(&self) -> &Decision<'a> {
        &self.candidate
    }

    /// Iterates over the differences, of which there is at least one.
    pub fn differences(&self) -> impl Iterator<Item = Difference> {
        let (one, other) = (&self.current, &self.candidate);
        let denial = (one.denial() != other.denial()).then(|| Difference::Denial {
            current: one.denial(),
            candidate: other.denial(),
        });
        let header = one.denied_header() != other.denied_header();
        let credentials = (one.allows_credentials() != other.allows_credentials()).then(|| {
            Difference::Credentials {
                current: one.allows_credentials(),
                candidate: other.allows_credentials(),
            }
        });
        let status = (one.status() != other.status()).then(|| Difference::Status {
            current: one.status(),
            candidate: other.status(),
        });
        let names = SET_HEADERS.into_iter().chain([header_name::VARY]);
        let names = names.filter(|name| !headers::are_alike(one, other, name));
        denial
            .into_iter()
            .chain(header.then_some(Difference::DeniedHeader))
            .chain(credentials)
            .chain(status)
            .chain(names.map(Difference::Header))
    }
}

impl fmt::Display for Disagreement<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.current.kind() {
            RequestKind::NotCors => "no CORS request",
            RequestKind::Actual => "actual request",
            RequestKind::Preflight => "preflight",
        })?;
        match self.origin {
            Some(origin) => write!(f, " from {}", Bytes(origin))?,
            None if self.current.kind() != RequestKind::NotCors => {
                f.write_str(" from two origins")?
            }
            None => {}
        }
        if self.current.kind() != RequestKind::NotCors {
            let (now, then) = (Said(&self.current), Said(&self.candidate));
            write!(f, ": {now}, the candidate {}", Would(&then))?;
        }
        let mut before = "; differs in ";
        for difference in self.differences() {
            let what = match difference {
                Difference::Denial { .. } | Difference::DeniedHeader => continue,
                Difference::Credentials { .. } => "credentials",
                Difference::Status { .. } => "status",
                Difference::Header(name) => name,
            };
            write!(f, "{before}{what}")?;
            before = ", ";
        }
        Ok(())
    }
}

/// The decision of the policy in force: `allowed by rule 0`.
struct Said<'d>(&'d Decision<'d>);

impl fmt::Display for Said<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.denial().is_none() {
            "allowed"
        } else {
            "denied"
        })?;
        self.why(f)
    }
}

impl Said<'_> {
    fn why(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0.denial(), self.0.rule_index()) {
            (Some(denial), _) => {
                write!(f, " ({denial}")?;
                if let Some(name) = self.0.denied_header() {
                    write!(f, " {}", Quoted(name))?;
                }
                f.write_str(")")
            }
            (None, Some(rule)) => write!(f, " by rule {rule}"),
            (None, None) => Ok(()),
        }
    }
}

/// The decision of the candidate: `allows it by rule 0`.
struct Would<'d>(&'d Said<'d>);

impl fmt::Display for Would<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let denies = self.0.0.denial().is_some();
        f.write_str(if denies { "denies it" } else { "allows it" })?;
        self.0.why(f)
    }
}

/// Bytes of a request, as a log can have them.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    /// How many of them are shown.
    const SHOWN: usize = 100;
}

impl fmt::Display for Bytes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.split_at_checked(Self::SHOWN) {
            Some((shown, rest)) if !rest.is_empty() => write!(f, "`{}…`", shown.escape_ascii()),
            _ => write!(f, "`{}`", self.0.escape_ascii()),
        }
    }
}

//! Differences between the decisions of two policies on one request.

use core::fmt;

use super::headers;
use crate::message::RequestKind;
use crate::message::header_name;
use crate::origin::quoted::Quoted;
use crate::policy::{Decision, Denial, SET_HEADERS};

/// The longest text, in bytes, that [`Differences`] are written as.
pub const MAX_DIFFERENCES_LEN: usize = 1024;

/// The differences between the decisions of a policy in force and of a candidate for its place, of which
/// there is at least one: returned by [`Decision::differences`].
///
/// `Display` is one line for a log: control bytes are escaped, and it has at most
/// [`MAX_DIFFERENCES_LEN`] bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Differences<'a> {
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
    /// The requested headers that are not allowed.
    DeniedHeaders,
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

impl<'a> Decision<'a> {
    /// Returns the differences between this decision and that of a candidate for the policy's place on the
    /// same request; `None` if there is none.
    ///
    /// [`Policy::diff`](crate::Policy::diff) compares policies for all possible requests; this does so for
    /// requests that are really made. It never fails, never panics and never allocates. If a policy asks,
    /// give both the same verdict.
    ///
    /// ```
    /// use cross_origin::{Policy, RequestHeaders, Rule};
    ///
    /// let current = Policy::new([Rule::allow_origins(["https://*.example.com"])])?;
    /// let candidate = Policy::new([Rule::allow_origins(["https://*.app.example.com"])])?;
    ///
    /// let request = RequestHeaders::new("GET").header("Origin", "https://old.example.com");
    /// let decision = current.evaluate(&request); // the policy in force decides
    /// if let Some(differences) = decision.differences(&candidate.evaluate(&request)) {
    ///     println!("{differences}");
    /// #   assert_eq!(
    /// #       differences.to_string(),
    /// #       "actual request from `https://old.example.com`: allowed by rule 0, the candidate denies it \
    /// #        (origin-not-allowed); differs in access-control-allow-origin",
    /// #   );
    /// }
    /// # Ok::<(), cross_origin::PolicyProblems>(())
    /// ```
    #[must_use]
    pub fn differences(&self, candidate: &Self) -> Option<Differences<'a>> {
        let differences = Differences {
            current: *self,
            candidate: *candidate,
        };
        differences.iter().next().is_some().then_some(differences)
    }
}

impl<'a> Differences<'a> {
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

    /// Returns each difference.
    pub fn iter(&self) -> impl Iterator<Item = Difference> {
        let (one, other) = (&self.current, &self.candidate);
        let denial = (one.denial() != other.denial()).then(|| Difference::Denial {
            current: one.denial(),
            candidate: other.denial(),
        });
        let header = !one.denied_headers().eq(other.denied_headers());
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
            .chain(header.then_some(Difference::DeniedHeaders))
            .chain(credentials)
            .chain(status)
            .chain(names.map(Difference::Header))
    }
}

impl fmt::Display for Differences<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.current.kind() {
            RequestKind::NotCors => "no CORS request",
            RequestKind::Actual => "actual request",
            RequestKind::Preflight => "preflight",
        })?;
        // Where both allow any origin, neither knows it.
        let origin = self.current.origin().or(self.candidate.origin());
        if let Some(origin) = origin {
            write!(f, " from {}", Bytes(origin))?;
        }
        if self.current.kind() != RequestKind::NotCors {
            let (now, then) = (Said(&self.current), Said(&self.candidate));
            write!(f, ": {now}, the candidate {}", Would(&then))?;
        }
        let mut before = "; differs in ";
        for difference in self.iter() {
            let what = match difference {
                Difference::Denial { .. } | Difference::DeniedHeaders => continue,
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

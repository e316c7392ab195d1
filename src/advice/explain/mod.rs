//! Explanations of decisions.

mod addition;
mod below;
mod console;
mod difference;
mod distance;
mod finding;
mod header;
mod hint;
mod long;
mod malformed;
mod method;
mod nearest;
mod note;
mod origin;
mod short;
mod shown;

use alloc::string::String;
use core::fmt;

pub use difference::OriginDifference;
pub use long::MAX_EXPLANATION_LEN;
pub use nearest::{Addition, NearestMiss};
pub use short::MAX_SHORT_EXPLANATION_LEN;

use crate::browser::{Failure, Step};
use crate::message::request::SingleHeader;
use crate::message::{RequestHeaders, RequestKind};
use crate::origin::OriginRef;
use crate::policy::{Decision, Denial};

/// An explanation of a decision: what was requested, which check of which standard failed for which value,
/// what came nearest to being allowed, what to change, and what the browser's console says.
///
/// `Display` is the long form, for people: a line that says it, and below it what there is to say,
/// in lines of 80 columns as far as values permit, and of at most [`MAX_EXPLANATION_LEN`] bytes.
/// [`short`](Self::short) is one line, for a log. Neither has a control character of the request in
/// it.
///
/// ```
/// use cross_origin::advice::explain::{NearestMiss, OriginDifference};
/// use cross_origin::{Policy, RequestHeaders, Rule};
///
/// let policy = Policy::new([Rule::allow_origins(["https://app.example.com"])])?;
/// let request = RequestHeaders::new("GET").header("Origin", "http://app.example.com");
/// let explanation = policy.evaluate(&request).explain(&request);
/// assert_eq!(
///     explanation.short().to_string(),
///     "origin-not-allowed: origin `http://app.example.com` is not allowed; \
///      `https://app.example.com` is: the scheme differs",
/// );
/// assert!(matches!(
///     explanation.nearest(),
///     Some(NearestMiss::Origin { difference: OriginDifference::Scheme, .. }),
/// ));
/// # Ok::<(), cross_origin::PolicyProblems>(())
/// ```
#[derive(Clone, Debug)]
pub struct Explanation<'a> {
    decision: Decision<'a>,
    request: RequestHeaders<'a>,
    nearest: Option<NearestMiss<'a>>,
    addition: Option<Addition>,
    failure: Option<Failure>,
}

impl<'a> Decision<'a> {
    /// Explains this decision: `request` is the one that it was made of.
    ///
    /// Nothing is computed before this is called. It then allocates, and if the request is denied its
    /// work is linear in what the policy lists: explain only what a person will read, not every
    /// denied request of a public server.
    #[must_use]
    pub fn explain(&self, request: &RequestHeaders<'a>) -> Explanation<'a> {
        let nearest = nearest_miss(self, request);
        Explanation {
            decision: *self,
            request: *request,
            addition: addition::find(self, request, nearest.as_ref()),
            nearest,
            failure: console::failure(self, request),
        }
    }
}

impl<'a> Explanation<'a> {
    /// [`Decision::kind`].
    #[must_use]
    pub fn kind(&self) -> RequestKind {
        self.decision.kind()
    }

    /// [`Decision::denial`].
    #[must_use]
    pub fn denial(&self) -> Option<Denial> {
        self.decision.denial()
    }

    /// [`Decision::rule_index`].
    #[must_use]
    pub fn rule_index(&self) -> Option<usize> {
        self.decision.rule_index()
    }

    /// [`Decision::pattern`].
    #[must_use]
    pub fn pattern(&self) -> Option<&'a str> {
        self.decision.pattern()
    }

    /// Returns the nearest miss of a denied request, if any.
    #[must_use]
    pub fn nearest(&self) -> Option<&NearestMiss<'a>> {
        self.nearest.as_ref()
    }

    /// Returns an entry that would allow the request if added to the policy. There is none if that would
    /// be unsafe or useless: for `null`, for look-alikes, for values that no browser sends.
    #[must_use]
    pub fn addition(&self) -> Option<&Addition> {
        self.addition.as_ref()
    }

    /// The address of the section of the standard that decides here.
    #[must_use]
    pub fn section(&self) -> &'static str {
        finding::section(&self.decision)
    }

    /// The step of the standard at which a browser refuses the response, where the request is denied
    /// and a browser could have made it.
    #[must_use]
    pub fn step(&self) -> Option<Step> {
        self.failure.as_ref().map(Failure::step)
    }

    /// Returns the message of Chromium's console, after "… has been blocked by CORS policy: ", where the request is
    /// denied and a browser could have made it. At most [`MAX_SHORT_EXPLANATION_LEN`] bytes.
    ///
    /// A request does not show whether its fetch includes credentials; the message is that of one without.
    #[must_use]
    pub fn console(&self) -> Option<String> {
        let mut sentence = self.failure.as_ref()?.console();
        shown::cut(&mut sentence, MAX_SHORT_EXPLANATION_LEN);
        Some(sentence)
    }

    /// The explanation in one line, for a log: of at most [`MAX_SHORT_EXPLANATION_LEN`] bytes.
    #[must_use]
    pub fn short(&self) -> impl fmt::Display + '_ {
        short::Short(self)
    }

    /// The origin, if the request has one that is well-formed.
    fn origin(&self) -> Option<OriginRef<'a>> {
        let SingleHeader::Once(value) = self.request.origin() else {
            return None;
        };
        OriginRef::from_header(value).ok()
    }
}

fn nearest_miss<'a>(
    decision: &Decision<'a>,
    request: &RequestHeaders<'a>,
) -> Option<NearestMiss<'a>> {
    let policy = decision.policy();
    let rule = || policy.rules().nth(decision.rule_index()?);
    let below =
        || below::allowing_rule(decision, request).map(|rule| NearestMiss::RuleBelow { rule });
    match decision.denial()? {
        Denial::OriginNotAllowed => {
            let lookup = policy.lookup(request);
            let asks = lookup.map(|lookup| NearestMiss::Asks {
                rule: lookup.rule_index(),
            });
            asks.or_else(|| match request.origin() {
                SingleHeader::Once(value) => {
                    origin::nearest_miss(policy, OriginRef::from_header(value).ok()?)
                }
                SingleHeader::Absent | SingleHeader::Repeated => None,
            })
        }
        Denial::OriginNull => Some(NearestMiss::Opaque),
        Denial::OriginMalformed => malformed::nearest_miss(policy, request.origin()),
        Denial::MethodNotAllowed | Denial::MethodMalformed => {
            method::nearest_miss(rule()?, request.request_method()).or_else(below)
        }
        Denial::HeaderNotAllowed => {
            header::nearest_miss(rule()?, decision.denied_header()?).or_else(below)
        }
        Denial::HeadersMalformed => header::malformed(request.request_headers()),
        Denial::HeadersTooLong => Some(header::cap(request.request_headers())),
    }
}

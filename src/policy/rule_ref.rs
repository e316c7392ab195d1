//! Reading the rules of a policy.

use core::fmt;
use core::time::Duration;

use super::rule::{Rule, Timing};
use super::{BuiltRule, MaxAge, NameList, Origins, Policy};
use crate::origin::OriginRef;
use crate::pattern::PatternRef;

impl Policy {
    /// Returns the rules, in the order in which they are tried.
    ///
    /// ```
    /// use cross_origin::{Policy, Rule};
    ///
    /// let policy = Policy::new([
    ///     Rule::allow_origins(["https://app.example.com:443"]).allow_credentials().allow_methods(["put"]),
    ///     Rule::allow_any_origin(),
    /// ])?;
    /// let first = policy.rules().next().unwrap();
    /// let patterns: Vec<_> = first.patterns().map(|pattern| pattern.as_str()).collect();
    /// assert_eq!(patterns, ["https://app.example.com"]);
    /// assert_eq!(first.methods().collect::<Vec<_>>(), ["PUT"]);
    /// assert_eq!(
    ///     first.to_string(),
    ///     "origins `https://app.example.com`; with credentials; methods `PUT`",
    /// );
    /// # Ok::<(), cross_origin::PolicyProblems>(())
    /// ```
    pub fn rules(&self) -> impl ExactSizeIterator<Item = RuleRef<'_>> + DoubleEndedIterator {
        self.rules.iter().map(RuleRef)
    }

    /// Returns the status of the response to a preflight whose origin is allowed.
    #[must_use]
    pub fn preflight_status(&self) -> u16 {
        self.preflight_status
    }
}

/// A rule of a built [`Policy`]: what was configured, in canonical form.
///
/// [`Policy::rules`] returns it. `Rule::from` makes a rule of it that builds an equal one. `Display` is
/// that of [`Rule`].
#[derive(Clone, Copy)]
pub struct RuleRef<'a>(&'a BuiltRule);

impl<'a> RuleRef<'a> {
    /// Returns the patterns of the origins in the order given, each once. A rule that asks has none.
    pub fn patterns(self) -> impl Iterator<Item = PatternRef<'a>> {
        let any = matches!(self.0.origins, Origins::Any).then_some("*");
        let set = match &self.0.origins {
            Origins::Set(set) => Some(set),
            Origins::Any | Origins::Ask { .. } => None,
        };
        any.into_iter()
            .chain(set.into_iter().flat_map(|set| set.patterns()))
            .map(PatternRef::from_canonical)
    }

    /// Returns whether the rule allows any origin: `*` is its pattern.
    #[must_use]
    pub fn allows_any_origin(self) -> bool {
        matches!(self.0.origins, Origins::Any)
    }

    /// Returns whether the application decides about the origins: [`Rule::ask`].
    #[must_use]
    pub fn is_asking(self) -> bool {
        matches!(self.0.origins, Origins::Ask { .. })
    }

    /// Returns whether the application is also asked about insecure origins.
    #[cfg(feature = "advice")]
    pub(crate) fn is_asking_about_insecure_origins(self) -> bool {
        matches!(self.0.origins, Origins::Ask { insecure: true })
    }

    /// Returns whether a pattern of the rule matches this origin. A rule that asks has no patterns.
    #[must_use]
    pub fn matches(self, origin: OriginRef<'_>) -> bool {
        match &self.0.origins {
            Origins::Any => true,
            Origins::Set(set) => set.matches(origin),
            Origins::Ask { .. } => false,
        }
    }

    /// Returns whether credentials are allowed.
    #[must_use]
    pub fn allows_credentials(self) -> bool {
        self.0.credentials
    }

    /// Returns the methods that are listed, `*` first if it is among them. `GET`, `HEAD` and `POST` are
    /// allowed also if they are not listed.
    pub fn methods(self) -> impl Iterator<Item = &'a str> {
        self.0.methods.to_list()
    }

    /// Returns the request headers that are listed, in lower case, `*` first if it is among them.
    pub fn headers(self) -> impl Iterator<Item = &'a str> {
        self.0.headers.to_list()
    }

    /// Returns the response headers that are exposed, in lower case, `*` first if it is among them.
    pub fn exposed_headers(self) -> impl Iterator<Item = &'a str> {
        self.0.exposed.to_list()
    }

    /// Returns how long a browser may cache the result of a preflight, if that is configured.
    #[must_use]
    pub fn max_age(self) -> Option<Duration> {
        let MaxAge { seconds, .. } = self.0.max_age.as_ref()?;
        Some(Duration::from_secs((*seconds).into()))
    }

    /// Returns whether the origins of the rule see the timing of responses
    /// ([`Rule::timing_allow_origin`]), or any origin does.
    #[must_use]
    pub fn allows_timing(self) -> bool {
        self.0.timing.is_some()
    }

    /// Returns whether any origin sees the timing of responses: [`Rule::timing_allow_any_origin`].
    #[must_use]
    pub fn allows_timing_to_any_origin(self) -> bool {
        self.0.timing == Some(Timing::Any)
    }

    pub(super) fn timing(self) -> Option<Timing> {
        self.0.timing
    }
}

impl fmt::Debug for RuleRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<RuleRef<'_>> for Rule {
    fn from(rule: RuleRef<'_>) -> Self {
        let origins = match rule.is_asking() {
            true => Self::ask(),
            false => Self::allow_origins(rule.patterns().map(PatternRef::as_str)),
        };
        Self {
            credentials: rule.0.credentials,
            timing: rule.0.timing,
            max_age: rule.max_age(),
            ..origins
        }
        .allow_methods(rule.methods())
        .allow_headers(rule.headers())
        .expose_headers(rule.exposed_headers())
    }
}

impl NameList {
    fn to_list(&self) -> impl Iterator<Item = &str> {
        let any = self.any.then_some("*");
        any.into_iter()
            .chain(self.listed.iter().map(|name| &**name))
    }
}

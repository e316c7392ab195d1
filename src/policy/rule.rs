//! Rules, before they are checked.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::time::Duration;

use super::list;

/// Origins, and what their pages may do.
///
/// A rule starts with its origins and allows, by default, what needs no permission: `GET`,
/// `HEAD` and `POST` with CORS-safelisted request-headers, without credentials. It keeps
/// its arguments unchecked; [`Policy::new`](crate::Policy::new) and [`PolicyBuilder::build`](crate::PolicyBuilder::build)
/// check it.
///
/// In each list `*` means any.
///
/// ```
/// use cross_origin::{Policy, Rule};
/// use std::time::Duration;
///
/// let rule = Rule::allow_origins(["https://app.example.com"])
///     .allow_credentials()
///     .allow_methods(["PUT", "DELETE"])
///     .allow_headers(["Authorization", "Content-Type"])
///     .expose_headers(["ETag"])
///     .max_age(Duration::from_secs(600));
/// let policy = Policy::new([rule])?;
/// # Ok::<(), cross_origin::PolicyProblems>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub(crate) origins: RuleOrigins,
    pub(crate) credentials: bool,
    pub(crate) methods: Vec<String>,
    pub(crate) headers: Vec<String>,
    pub(crate) exposed: Vec<String>,
    pub(crate) max_age: Option<Duration>,
    pub(crate) timing: Option<Timing>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RuleOrigins {
    Listed(Vec<String>),
    Ask,
}

/// The origins that see the timing of a response
/// ([Fetch, `#tao-check`](https://fetch.spec.whatwg.org/#tao-check)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Timing {
    /// The one that the rule matched.
    Matched,
    /// Any, and also loads that send no `Origin`.
    Any,
}

impl Rule {
    fn new(origins: RuleOrigins) -> Self {
        Self {
            origins,
            credentials: false,
            methods: Vec::new(),
            headers: Vec::new(),
            exposed: Vec::new(),
            max_age: None,
            timing: None,
        }
    }

    /// Creates a rule for these origins, each an [`OriginPattern`](crate::OriginPattern) in text.
    #[must_use]
    pub fn allow_origins<I>(patterns: I) -> Self
    where
        I: IntoIterator<Item: Into<String>>,
    {
        Self::new(RuleOrigins::Listed(
            patterns.into_iter().map(Into::into).collect(),
        ))
    }

    /// Creates a rule from a list of origins in text, such as the value of an environment variable.
    ///
    /// Origins are separated by commas, spaces, tabs or line breaks; commas inside `{…}`, between
    /// ports, do not separate. An empty text is a problem when the policy is built: it never means any
    /// origin, which is `*` alone.
    ///
    /// ```
    /// use cross_origin::{Policy, Rule};
    ///
    /// let text = std::env::var("CORS_ORIGINS").unwrap_or_default();
    /// # let text = "https://app.example.com, http://localhost:{3000,5173}";
    /// let policy = Policy::new([Rule::parse_origins(&text)])?;
    /// assert!(Policy::new([Rule::parse_origins(" ")]).is_err());
    /// # Ok::<(), cross_origin::PolicyProblems>(())
    /// ```
    #[must_use]
    pub fn parse_origins(text: &str) -> Self {
        Self::allow_origins(list::entries(text))
    }

    /// Creates a rule for any origin, answered with `Access-Control-Allow-Origin: *`. It cannot allow
    /// credentials.
    #[must_use]
    pub fn allow_any_origin() -> Self {
        Self::new(RuleOrigins::Listed(vec!["*".into()]))
    }

    /// Creates a rule whose origins the application decides at request time, e.g. from a database: see
    /// [`Policy::lookup`](crate::Policy::lookup). A policy has at most one such rule.
    #[must_use]
    pub fn ask() -> Self {
        Self::new(RuleOrigins::Ask)
    }

    /// Allows requests with credentials, such as cookies
    /// ([Fetch, `#cors-protocol-and-credentials`](https://fetch.spec.whatwg.org/#cors-protocol-and-credentials)).
    ///
    /// Every origin of the rule can then send requests as the user and read the responses. Origins
    /// that cannot be trusted with that are refused.
    #[must_use]
    pub fn allow_credentials(mut self) -> Self {
        self.credentials = true;
        self
    }

    /// Allows these methods. `GET`, `HEAD` and `POST` are always allowed.
    ///
    /// Methods are case-sensitive. The six that Fetch
    /// [normalizes](https://fetch.spec.whatwg.org/#concept-method-normalize) are upper-cased, as
    /// browsers do; `patch` is another method than `PATCH`. Anything that is text will do, such as an
    /// `http::Method`.
    #[must_use]
    pub fn allow_methods<I>(mut self, methods: I) -> Self
    where
        I: IntoIterator<Item: AsRef<str>>,
    {
        self.methods.extend(texts(methods));
        self
    }

    /// Allows these request headers, in any case, in addition to the
    /// [CORS-safelisted](https://fetch.spec.whatwg.org/#cors-safelisted-request-header) ones. At most
    /// 128 can be listed.
    ///
    /// `*` does not cover `Authorization`: list both. Anything that is text will do, such as an
    /// `http::HeaderName`.
    #[must_use]
    pub fn allow_headers<I>(mut self, names: I) -> Self
    where
        I: IntoIterator<Item: AsRef<str>>,
    {
        self.headers.extend(texts(names));
        self
    }

    /// Lets pages read these response headers, in addition to the
    /// [CORS-safelisted](https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name) ones.
    #[must_use]
    pub fn expose_headers<I>(mut self, names: I) -> Self
    where
        I: IntoIterator<Item: AsRef<str>>,
    {
        self.exposed.extend(texts(names));
        self
    }

    /// Sets how long a browser may cache the result of a preflight, in whole seconds; zero disables
    /// caching. The default of browsers is 5 seconds. At most a day; browsers have lower limits.
    #[must_use]
    pub fn max_age(mut self, max_age: Duration) -> Self {
        self.max_age = Some(max_age);
        self
    }

    /// Lets the rule's origins see the timing of responses to requests that send `Origin`
    /// ([Fetch, `#tao-check`](https://fetch.spec.whatwg.org/#tao-check)).
    #[must_use]
    pub fn timing_allow_origin(mut self) -> Self {
        self.timing = Some(Timing::Matched);
        self
    }

    /// Lets every origin see the timing of responses: plain `<img>` and `<script>` loads send no
    /// `Origin`, so `Timing-Allow-Origin: *` is sent on every response except those to preflights.
    #[must_use]
    pub fn timing_allow_any_origin(mut self) -> Self {
        self.timing = Some(Timing::Any);
        self
    }
}

fn texts<I: IntoIterator<Item: AsRef<str>>>(texts: I) -> impl Iterator<Item = String> {
    texts.into_iter().map(|text| text.as_ref().into())
}

/// One rule is a list of one, as [`Policy::new`](crate::Policy::new) takes it.
impl IntoIterator for Rule {
    type Item = Self;
    type IntoIter = core::iter::Once<Self>;

    fn into_iter(self) -> Self::IntoIter {
        core::iter::once(self)
    }
}

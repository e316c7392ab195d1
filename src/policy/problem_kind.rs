//! Kinds of problems.

use core::fmt;

macro_rules! problem_kinds {
    ($($(#[doc = $doc:literal])+ $kind:ident = $name:literal,)+) => {
        /// The kind of a problem, for programs.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ProblemKind {
            $($(#[doc = $doc])+ $kind,)+
        }

        impl ProblemKind {
            /// All kinds.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)+];

            /// The kind's name, such as `insecure-origin-with-credentials`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)+
                }
            }
        }
    };
}

problem_kinds! {
    /// The rule has no origin.
    NoOrigin = "no-origin",
    /// The text is empty.
    Empty = "empty",
    /// The text has no scheme.
    SchemeMissing = "scheme-missing",
    /// The text is not an origin pattern, for a reason without a kind of its own.
    Unparsable = "unparsable",
    /// The text has a path; a trailing slash is one.
    Path = "path",
    /// The text has a query.
    Query = "query",
    /// The text has a fragment.
    Fragment = "fragment",
    /// The text has a user name or password, or an `@`.
    Userinfo = "userinfo",
    /// The origin of such a URL is opaque.
    OpaqueScheme = "opaque-scheme",
    /// The port is 0.
    PortZero = "port-zero",
    /// The text is a network in a form that patterns do not have.
    Network = "network",
    /// There is a `*` where none can be.
    Wildcard = "wildcard",
    /// `*` or `null` is listed together with other origins in one rule.
    Mixed = "mixed",
    /// More than one rule asks.
    SecondAsk = "second-ask",
    /// Any origin with credentials.
    AnyOriginWithCredentials = "any-origin-with-credentials",
    /// Any host of a scheme with credentials.
    AnyHostWithCredentials = "any-host-with-credentials",
    /// `null` or `file://`, with credentials.
    NullWithCredentials = "null-with-credentials",
    /// A network that is not all loopback, with credentials.
    NetworkWithCredentials = "network-with-credentials",
    /// An insecure origin with credentials.
    InsecureOriginWithCredentials = "insecure-origin-with-credentials",
    /// A wildcard over hosts of different owners, with credentials.
    PublicSuffixWithCredentials = "public-suffix-with-credentials",
    /// The rule can never decide, because rules above it cover its patterns.
    Unreachable = "unreachable",
    /// The text is not a method.
    InvalidMethod = "invalid-method",
    /// The text is not a header name.
    InvalidHeaderName = "invalid-field-name",
    /// More than [`MAX_RULES`](crate::limits::MAX_RULES) rules.
    TooManyRules = "too-many-rules",
    /// More than [`MAX_METHODS`](crate::limits::MAX_METHODS) methods.
    TooManyMethods = "too-many-methods",
    /// More than [`MAX_REQUEST_HEADERS`](crate::limits::MAX_REQUEST_HEADERS) request headers: no more are
    /// read of a request.
    TooManyHeaders = "too-many-headers",
    /// More than [`MAX_EXPOSED_HEADERS`](crate::limits::MAX_EXPOSED_HEADERS) exposed headers.
    TooManyExposedHeaders = "too-many-exposed-headers",
    /// A max-age of more than a day, or not in whole seconds.
    MaxAge = "max-age",
    /// A preflight status that is not from 200 to 299.
    PreflightStatus = "preflight-status",
    /// A key that a policy in text does not have there.
    UnknownKey = "unknown-key",
    /// A value of another type than the key's.
    WrongType = "wrong-type",
    /// A key that occurs twice.
    DuplicateKey = "duplicate-key",
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

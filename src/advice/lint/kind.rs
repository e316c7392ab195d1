//! Kinds of lints.

use core::fmt;

/// How much a lint matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "who handles one wants to be told of another"
)]
pub enum Severity {
    /// It changes nothing that is meant, and can be said more simply.
    Hint,
    /// It is probably not what is meant, or admits more than it seems to.
    Warning,
}

impl Severity {
    /// `hint` or `warning`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Warning => "warning",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

macro_rules! lint_kinds {
    ($($(#[doc = $doc:literal])+ $kind:ident = $name:literal, $severity:ident;)+) => {
        /// The kind of a lint, for programs.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum LintKind {
            $($(#[doc = $doc])+ $kind,)+
        }

        impl LintKind {
            /// All kinds.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)+];

            /// Returns the name of the kind, such as `null-allowed`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)+
                }
            }

            /// How much lints of this kind matter.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$kind => Severity::$severity,)+
                }
            }
        }
    };
}

lint_kinds! {
    /// Another pattern of the same rule admits all that this one admits.
    CoveredOrigin = "covered-origin", Hint;
    /// A rule above decides for all that this pattern admits.
    CoveredByRuleAbove = "covered-by-rule-above", Warning;
    /// A wildcard with credentials over a host that gives names below it to strangers, though the public
    /// suffix list lacks it.
    SharedHostsWildcard = "shared-hosts-wildcard", Warning;
    /// `null` is allowed: any site can send it, from a sandboxed frame.
    NullAllowed = "null-allowed", Warning;
    /// `file://` is allowed and `null` is not: some web views send it for the same page.
    FileWithoutNull = "file-without-null", Warning;
    /// Any host of a scheme whose hosts could be listed.
    AnyHost = "any-host", Warning;
    /// A network, without credentials: every network that the user joins may have such addresses.
    NetworkAllowed = "network-allowed", Warning;
    /// A network with globally reachable addresses, or one that is as large, without credentials.
    PublicNetwork = "public-network", Warning;
    /// A wildcard over hosts that belong to different people, without credentials. It needs the
    /// feature `psl`.
    PublicSuffixWildcard = "public-suffix-wildcard", Warning;
    /// An insecure origin together with the same one with `https`.
    InsecureTwin = "insecure-twin", Warning;
    /// A scheme that no page has: `ws`, `wss` or `ftp`.
    UnsentScheme = "unsent-scheme", Warning;
    /// A scheme that is one letter away from `https`, `http` or that of extensions.
    MisspelledScheme = "misspelled-scheme", Warning;
    /// `0.0.0.0` or `[::]`, which a server listens on and no page has.
    UnspecifiedAddress = "unspecified-address", Warning;
    /// An identifier that no browser extension has.
    InvalidExtensionId = "invalid-extension-id", Warning;
    /// A domain with the root's dot at its end, which is another one than that without.
    TrailingDot = "trailing-dot", Warning;
    /// An origin of the person's own machine, with credentials.
    LoopbackWithCredentials = "loopback-with-credentials", Warning;
    /// A method or request header that a rule above does not allow, to an origin that both have. It is
    /// looked for in the first 64 rules.
    NarrowerRuleAbove = "narrower-rule-above", Warning;
    /// A rule that asks below one that matches any origin: it never does.
    UnreachableAsk = "unreachable-ask", Warning;
    /// A policy without rules.
    NoOriginAllowed = "no-origin-allowed", Hint;
    /// A method such as `ALL` or `ANY`, which is a name and not any method.
    WordForAny = "word-for-any", Warning;
    /// A method or header name with a `*` in it, which is a name and not a pattern.
    WildcardInName = "wildcard-in-name", Warning;
    /// A method or header name that begins or ends with a quote.
    QuotedName = "quoted-name", Warning;
    /// `CONNECT`, `TRACE` or `TRACK`: browsers send no such request for a page
    /// ([Fetch, `#forbidden-method`](https://fetch.spec.whatwg.org/#forbidden-method)).
    ForbiddenMethod = "forbidden-method", Hint;
    /// A request header that only browsers set
    /// ([Fetch, `#forbidden-request-header`](https://fetch.spec.whatwg.org/#forbidden-request-header)).
    ForbiddenRequestHeader = "forbidden-request-header", Hint;
    /// A response header of the CORS protocol among the request headers: only a page that sets it by
    /// mistake needs it.
    ResponseHeaderInRequest = "response-header-in-request", Warning;
    /// A response header that no page can read, such as `Set-Cookie`
    /// ([Fetch, `#forbidden-response-header-name`](https://fetch.spec.whatwg.org/#forbidden-response-header-name)).
    UnexposableHeader = "unexposable-header", Hint;
    /// `*` among the exposed names with credentials, where browsers read it as a name.
    AnyExposedWithCredentials = "any-exposed-with-credentials", Warning;
    /// `patch`, or another registered method in lower case, without that in upper case.
    MethodCase = "method-case", Warning;
    /// `OPTIONS`, the method of preflights.
    OptionsListed = "options-listed", Hint;
    /// `GET`, `HEAD` or `POST`, which are always allowed.
    SafelistedMethod = "safelisted-method", Hint;
    /// Any method, where a list would do.
    AnyMethod = "any-method", Hint;
    /// Any request header, where a list would do.
    AnyHeader = "any-header", Hint;
    /// Any request header, which does not cover `Authorization`, without that.
    AnyHeaderWithoutAuthorization = "any-header-without-authorization", Warning;
    /// A response header that pages can read anyway.
    SafelistedExposed = "safelisted-exposed", Hint;
    /// A max-age above the 7,200 seconds that Chromium keeps a preflight for.
    MaxAgeAboveChromium = "max-age-above-chromium", Hint;
    /// A max-age above the 600 seconds that WebKit keeps a preflight for.
    MaxAgeAboveWebkit = "max-age-above-webkit", Hint;
    /// Timing for the matched origin where not every response names it.
    TimingInDynamicPolicy = "timing-in-dynamic-policy", Warning;
}

impl fmt::Display for LintKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

//! Nearest misses: the type and its text.

use alloc::boxed::Box;
use core::fmt;

use super::difference::OriginDifference;
use super::shown::Shown;
use crate::origin::Origin;
use crate::origin::quoted::Quoted;

/// The nearest miss of a denied request, or the misunderstanding behind it.
///
/// It displays as a part of a sentence, such as `` `https://app.example` is: the scheme differs ``.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NearestMiss<'a> {
    /// The origin is not allowed, and another one is that differs in one thing.
    Origin {
        /// In what it differs.
        difference: OriginDifference,
        /// The other one: an example, if the pattern has a `*`.
        allowed: Origin,
        /// The rule that matches the other one, counted from 0.
        rule: usize,
        /// The pattern of that rule.
        pattern: &'a str,
    },
    /// The origin looks like an allowed one, but is unrelated: anyone can register such a name. Examples
    /// for `https://*.example.com` are `https://evilexample.com` and
    /// `https://example.com.evil.example`.
    LookAlike {
        /// The rule that it seems to match.
        rule: usize,
        /// The pattern of that rule.
        pattern: &'a str,
    },
    /// A rule [asks](crate::Rule::ask) about the origin, and the application did not allow it.
    Asks {
        /// The rule.
        rule: usize,
    },
    /// The origin is `null`, the opaque one.
    Opaque,
    /// The value is not a serialized origin; the origin that was probably meant is allowed.
    Spelling {
        /// The origin, as browsers write it.
        allowed: Origin,
        /// The rule that matches it.
        rule: usize,
    },
    /// There is more than one `Origin`.
    OriginRepeated,
    /// A method is allowed that differs in case.
    MethodCase {
        /// The method.
        allowed: &'a str,
    },
    /// No page can send this method
    /// ([forbidden method](https://fetch.spec.whatwg.org/#forbidden-method)).
    ForbiddenMethod,
    /// There is more than one `Access-Control-Request-Method`.
    MethodRepeated,
    /// `*` itself is requested, which the `*` of a rule does not cover.
    LiteralWildcard,
    /// A request header with a similar name is allowed.
    HeaderTypo {
        /// Its name.
        allowed: &'a str,
        /// The edit distance.
        edits: usize,
    },
    /// The rule has `*`, which does not cover `Authorization`
    /// ([CORS non-wildcard request-header name](https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name)).
    NonWildcardHeader,
    /// No page can set this header
    /// ([forbidden request-header](https://fetch.spec.whatwg.org/#forbidden-request-header)).
    ForbiddenHeader,
    /// The page sets a header that belongs in responses.
    ResponseHeader,
    /// This element is not a header name.
    Element {
        /// The element.
        found: &'a [u8],
    },
    /// The list of requested names is longer than is read.
    Cap {
        /// How much is read.
        most: usize,
        /// The unit: `lines`, `bytes` or `names`.
        of: &'static str,
    },
    /// A rule further down matches the origin and would allow the request, but the first rule that
    /// matches decides.
    RuleBelow {
        /// The rule further down.
        rule: usize,
    },
}

impl fmt::Display for NearestMiss<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Origin {
                difference,
                allowed,
                pattern,
                ..
            } => origin_sentence(f, *difference, allowed, pattern),
            Self::LookAlike { pattern, .. } => {
                write!(f, "it resembles {} but is an unrelated domain", Quoted(pattern))
            }
            Self::Asks { rule } => {
                write!(f, "rule {rule} asks the application, which did not allow it")
            }
            Self::Opaque => f.write_str(
                "a sandboxed frame sends it, a redirect to another origin, a `file:` or `data:` page",
            ),
            Self::Spelling { allowed, .. } => {
                write!(f, "did you mean {}, which is allowed?", Quoted(allowed.as_str()))
            }
            Self::OriginRepeated => f.write_str("a browser sends one"),
            Self::MethodCase { allowed } => {
                write!(f, "{} is allowed: methods are case-sensitive", Quoted(allowed))
            }
            Self::ForbiddenMethod => f.write_str("no page can send it"),
            Self::MethodRepeated => f.write_str("a browser sends one"),
            Self::LiteralWildcard => {
                f.write_str("a request lists the names it needs, and `*` does not cover `*` itself")
            }
            Self::HeaderTypo { allowed, .. } => {
                write!(f, "did you mean {}, which is allowed?", Quoted(allowed))
            }
            Self::NonWildcardHeader => f.write_str("`*` does not cover it"),
            Self::ForbiddenHeader => f.write_str("no page can set it"),
            Self::ResponseHeader => f.write_str("it is a response header, which no request needs"),
            Self::Element { found } => write!(f, "{} is not a header name", Shown(found)),
            Self::Cap { most, of } => write!(f, "at most {most} {of} are read"),
            Self::RuleBelow { rule } => {
                write!(f, "rule {rule} would allow it, but comes later")
            }
        }
    }
}

fn origin_sentence(
    f: &mut fmt::Formatter<'_>,
    difference: OriginDifference,
    allowed: &Origin,
    pattern: &str,
) -> fmt::Result {
    write!(f, "{} is", Quoted(allowed.as_str()))?;
    match difference {
        OriginDifference::Apex
        | OriginDifference::EmptyWildcard
        | OriginDifference::LabelTooMany
        | OriginDifference::OutsideNetwork => {
            write!(f, ", by {}", Quoted(pattern))?;
        }
        _ => {}
    }
    write!(f, ": {}", difference.reason())
}

/// An entry that, added to the policy, would resolve the denial. The policy with it builds; whether that
/// is intended is for a person to decide.
///
/// It displays as a piece of advice: `` add `PATCH` to `rules[0].allow_methods` ``.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addition {
    pub(super) rule: usize,
    pub(super) key: &'static str,
    pub(super) entry: Box<str>,
}

impl Addition {
    /// Returns the index of the rule, from 0.
    #[must_use]
    pub fn rule_index(&self) -> usize {
        self.rule
    }

    /// Returns the key of the rule: `allow_origins`, `allow_methods` or `allow_headers`.
    #[must_use]
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// Returns the entry to add to that list.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.entry
    }
}

impl fmt::Display for Addition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, key, entry } = self;
        write!(f, "add {} to `rules[{rule}].{key}`", Quoted(entry))
    }
}

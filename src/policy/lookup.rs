//! Lookups of origins that only the application knows.

use core::fmt;

use crate::message::list::elements;
use crate::message::token::is_token;
use crate::origin::OriginRef;

/// An origin that a policy asks the application about; see [`Policy::lookup`](crate::Policy::lookup).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lookup<'a> {
    pub(super) origin: OriginRef<'a>,
    pub(super) rule: usize,
}

impl<'a> Lookup<'a> {
    /// Returns the origin, never the opaque one.
    #[must_use]
    pub fn origin(self) -> OriginRef<'a> {
        self.origin
    }

    /// Returns the index of the rule that asks, from 0.
    #[must_use]
    pub fn rule_index(self) -> usize {
        self.rule
    }

    /// Answers the lookup; `true` allows the origin.
    #[must_use]
    pub fn verdict(self, allowed: bool) -> Verdict<'a> {
        Verdict {
            origin: self.origin,
            allowed,
            vary: None,
        }
    }
}

/// The application's verdict on the origin of one [`Lookup`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Verdict<'a> {
    pub(super) origin: OriginRef<'a>,
    pub(super) allowed: bool,
    pub(super) vary: Option<&'a str>,
}

impl<'a> Verdict<'a> {
    /// Returns the origin of the lookup.
    #[must_use]
    pub fn origin(self) -> OriginRef<'a> {
        self.origin
    }

    /// Returns whether the origin is allowed.
    #[must_use]
    pub fn allowed(self) -> bool {
        self.allowed
    }

    /// Returns the request headers that the verdict [depended on](Self::depending_on).
    #[must_use]
    pub fn vary(self) -> Option<&'a str> {
        self.vary
    }

    /// Names further request headers that the verdict depended on, separated by commas, for `Vary`.
    ///
    /// `Vary` has to be the same on all responses that a cache may hold for a URL: where the
    /// application makes no lookup, it must add these names itself.
    ///
    /// # Errors
    ///
    /// One of the names is not a token: it would make the whole header malformed.
    ///
    /// ```
    /// use cross_origin::{Policy, RequestHeaders, Rule};
    ///
    /// let policy = Policy::new([Rule::ask()])?;
    /// let request = RequestHeaders::new("GET").header("Origin", "https://tenant.example");
    /// let lookup = policy.lookup(&request).unwrap();
    /// let verdict = lookup.verdict(true).depending_on("x-tenant")?;
    /// let decision = policy.evaluate_with(&request, verdict);
    /// assert!(decision.headers().any(|line| line == ("vary", "x-tenant")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn depending_on(mut self, names: &'a str) -> Result<Self, VaryError> {
        if !elements(names.as_bytes()).all(is_token) {
            return Err(VaryError);
        }
        let names = names.trim_matches([' ', '\t', ',']);
        self.vary = (!names.is_empty()).then_some(names);
        Ok(self)
    }
}

/// The error of [`Verdict::depending_on`] for an invalid header name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VaryError;

impl fmt::Display for VaryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected field names separated by commas, such as `x-tenant,accept-language`")
    }
}

impl core::error::Error for VaryError {}

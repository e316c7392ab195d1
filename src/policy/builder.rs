//! The policy builder: rules, and settings of the whole policy.

use alloc::vec::Vec;

use super::error::Problems;
use super::path::Written;
use super::rule::Rule;

/// The default status of the response to a preflight whose origin is allowed.
pub(crate) const NO_CONTENT: u16 = 204;

/// A builder of policies that need more than rules.
///
/// With the feature `serde` it is also the type that policies in text are deserialized to, so that
/// [`build`](Self::build) reports their problems.
///
/// ```
/// use cross_origin::{PolicyBuilder, Rule};
///
/// let policy = PolicyBuilder::new([Rule::allow_origins(["https://app.example.com"])])
///     .preflight_status(200)
///     .build()?;
/// # Ok::<(), cross_origin::PolicyProblems>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyBuilder {
    pub(crate) rules: Vec<Rule>,
    pub(crate) preflight_status: u16,
    pub(crate) dangers: Dangers,
    /// Problems found while reading it from text.
    pub(crate) found_reading: Problems,
    pub(crate) written: Written,
}

/// The checks that a policy disables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Dangers {
    pub(crate) insecure_origins: bool,
    pub(crate) public_suffixes: bool,
    pub(crate) null_with_credentials: bool,
    pub(crate) any_host: bool,
    pub(crate) networks: bool,
}

impl Dangers {
    /// The values of `dangerously_allow`.
    pub(crate) const NAMES: [&str; 5] = [
        "insecure-origins",
        "public-suffixes",
        "null-with-credentials",
        "any-host",
        "networks",
    ];

    #[cfg(feature = "serde")]
    pub(crate) fn by_name(&mut self, name: &str) -> Option<&mut bool> {
        let at = Self::NAMES.iter().position(|known| *known == name)?;
        self.flags().into_iter().nth(at)
    }

    pub(crate) fn names(mut self) -> Vec<&'static str> {
        let flags = self.flags().map(|flag| *flag);
        let named = Self::NAMES.into_iter().zip(flags);
        named
            .filter_map(|(name, allowed)| allowed.then_some(name))
            .collect()
    }

    /// In the order of their names.
    fn flags(&mut self) -> [&mut bool; 5] {
        [
            &mut self.insecure_origins,
            &mut self.public_suffixes,
            &mut self.null_with_credentials,
            &mut self.any_host,
            &mut self.networks,
        ]
    }
}

impl PolicyBuilder {
    /// Creates a builder with these rules, in order.
    #[must_use]
    pub fn new<I: IntoIterator<Item = Rule>>(rules: I) -> Self {
        Self {
            rules: rules.into_iter().collect(),
            preflight_status: NO_CONTENT,
            dangers: Dangers::default(),
            found_reading: Problems::default(),
            written: Written::default(),
        }
    }

    /// Sets the status of the response to a preflight whose origin is allowed: an
    /// [ok status](https://fetch.spec.whatwg.org/#ok-status), from 200 to 299. The default is 204.
    #[must_use]
    pub fn preflight_status(mut self, status: u16) -> Self {
        self.preflight_status = status;
        self
    }

    /// Allows insecure origins in rules with credentials, such as `http://app.example.com`.
    ///
    /// Dangerous: a network attacker can inject a script into an `http:` page and send credentialed
    /// requests as the user.
    #[must_use]
    pub fn dangerously_allow_insecure_origins(mut self) -> Self {
        self.dangers.insecure_origins = true;
        self
    }

    /// Allows wildcards over hosts of different owners in rules with credentials, such as
    /// `https://*.github.io`.
    ///
    /// Dangerous: anyone can register a name there.
    #[must_use]
    pub fn dangerously_allow_public_suffixes(mut self) -> Self {
        self.dangers.public_suffixes = true;
        self
    }

    /// Allows `null` and `file://` in rules with credentials.
    ///
    /// Dangerous: any page can become the opaque origin with a sandboxed frame, and any file that the
    /// user opens in the web view has the origin `file://`.
    #[must_use]
    pub fn dangerously_allow_null_with_credentials(mut self) -> Self {
        self.dangers.null_with_credentials = true;
        self
    }

    /// Allows any host of a scheme, such as `chrome-extension://*`, and large public networks in rules
    /// with credentials.
    ///
    /// Dangerous: anyone can publish an extension, or rent an address.
    #[must_use]
    pub fn dangerously_allow_any_host(mut self) -> Self {
        self.dangers.any_host = true;
        self
    }

    /// Allows networks in rules with credentials, such as `https://10.0.0.0/8`. Networks of `http` also
    /// need [`dangerously_allow_insecure_origins`](Self::dangerously_allow_insecure_origins), and large
    /// public ones [`dangerously_allow_any_host`](Self::dangerously_allow_any_host).
    ///
    /// Dangerous: a private address names another machine in every network that the user joins.
    #[must_use]
    pub fn dangerously_allow_networks(mut self) -> Self {
        self.dangers.networks = true;
        self
    }
}

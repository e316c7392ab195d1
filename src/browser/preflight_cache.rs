//! The CORS-preflight cache.

use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use super::fetch::Fetch;
use super::preflight::PreflightGrant;
use super::safelist;
use crate::message::{header_name, method};
use crate::origin::Origin;

/// A [CORS-preflight cache](https://fetch.spec.whatwg.org/#concept-cache).
///
/// It has no clock: `now` is the time since a moment of the caller's choice. It is the cache of one
/// network partition, that is, of the pages under one site. URLs are compared as they are given.
///
/// ```
/// use core::time::Duration;
/// use cross_origin::OriginRef;
/// use cross_origin::browser::{Fetch, PreflightCache, Response};
///
/// let fetch = Fetch::new(OriginRef::from_header(b"https://app.example")?, "PUT")?;
/// let answer = Response::new(204)
///     .header("Access-Control-Allow-Origin", "*")
///     .header("Access-Control-Allow-Methods", "PUT");
/// let url = "https://api.example/thing";
///
/// let mut cache = PreflightCache::new();
/// cache.store(&fetch, url, Duration::ZERO, &fetch.preflight_check(&answer)?);
/// assert!(!cache.needs_preflight(&fetch, url, Duration::from_secs(4)));
/// assert!(cache.needs_preflight(&fetch, url, Duration::from_secs(5)));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PreflightCache {
    entries: Vec<CachedGrant>,
    limit: Option<Duration>,
}

/// A [cache entry](https://fetch.spec.whatwg.org/#cache-entry).
#[derive(Clone, Debug, PartialEq, Eq)]
struct CachedGrant {
    origin: Origin,
    url: String,
    stored: Duration,
    max_age: Duration,
    credentials: bool,
    allows: Allows,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Allows {
    Method(String),
    Header(String),
}

impl Allows {
    // method cache entry match (https://fetch.spec.whatwg.org/#concept-cache-match-method) and
    // header-name cache entry match (https://fetch.spec.whatwg.org/#concept-cache-match-header),
    // as far as they go beyond a cache entry match
    fn covers(&self, asked: &Self) -> bool {
        match (self, asked) {
            (Self::Method(own), Self::Method(method)) => own == method || own == "*",
            (Self::Header(own), Self::Header(name)) => {
                own == name || own == "*" && !header_name::is_cors_non_wildcard(name.as_bytes())
            }
            _ => false,
        }
    }
}

impl PreflightCache {
    /// An empty cache that imposes no limit on max-age.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty cache that keeps nothing for longer than this: 7,200 seconds in Chromium, 86,400 in
    /// Firefox, 600 in WebKit.
    #[must_use]
    pub fn with_limit(limit: Duration) -> Self {
        Self {
            entries: Vec::new(),
            limit: Some(limit),
        }
    }

    /// Whether this fetch must be preceded by a preflight now
    /// ([HTTP fetch](https://fetch.spec.whatwg.org/#http-fetch), "if *makeCORSPreflight* is true").
    #[must_use]
    pub fn needs_preflight(&self, fetch: &Fetch, url: &str, now: Duration) -> bool {
        if !fetch.needs_preflight() {
            return false;
        }
        let is_cached = |asked| {
            let mut entries = self.entries.iter();
            entries.any(|entry| entry.is_for(fetch, url, now) && entry.allows.covers(&asked))
        };
        let is_safelisted =
            method::is_cors_safelisted(fetch.method().as_bytes()) && !fetch.use_preflight;
        !is_safelisted && !is_cached(Allows::Method(fetch.method().into()))
            || safelist::unsafe_names(&fetch.headers)
                .into_iter()
                .any(|name| !is_cached(Allows::Header(name.into())))
    }

    /// Stores what the answer to this fetch's preflight allows
    /// ([CORS-preflight fetch](https://fetch.spec.whatwg.org/#cors-preflight-fetch-0), steps 7.10 to
    /// 7.15).
    ///
    /// An entry that there is keeps its age and gets the new max-age.
    pub fn store(&mut self, fetch: &Fetch, url: &str, now: Duration, grant: &PreflightGrant) {
        let max_age = match self.limit {
            Some(limit) => grant.max_age().min(limit),
            None => grant.max_age(),
        };
        self.entries.retain(|entry| entry.is_live(now));
        let methods = grant.methods.iter().cloned().map(Allows::Method);
        let headers = grant.headers.iter().cloned().map(Allows::Header);
        for allows in methods.chain(headers) {
            let mut is_new = true;
            for entry in &mut self.entries {
                if entry.matches(fetch, url) && entry.allows.covers(&allows) {
                    entry.max_age = max_age;
                    is_new = false;
                }
            }
            if is_new {
                self.entries.push(CachedGrant {
                    origin: fetch.origin().into(),
                    url: url.into(),
                    stored: now,
                    max_age,
                    credentials: fetch.includes_credentials(),
                    allows,
                });
            }
        }
    }

    /// Forgets what was allowed to this origin at this URL. A browser does so when a fetch with a
    /// preflight fails in any way
    /// ([clear cache entries](https://fetch.spec.whatwg.org/#concept-cache-clear)).
    pub fn clear(&mut self, fetch: &Fetch, url: &str) {
        self.entries
            .retain(|entry| entry.url != url || entry.origin != fetch.origin());
    }
}

impl CachedGrant {
    fn is_live(&self, now: Duration) -> bool {
        now.saturating_sub(self.stored) < self.max_age
    }

    // cache entry match (https://fetch.spec.whatwg.org/#concept-cache-match)
    fn matches(&self, fetch: &Fetch, url: &str) -> bool {
        self.origin == fetch.origin()
            && self.url == url
            && (self.credentials || !fetch.includes_credentials())
    }

    fn is_for(&self, fetch: &Fetch, url: &str, now: Duration) -> bool {
        self.is_live(now) && self.matches(fetch, url)
    }
}

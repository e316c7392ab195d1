//! The CORS preflight: whether it is needed, its request, and its result.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use super::failure::PreflightFailure;
use super::fetch::Fetch;
use super::header_list::HeaderList;
use super::request::Request;
use super::response::Response;
use super::{safelist, values};
use crate::message::{header_name, method};

/// How long a preflight's answer lasts that does not say it
/// ([CORS-preflight fetch](https://fetch.spec.whatwg.org/#cors-preflight-fetch-0), step 7.9).
const DEFAULT_MAX_AGE_SECS: u64 = 5;

/// The result of a preflight, for the [`PreflightCache`](super::PreflightCache).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreflightGrant {
    pub(super) methods: Vec<String>,
    pub(super) headers: Vec<String>,
    max_age: Duration,
}

impl PreflightGrant {
    /// The methods that the answer lists; `*` is given as it is.
    #[must_use]
    pub fn methods(&self) -> &[String] {
        &self.methods
    }

    /// The names that the answer lists, in lower case; `*` is given as it is.
    #[must_use]
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// How long the answer lasts: 5 seconds where `Access-Control-Max-Age` is missing or malformed.
    #[must_use]
    pub fn max_age(&self) -> Duration {
        self.max_age
    }
}

impl Fetch {
    /// Whether the request must be preceded by a preflight, if no answer to an earlier one is
    /// cached ([main fetch](https://fetch.spec.whatwg.org/#main-fetch)).
    ///
    /// It must if the method is not `GET`, `HEAD` or `POST`, if a header is not safelisted, or if
    /// the use-CORS-preflight flag is set.
    #[must_use]
    pub fn needs_preflight(&self) -> bool {
        self.use_preflight
            || !method::is_cors_safelisted(self.method().as_bytes())
            || !safelist::unsafe_names(&self.headers).is_empty()
    }

    /// The names of the headers that a preflight must ask for: lower-case, sorted by their bytes,
    /// each one once
    /// ([CORS-unsafe request-header names](https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names)).
    ///
    /// A header is unsafe by its name, by its value, or if that is longer than 128 bytes. Where the
    /// safe ones have more than 1,024 bytes together, they are unsafe too.
    pub fn unsafe_header_names(&self) -> impl Iterator<Item = &str> {
        safelist::unsafe_names(&self.headers).into_iter()
    }

    /// The preflight for this fetch, whether or not [it needs one](Self::needs_preflight)
    /// ([CORS-preflight fetch](https://fetch.spec.whatwg.org/#cors-preflight-fetch-0), steps 1 to 5).
    #[must_use]
    pub fn preflight(&self) -> Request {
        let request = Request::new("OPTIONS")
            .header("accept", "*/*")
            .header(header_name::REQUEST_METHOD, self.method());
        let names: Vec<&str> = self.unsafe_header_names().collect();
        let request = if names.is_empty() {
            request
        } else {
            request.header(header_name::REQUEST_HEADERS, names.join(","))
        };
        request.header(header_name::ORIGIN, self.origin().as_str())
    }

    /// Whether this answer to the preflight lets the request follow
    /// ([CORS-preflight fetch](https://fetch.spec.whatwg.org/#cors-preflight-fetch-0), step 7).
    ///
    /// # Errors
    ///
    /// It does not, and the first step that fails says why: the CORS check, the status, a malformed
    /// list, the method, `Authorization`, another request header.
    pub fn preflight_check(&self, response: &Response) -> Result<PreflightGrant, PreflightFailure> {
        self.cors_check(response).map_err(PreflightFailure::Check)?;
        if !response.is_ok() {
            return Err(PreflightFailure::Status(response.status()));
        }
        let headers = &response.headers;
        let methods = headers.extract_tokens(header_name::ALLOW_METHODS);
        let methods = methods.map_err(|_| PreflightFailure::AllowMethodsMalformed {
            found: joined(headers, header_name::ALLOW_METHODS),
        })?;
        let names = headers.extract_tokens(header_name::ALLOW_HEADERS);
        let names = names.map_err(|_| PreflightFailure::AllowHeadersMalformed {
            found: joined(headers, header_name::ALLOW_HEADERS),
        })?;
        let methods = match methods {
            None if self.use_preflight => Vec::from([self.method()]),
            methods => methods.unwrap_or_default(),
        };
        let names = names.unwrap_or_default();
        self.check_method(&methods)?;
        self.check_headers(&names)?;
        let seconds = headers.extract_seconds(header_name::MAX_AGE);
        Ok(PreflightGrant {
            methods: methods.into_iter().map(Into::into).collect(),
            headers: names.iter().map(|name| name.to_ascii_lowercase()).collect(),
            max_age: Duration::from_secs(seconds.unwrap_or(DEFAULT_MAX_AGE_SECS)),
        })
    }

    fn check_method(&self, methods: &[&str]) -> Result<(), PreflightFailure> {
        if methods.contains(&self.method())
            || method::is_cors_safelisted(self.method().as_bytes())
            || self.wildcard_counts(methods)
        {
            return Ok(());
        }
        Err(PreflightFailure::MethodNotAllowed {
            method: self.method().into(),
        })
    }

    fn check_headers(&self, names: &[&str]) -> Result<(), PreflightFailure> {
        let is_listed = |name: &str| names.iter().any(|listed| listed.eq_ignore_ascii_case(name));
        let mut own_names = self.headers.names();
        if own_names
            .any(|name| header_name::is_cors_non_wildcard(name.as_bytes()) && !is_listed(name))
        {
            return Err(PreflightFailure::AuthorizationNotAllowed);
        }
        if self.wildcard_counts(names) {
            return Ok(());
        }
        match self.unsafe_header_names().find(|name| !is_listed(name)) {
            None => Ok(()),
            Some(name) => Err(PreflightFailure::HeaderNotAllowed { name: name.into() }),
        }
    }

    /// With credentials, `*` is a name like any other.
    fn wildcard_counts(&self, list: &[&str]) -> bool {
        !self.includes_credentials() && list.contains(&"*")
    }
}

fn joined(headers: &HeaderList, name: &str) -> Box<str> {
    values::decode(&headers.get(name).unwrap_or_default()).into()
}

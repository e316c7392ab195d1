//! Fetches, as requested by a page.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::convert::Infallible;

use super::header_list::HeaderList;
use super::request::Request;
use super::{safelist, values};
use crate::message::{header_name, method, token::is_token};
use crate::origin::quoted::Quoted;
use crate::origin::{MalformedOrigin, Origin, OriginRef};

/// A request's [credentials mode](https://fetch.spec.whatwg.org/#concept-request-credentials-mode).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Credentials {
    /// `omit`: no cookies, no client certificate, no HTTP authentication.
    Omit,
    /// `same-origin`, the default of `fetch()`. Towards another origin it is as good as `omit`.
    #[default]
    SameOrigin,
    /// `include`, which is also what `withCredentials` means for `XMLHttpRequest`.
    Include,
}

/// Why a page can't ask for a fetch: the call throws a `TypeError` and nothing is sent.
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidFetch {
    /// The text is not a method.
    #[error("{} is no method", Quoted(.found))]
    Method {
        /// The text.
        found: Box<str>,
    },
    /// A [forbidden method](https://fetch.spec.whatwg.org/#forbidden-method).
    #[error("no page can send the method {}", Quoted(.found))]
    ForbiddenMethod {
        /// The method.
        found: Box<str>,
    },
    /// The page's origin is not as a browser serializes it.
    #[error("invalid origin of a page: {0}")]
    Origin(#[from] MalformedOrigin),
    /// The text is not a [header name](https://fetch.spec.whatwg.org/#header-name).
    #[error("{} is no header name", Quoted(.found))]
    HeaderName {
        /// The text.
        found: Box<str>,
    },
    /// The bytes are not a [header value](https://fetch.spec.whatwg.org/#header-value).
    #[error("the value of {} has a NUL, a line feed or a carriage return", Quoted(.name))]
    HeaderValue {
        /// The name of the header.
        name: Box<str>,
    },
}

impl From<Infallible> for InvalidFetch {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

/// A fetch that a page makes, in mode `cors`, of an `http` or `https` URL of another origin.
///
/// ```
/// use cross_origin::browser::{Credentials, Fetch};
///
/// let fetch = Fetch::new("https://app.example", "put")?
///     .header("X-Trace", "1")?
///     .header("Content-Type", "application/json")?
///     .credentials(Credentials::Include);
/// assert_eq!(fetch.method(), "PUT");
/// assert!(fetch.needs_preflight());
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetch {
    origin: Origin,
    method: String,
    pub(super) headers: HeaderList,
    credentials: Credentials,
    pub(super) use_preflight: bool,
}

impl Fetch {
    /// A fetch by a page of this origin, with no headers and
    /// [`Credentials::SameOrigin`].
    ///
    /// Six methods are [normalized](https://fetch.spec.whatwg.org/#concept-method-normalize) to
    /// upper case; `patch` is not among them.
    ///
    /// # Errors
    ///
    /// The method is invalid, or [forbidden](https://fetch.spec.whatwg.org/#forbidden-method).
    pub fn new<'o, O>(origin: O, method: &str) -> Result<Self, InvalidFetch>
    where
        O: TryInto<OriginRef<'o>, Error: Into<InvalidFetch>>,
    {
        let origin = origin.try_into().map_err(Into::into)?;
        let found = || method.into();
        if !is_token(method.as_bytes()) {
            return Err(InvalidFetch::Method { found: found() });
        }
        if method::is_forbidden(method.as_bytes()) {
            return Err(InvalidFetch::ForbiddenMethod { found: found() });
        }
        Ok(Self {
            origin: origin.into(),
            method: method::normalize(method).into(),
            headers: HeaderList::default(),
            credentials: Credentials::default(),
            use_preflight: false,
        })
    }

    /// Appends a header, as the page sets it.
    ///
    /// A [forbidden request-header](https://fetch.spec.whatwg.org/#forbidden-request-header) is
    /// dropped without a word, as by a browser. A name may come several times, as in `fetch()`;
    /// `XMLHttpRequest` combines the values with `", "` first. A body brings a `Content-Type` of
    /// its own where the page sets none: give it here, if it matters.
    ///
    /// # Errors
    ///
    /// The name is not a token, or the value has a NUL, a line feed or a carriage return inside.
    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Result<Self, InvalidFetch> {
        let value = values::normalize(value.as_ref());
        if !is_token(name.as_bytes()) {
            return Err(InvalidFetch::HeaderName { found: name.into() });
        }
        if !values::is_header_value(value) {
            return Err(InvalidFetch::HeaderValue { name: name.into() });
        }
        if !safelist::is_forbidden(name, value) {
            self.headers.append(name.as_bytes(), value);
        }
        Ok(self)
    }

    /// Sets the credentials mode.
    #[must_use]
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = credentials;
        self
    }

    /// Sets the
    /// [use-CORS-preflight flag](https://fetch.spec.whatwg.org/#use-cors-preflight-flag): there is
    /// a listener on an `XMLHttpRequest`'s `upload`, or the body is a stream.
    #[must_use]
    pub fn use_cors_preflight(mut self) -> Self {
        self.use_preflight = true;
        self
    }

    /// The page's origin.
    #[must_use]
    pub fn origin(&self) -> OriginRef<'_> {
        self.origin.as_origin_ref()
    }

    /// The method, normalized.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The page's headers, with names in lower case, without the forbidden ones.
    #[must_use]
    pub fn headers(&self) -> &[(String, Vec<u8>)] {
        self.headers.lines()
    }

    /// The credentials mode.
    #[must_use]
    pub fn credentials_mode(&self) -> Credentials {
        self.credentials
    }

    /// The request itself, which follows the preflight if there is one: the page's headers and
    /// `Origin`.
    #[must_use]
    pub fn request(&self) -> Request {
        Request::new(&self.method)
            .headers(self.headers())
            .header(header_name::ORIGIN, self.origin.as_str())
    }

    pub(super) fn includes_credentials(&self) -> bool {
        self.credentials == Credentials::Include
    }
}

//! The CORS check and the TAO check of a response.

use super::failure::CheckFailure;
use super::fetch::Fetch;
use super::response::Response;
use super::values;
use crate::message::header_name;

impl Fetch {
    /// Performs the [CORS check](https://fetch.spec.whatwg.org/#concept-cors-check), which decides
    /// whether the page may have this response. Its status does not matter.
    ///
    /// A redirect is checked as well, before it is followed. A 304 to a request that the cache made
    /// conditional is not: check what [`HttpCache::receive`](super::HttpCache::receive) makes of it.
    ///
    /// # Errors
    ///
    /// The response is not shared with this page.
    ///
    /// ```
    /// use cross_origin::OriginRef;
    /// use cross_origin::browser::{Fetch, Response};
    ///
    /// let fetch = Fetch::new(OriginRef::from_header(b"https://app.example")?, "GET")?;
    /// let response = Response::new(200).header("Access-Control-Allow-Origin", "https://app.example/");
    /// let failure = fetch.cors_check(&response).unwrap_err();
    /// assert_eq!(failure.step().to_string(), "https://fetch.spec.whatwg.org/#concept-cors-check, step 4");
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub fn cors_check(&self, response: &Response) -> Result<(), CheckFailure> {
        let headers = &response.headers;
        let Some(allow_origin) = headers.get(header_name::ALLOW_ORIGIN) else {
            return Err(CheckFailure::AllowOriginMissing);
        };
        if allow_origin == b"*" {
            return if self.includes_credentials() {
                Err(CheckFailure::AllowOriginWildcard)
            } else {
                Ok(())
            };
        }
        if allow_origin != self.origin().as_str().as_bytes() {
            let found = values::decode(&allow_origin).into();
            return Err(CheckFailure::AllowOriginMismatch { found });
        }
        if !self.includes_credentials() {
            return Ok(());
        }
        let allow_credentials = headers.get(header_name::ALLOW_CREDENTIALS);
        if allow_credentials.as_deref() == Some(b"true") {
            return Ok(());
        }
        let found = allow_credentials.map(|value| values::decode(&value).into());
        Err(CheckFailure::CredentialsNotAllowed { found })
    }

    /// Performs the [TAO check](https://fetch.spec.whatwg.org/#concept-tao-check), which decides whether
    /// the page may have the detailed timing of this response.
    ///
    /// It does not include the CORS check. Each element of `Timing-Allow-Origin` is compared by itself,
    /// even if others are malformed.
    #[must_use]
    pub fn tao_check(&self, response: &Response) -> bool {
        let Some(value) = response.headers.get(header_name::TIMING_ALLOW_ORIGIN) else {
            return false;
        };
        values::split(&value)
            .into_iter()
            .any(|element| element == b"*" || element == self.origin().as_str().as_bytes())
    }
}

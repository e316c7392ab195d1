//! The part of a response that is exposed to the page.

use alloc::vec::Vec;

use super::failure::Failure;
use super::fetch::Fetch;
use super::header_list::HeaderList;
use super::request::Request;
use super::response::Response;
use crate::message::header_name;

/// [CORS-safelisted response-header names](https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name)
/// that need no exposing.
const ALWAYS_EXPOSED: [&str; 7] = [
    "cache-control",
    "content-language",
    "content-length",
    "content-type",
    "expires",
    "last-modified",
    "pragma",
];

impl Fetch {
    /// The response as the page sees it: of its headers only the safelisted ones and those that it
    /// exposes ([CORS filtered response](https://fetch.spec.whatwg.org/#concept-filtered-response-cors)).
    ///
    /// `*` exposes all but `Set-Cookie`, `Authorization` included, unless the fetch includes
    /// credentials. One malformed element spoils the whole of `Access-Control-Expose-Headers`.
    ///
    /// It does not make the [CORS check](Self::cors_check).
    ///
    /// ```
    /// use cross_origin::OriginRef;
    /// use cross_origin::browser::{Fetch, Response};
    ///
    /// let fetch = Fetch::new(OriginRef::from_header(b"https://app.example")?, "GET")?;
    /// let response = Response::new(200)
    ///     .header("ETag", "\"1\"")
    ///     .header("X-Total", "7")
    ///     .header("Access-Control-Expose-Headers", "X-Total");
    /// assert_eq!(fetch.filtered(&response), Response::new(200).header("x-total", "7"));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[must_use]
    pub fn filtered(&self, response: &Response) -> Response {
        let exposed = self.exposed_names(&response.headers);
        let mut filtered = response.clone();
        filtered.headers.retain(|name| {
            ALWAYS_EXPOSED.contains(&name)
                || !header_name::is_forbidden_response(name.as_bytes())
                    && exposed.iter().any(|known| known.eq_ignore_ascii_case(name))
        });
        filtered
    }

    /// The whole fetch, without caches: the preflight if there must be one, then the request, then
    /// the response as the page sees it.
    ///
    /// Redirects are not followed: one that passes the CORS check is given as it is.
    ///
    /// # Errors
    ///
    /// The page gets nothing, because the preflight or the response fails. After a preflight that
    /// fails the server is not asked again.
    ///
    /// ```
    /// use cross_origin::browser::{Fetch, Response};
    ///
    /// let fetch = Fetch::new("https://app.example", "DELETE")?;
    /// let failure = fetch.send_to(|_| Response::new(404)).unwrap_err();
    /// assert_eq!(
    ///     failure.console(),
    ///     "Response to preflight request doesn't pass access control check: \
    ///      No 'Access-Control-Allow-Origin' header is present on the requested resource.",
    /// );
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub fn send_to(
        &self,
        mut server: impl FnMut(&Request) -> Response,
    ) -> Result<Response, Failure> {
        if self.needs_preflight() {
            self.preflight_check(&server(&self.preflight()))?;
        }
        let response = server(&self.request());
        self.cors_check(&response)?;
        Ok(self.filtered(&response))
    }

    /// Like [`send_to`](Self::send_to), to a server that answers asynchronously, such as an axum router.
    ///
    /// # Errors
    ///
    /// Those of [`send_to`](Self::send_to).
    ///
    /// ```
    /// use cross_origin::browser::{Fetch, Response, assert_shared};
    ///
    /// # async fn test() {
    /// let fetch = Fetch::new("https://app.example", "PUT").unwrap();
    /// let result = fetch.send_to_async(async |_request| {
    ///     // With the feature `http`, of an axum router:
    ///     // app.clone().oneshot(_request.to_http("/", Body::empty()).unwrap()).await.unwrap().into()
    ///     Response::new(200).header("Access-Control-Allow-Origin", "*")
    /// });
    /// assert_shared(result.await);
    /// # }
    /// ```
    pub async fn send_to_async(
        &self,
        mut server: impl AsyncFnMut(Request) -> Response,
    ) -> Result<Response, Failure> {
        if self.needs_preflight() {
            self.preflight_check(&server(self.preflight()).await)?;
        }
        let response = server(self.request()).await;
        self.cors_check(&response)?;
        Ok(self.filtered(&response))
    }

    /// The [CORS-exposed header-name list](https://fetch.spec.whatwg.org/#concept-response-cors-exposed-header-name-list),
    /// as [main fetch](https://fetch.spec.whatwg.org/#main-fetch) sets it.
    fn exposed_names<'r>(&self, headers: &'r HeaderList) -> Vec<&'r str> {
        // Failure sets the list as well, to nothing that a name could be in.
        let names = headers.extract_tokens(header_name::EXPOSE_HEADERS);
        let names = names.ok().flatten().unwrap_or_default();
        if !self.includes_credentials() && names.contains(&"*") {
            return headers.names().collect();
        }
        names
    }
}

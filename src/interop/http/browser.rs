//! Requests and responses of the model of a browser, from and to those of the crate `http`.

use crate::browser::{Request, Response};

impl Request {
    /// Creates the request in the types of the crate `http`, for a server under test.
    ///
    /// # Errors
    ///
    /// The target is not a URI.
    ///
    /// ```
    /// use cross_origin::browser::Fetch;
    ///
    /// let request = Fetch::new("https://app.example", "PUT")?.preflight().to_http("/items/1", ())?;
    /// assert_eq!((request.method().as_str(), request.uri().path()), ("OPTIONS", "/items/1"));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub fn to_http<B>(&self, target: &str, body: B) -> Result<http::Request<B>, http::Error> {
        let request = http::Request::builder().method(self.method()).uri(target);
        let headers = self.header_list().iter();
        let request = headers.fold(request, |request, (name, value)| {
            request.header(name, value.as_slice())
        });
        request.body(body)
    }
}

impl<B> From<&http::Request<B>> for Request {
    fn from(request: &http::Request<B>) -> Self {
        Self::new(request.method().as_str()).headers(request.headers())
    }
}

impl<B> From<&http::Response<B>> for Response {
    fn from(response: &http::Response<B>) -> Self {
        Self::new(response.status().as_u16()).headers(response.headers())
    }
}

impl<B> From<http::Response<B>> for Response {
    fn from(response: http::Response<B>) -> Self {
        (&response).into()
    }
}

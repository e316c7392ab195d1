//! What a policy can evaluate.

use core::borrow::Borrow;

use super::request::RequestHeaders;

/// A request that a policy can evaluate: a `&RequestHeaders`, or with the feature `http` a
/// `&http::Request` or `&http::request::Parts`.
///
/// Implement it for a reference to the request type of another framework, to pass that type to
/// [`Policy::evaluate`](crate::Policy::evaluate):
///
/// ```
/// use cross_origin::{IntoRequestHeaders, Policy, RequestHeaders};
///
/// struct MyRequest {
///     method: String,
///     headers: Vec<(String, String)>,
/// }
///
/// impl<'a> IntoRequestHeaders<'a> for &'a MyRequest {
///     type View = RequestHeaders<'a>;
///
///     fn into_request_headers(self) -> RequestHeaders<'a> {
///         RequestHeaders::new(&self.method).headers(&self.headers)
///     }
/// }
///
/// let request = MyRequest { method: "GET".into(), headers: Vec::new() };
/// assert!(!Policy::deny_all().evaluate(&request).is_allowed());
/// ```
pub trait IntoRequestHeaders<'a> {
    /// The view, or a reference to it.
    type View: Borrow<RequestHeaders<'a>>;

    /// Returns the view of the request.
    fn into_request_headers(self) -> Self::View;
}

impl<'a> IntoRequestHeaders<'a> for &RequestHeaders<'a> {
    type View = Self;

    #[inline]
    fn into_request_headers(self) -> Self {
        self
    }
}

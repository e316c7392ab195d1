//! Requests, as browsers send them.

use alloc::string::String;
use alloc::vec::Vec;

use super::header_list::HeaderList;
use crate::message::{Header, RequestHeaders};

/// A request on its way to a server: the method and the headers that matter here.
///
/// [`Fetch::request`](super::Fetch::request) and [`Fetch::preflight`](super::Fetch::preflight) make
/// one. Other headers of browsers (`Host`, `Cookie`, `Sec-Fetch-Site` and so on) are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    method: String,
    pub(super) headers: HeaderList,
}

impl Request {
    /// Creates a request of this method, without headers: for requests that no [`Fetch`](super::Fetch)
    /// makes, such as the load of an image, which has no `Origin`.
    #[must_use]
    pub fn new(method: &str) -> Self {
        Self {
            method: method.into(),
            headers: HeaderList::default(),
        }
    }

    /// Adds one header. Invalid headers (the name is not a token, or the value contains a NUL, a line
    /// feed or a carriage return) are left out.
    #[must_use]
    pub fn header(mut self, name: impl AsRef<[u8]>, value: impl AsRef<[u8]>) -> Self {
        self.headers.append(name.as_ref(), value.as_ref());
        self
    }

    /// Adds headers, as [`RequestHeaders::headers`] takes them; each as
    /// [`header`](Self::header) adds it.
    #[must_use]
    pub fn headers<'a, I>(mut self, lines: I) -> Self
    where
        I: IntoIterator,
        I::Item: Header<'a>,
    {
        self.headers.extend(lines);
        self
    }

    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Returns its headers, with names in lower case.
    #[must_use]
    pub fn header_list(&self) -> &[(String, Vec<u8>)] {
        self.headers.lines()
    }

    /// Returns the view that a policy evaluates.
    #[must_use]
    pub fn request_headers(&self) -> RequestHeaders<'_> {
        RequestHeaders::new(&self.method).headers(self.header_list())
    }
}

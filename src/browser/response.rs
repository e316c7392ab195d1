//! Responses, as browsers receive them.

use alloc::string::String;
use alloc::vec::Vec;

use super::header_list::HeaderList;
use crate::message::{Header, Headers};

/// A response: its status and its headers. Bodies are not modelled.
///
/// ```
/// use cross_origin::browser::Response;
///
/// let response = Response::new(200).header("Access-Control-Allow-Origin", "*");
/// assert_eq!(response.header_list(), [("access-control-allow-origin".into(), b"*".into())]);
/// ```
///
/// Invalid headers (the name is not a token, or the value contains a NUL, a line feed or a carriage
/// return) cannot arrive, so they are left out. White space around a value is dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    status: u16,
    pub(super) headers: HeaderList,
}

impl Response {
    /// Creates a response of this status, without headers.
    #[must_use]
    pub fn new(status: u16) -> Self {
        Self {
            status,
            headers: HeaderList::default(),
        }
    }

    /// Adds one header.
    #[must_use]
    pub fn header(mut self, name: impl AsRef<[u8]>, value: impl AsRef<[u8]>) -> Self {
        self.headers.append(name.as_ref(), value.as_ref());
        self
    }

    /// Adds headers: a slice or an iterator of pairs, a `&http::HeaderMap`, or any iterator of
    /// [`Header`]s.
    #[must_use]
    pub fn headers<'a, I>(mut self, lines: I) -> Self
    where
        I: IntoIterator,
        I::Item: Header<'a>,
    {
        self.headers.extend(lines);
        self
    }

    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Returns its headers, with names in lower case.
    #[must_use]
    pub fn header_list(&self) -> &[(String, Vec<u8>)] {
        self.headers.lines()
    }

    /// Whether the status is an [ok status](https://fetch.spec.whatwg.org/#ok-status).
    pub(super) fn is_ok(&self) -> bool {
        matches!(self.status, 200..=299)
    }
}

impl Headers for Response {
    fn get_all(&self, name: &str, visit: &mut dyn FnMut(&[u8])) {
        self.headers.values(name).for_each(visit);
    }
    fn append(&mut self, name: &'static str, value: &str) -> bool {
        self.headers.append(name.as_bytes(), value.as_bytes());
        true
    }
    fn remove(&mut self, name: &'static str) {
        self.headers.retain(|known| known != name);
    }
}

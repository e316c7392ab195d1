//! HTTP messages: methods, header names, request headers and changes to response headers.

pub(crate) mod change;
pub(crate) mod header_name;
mod into_request;
pub(crate) mod lines;
pub(crate) mod list;
mod maps;
pub(crate) mod method;
pub(crate) mod request;
pub(crate) mod token;

pub use change::{HeaderChange, Headers};
pub use into_request::IntoRequestHeaders;
pub use lines::MAX_REQUEST_HEADERS_LINES;
pub use list::{MAX_REQUEST_HEADERS, MAX_REQUEST_HEADERS_LEN};
pub use method::{MAX_METHOD_LEN, RequestMethod};
pub use request::{Header, RequestHeaders, RequestKind};

//! What HTTP says: methods, field names, the request's view and changes to a response's fields.

pub(crate) mod change;
pub(crate) mod field_name;
pub(crate) mod lines;
pub(crate) mod list;
pub(crate) mod method;
pub(crate) mod request;
pub(crate) mod token;

pub use change::{FieldChange, FieldSection};
pub use lines::MAX_REQUEST_HEADERS_LINES;
pub use list::{MAX_REQUEST_HEADERS, MAX_REQUEST_HEADERS_LEN};
pub use method::MAX_METHOD_LEN;
pub use request::{FieldLine, RequestHeaders, RequestKind};

//! The one policy that every peer is given: these origins, with credentials, three methods and three
//! header names.

pub const METHODS: [&str; 3] = ["PUT", "PATCH", "DELETE"];
pub const NAMES: [&str; 3] = ["authorization", "content-type", "x-request-id"];
pub const EXPOSED: &str = "x-request-id";
pub use crate::by_hand::MAX_AGE;

/// A response says so.
pub const ALLOW_ORIGIN: &str = "access-control-allow-origin";

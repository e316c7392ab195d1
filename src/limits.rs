//! Limits of requests, policies and texts.

#[cfg(feature = "advice")]
pub use crate::advice::diff::MAX_DIFF_STEPS;
#[cfg(feature = "advice")]
pub use crate::advice::differences::MAX_DIFFERENCES_LEN;
#[cfg(feature = "advice")]
pub use crate::advice::explain::{MAX_EXPLANATION_LEN, MAX_SHORT_EXPLANATION_LEN};
pub use crate::message::{
    MAX_METHOD_LEN, MAX_REQUEST_HEADERS, MAX_REQUEST_HEADERS_LEN, MAX_REQUEST_HEADERS_LINES,
};
pub use crate::origin::MAX_ORIGIN_LEN;
pub use crate::origin::quoted::MAX_QUOTED_LEN;
pub use crate::policy::{
    MAX_EXPOSED_HEADERS, MAX_MAX_AGE_SECS, MAX_METHODS, MAX_PROBLEM_LEN, MAX_PROBLEMS, MAX_RULES,
};

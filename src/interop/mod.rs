//! Other crates, one file for each.

#[cfg(feature = "http")]
pub(crate) mod http;
#[cfg(feature = "serde")]
mod serde;

//! Support for other crates, one module each.

#[cfg(feature = "http")]
pub(crate) mod http;
#[cfg(feature = "serde")]
pub(crate) mod serde;
#[cfg(feature = "tower")]
pub mod tower;

//! Support for the types of the crate `http`.

mod answer;
#[cfg(feature = "browser")]
mod browser;
mod header_map;
mod ready;
mod request;

pub use answer::ResponseHeaders;
#[cfg(feature = "tower")]
pub(super) use header_map::merge_vary;
#[cfg(feature = "tower")]
pub(super) use ready::prepare;
#[cfg(feature = "tower")]
pub(super) use request::view;

//! Support for the types of the crate `http`.

mod answer;
mod header_map;
mod ready;
mod request;

pub use answer::ResponseHeaders;

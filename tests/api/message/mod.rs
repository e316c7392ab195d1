//! Requests.

mod maps;
mod request;

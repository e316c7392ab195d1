//! The types of the crate `http`, and policies in text.

mod formats;
mod http;
mod schema;
mod text;
mod text_keys;
mod text_round_trip;
mod tower;

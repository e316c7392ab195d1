//! Web origins.

mod text;
mod values;
mod wire;

//! Web origins.

mod file;
mod text;
mod values;
mod wire;

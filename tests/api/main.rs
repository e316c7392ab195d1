//! What the public API does, one module a folder of `src`.

mod advice;
mod browser;
mod interop;
mod message;
mod origin;
mod pattern;
mod policy;
mod presets;
#[path = "../support/mod.rs"]
mod support;

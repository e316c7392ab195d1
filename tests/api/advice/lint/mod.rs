//! Lints: valid configuration that is probably a mistake.

mod cases;
mod covered;
mod documentation;
mod lists;
mod origins;

//! Texts for people: explanations, word by word, and what values display.

mod display;
mod explain;
#[path = "../support/mod.rs"]
mod support;

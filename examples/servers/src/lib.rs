#![doc = include_str!("../../../README.md")]

pub mod demo;
pub mod embed;

// What the README links to.
#[cfg(doc)]
use cross_origin::*;

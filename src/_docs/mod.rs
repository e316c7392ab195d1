//! Longer documents.

#[cfg(doc)]
use crate::*;

// Their examples need the default features.
#[cfg_attr(all(feature = "idna", feature = "psl"), doc = include_str!("migration.md"))]
#[cfg_attr(
    not(all(feature = "idna", feature = "psl")),
    doc = "Migrating from another CORS library: see the documentation with the default features."
)]
pub mod migration {}

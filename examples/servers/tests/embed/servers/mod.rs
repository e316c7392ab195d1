//! The application on every embedding.

pub mod actix_web;
pub mod axum;
pub mod hyper;
pub mod poem;
pub mod std_httparse;

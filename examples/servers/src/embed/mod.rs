//! CORS for a web framework, one file each. Copy the one that you need.

pub mod actix_panic;
pub mod actix_web;
pub mod hyper;
pub mod poem;
pub mod std_httparse;
pub mod tower;

//! CORS for a web framework, one file each. Copy the one that you need. For axum and other servers on
//! tower services the library itself has a layer, `cross_origin::tower::CorsLayer`.

pub mod actix_panic;
pub mod actix_web;
pub mod hyper;
pub mod poem;
pub mod std_httparse;

//! `cors-core`, which is given the headers. The pass over the pairs that finds them is subtracted, or not.

use std::hint::black_box;
use std::time::Duration;

use cors_core::{AllowHeaders, AllowOrigin, Cors, CorsDecision};

use crate::ours::nothing;
use crate::peer::Peer;
use crate::policy::{EXPOSED, MAX_AGE, METHODS, NAMES};
use crate::server::{Asked, Borrowing, Server};
use crate::support::floor;

pub const PEER: Peer = Peer {
    name: "cors-core",
    is_of_one: false,
    shows_denial: true,
    build,
    bare: || {
        Box::new(Borrowing(|request: &Asked<'_>| {
            black_box(floor::pass(&request.headers));
            false
        }))
    },
};

/// As the row that it is compared with: the pass counts too.
pub const FROM_PAIRS: Peer = Peer {
    name: "cors-core, from pairs",
    bare: nothing,
    ..PEER
};

fn build(origins: &[String]) -> Box<dyn Server> {
    let cors = Cors::builder()
        .allow_origin(AllowOrigin::exact(origins))
        .allow_methods(METHODS)
        .allow_headers(AllowHeaders::list(NAMES))
        .expose_headers([EXPOSED])
        .allow_credentials(true)
        .max_age(Duration::from_secs(MAX_AGE.into()))
        .build()
        .unwrap();
    Box::new(Borrowing(move |request: &Asked<'_>| {
        let seen = black_box(floor::pass(&request.headers));
        let method = request.method.as_bytes();
        let decision = cors.evaluate(method, seen.origin, seen.method, seen.names, false);
        matches!(
            black_box(&decision),
            CorsDecision::Simple(_) | CorsDecision::Preflight(_)
        )
    }))
}

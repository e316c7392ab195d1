//! `cors-core` is given the fields; the pass over the pairs that finds them is what is subtracted.

use std::hint::black_box;
use std::time::Duration;

use cors_core::{AllowHeaders, AllowOrigin, Cors, CorsDecision};

use crate::peer::Peer;
use crate::policy::{EXPOSED, MAX_AGE, METHODS, NAMES};
use crate::server::{Asked, Borrowing};
use crate::support::floor;

pub const PEER: Peer = Peer {
    name: "cors-core",
    is_of_one: false,
    shows_denial: true,
    build: |origins| {
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
            let seen = black_box(floor::pass(&request.fields));
            let method = request.method.as_bytes();
            let decision = cors.evaluate(method, seen.origin, seen.method, seen.names, false);
            let decision = black_box(&decision);
            matches!(
                decision,
                CorsDecision::Simple(_) | CorsDecision::Preflight(_)
            )
        }))
    },
    bare: || {
        Box::new(Borrowing(|request: &Asked<'_>| {
            black_box(floor::pass(&request.fields));
            false
        }))
    },
};

//! The least that can be done.

use std::hint::black_box;

use crate::ours::nothing;
use crate::peer::Peer;
use crate::server::{Asked, Borrowing};
use crate::support::floor;

/// One pass over the pairs, and one compare.
pub const PASS: Peer = Peer {
    name: "floor: one pass and one compare",
    is_of_one: true,
    shows_denial: true,
    build: |origins| {
        let allowed = origins[0].clone();
        Box::new(Borrowing(move |request: &Asked<'_>| {
            black_box(floor::pass(&request.headers)).is_from(&allowed)
        }))
    },
    bare: nothing,
};

/// One pass over the pairs, and one look-up in a hash set.
pub const HASH_SET: Peer = Peer {
    name: "floor: one pass and one hash set",
    is_of_one: false,
    shows_denial: true,
    build: |origins| {
        let allowed: hashbrown::HashSet<Box<[u8]>> = origins
            .iter()
            .map(|origin| origin.as_bytes().into())
            .collect();
        Box::new(Borrowing(move |request: &Asked<'_>| {
            let seen = black_box(floor::pass(&request.headers));
            seen.origin.is_some_and(|origin| allowed.contains(origin))
        }))
    },
    bare: nothing,
};

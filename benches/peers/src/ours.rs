//! This crate, in the ways in which it can be called.

use std::hint::black_box;
use std::time::Duration;

use ::tower::Layer;
use cross_origin::tower::CorsLayer;
use cross_origin::{OriginSet, Policy, RequestHeaders, Rule};
use http::{HeaderValue, Request, Response};

use crate::application;
use crate::by_hand::ByHand;
use crate::peer::Peer;
use crate::policy::{ALLOW_ORIGIN, EXPOSED, MAX_AGE, METHODS, NAMES};
use crate::server::{Asked, Borrowing, Of, Server};
use crate::support::requests::{self, APP};
use crate::tower;

pub const PAIRS: Peer = Peer {
    name: "ours, from pairs",
    is_of_one: false,
    shows_denial: true,
    build: |origins| {
        let policy = policy(origins);
        Box::new(Borrowing(move |request: &Asked<'_>| {
            let view = RequestHeaders::new(request.method).headers(&request.headers);
            let decision = policy.evaluate(&view);
            black_box(&decision).is_allowed()
        }))
    },
    bare: nothing,
};

pub const HEADER_MAP: Peer = Peer {
    name: "ours, from a `HeaderMap`",
    is_of_one: false,
    shows_denial: true,
    build: |origins| {
        let policy = policy(origins);
        Box::new(Of {
            make: http_request,
            answer: move |request: Request<()>| {
                let decision = policy.evaluate(&RequestHeaders::from(&request));
                let is_allowed = black_box(&decision).is_allowed();
                (request, is_allowed)
            },
            is_allowed: |&(_, is_allowed): &(Request<()>, bool)| is_allowed,
        })
    },
    bare: || {
        Box::new(Of {
            make: http_request,
            answer: |request: Request<()>| (request, false),
            is_allowed: |_: &(Request<()>, bool)| false,
        })
    },
};

pub const IN_AND_OUT: Peer = Peer {
    name: "ours, request to response",
    is_of_one: false,
    shows_denial: false,
    build: |origins| in_and_out(policy(origins)),
    bare: handler,
};

pub const TWO: Peer = Peer {
    name: "ours with two origins, request to response",
    is_of_one: true,
    shows_denial: true,
    build: |_| in_and_out(policy(&ORIGINS.map(str::to_owned))),
    bare: handler,
};

pub const BY_HAND: Peer = Peer {
    name: "by hand, the same headers",
    is_of_one: true,
    shows_denial: false,
    build: |_| by_hand(&ORIGINS[..1]),
    bare: handler,
};

pub const TWO_BY_HAND: Peer = Peer {
    name: "by hand with two origins, the same headers",
    is_of_one: true,
    shows_denial: true,
    build: |_| by_hand(&ORIGINS),
    bare: handler,
};

pub const LAYER: Peer = Peer {
    name: "ours, `CorsLayer`",
    is_of_one: false,
    shows_denial: false,
    build: |origins| tower::serve(CorsLayer::new(policy(origins)).layer(tower::service())),
    bare: || tower::serve(tower::service()),
};

const ORIGINS: [&str; 2] = [APP, "https://app.example.org"];

fn in_and_out(policy: Policy) -> Box<dyn Server> {
    Box::new(Of {
        make: http_request,
        answer: move |request: Request<()>| {
            let answer = policy.answer(request.method(), request.headers());
            if let Some(done) = answer.preflight() {
                return done;
            }
            let mut response = handle(request);
            answer.apply(response.headers_mut());
            response
        },
        is_allowed: allows_app,
    })
}

fn by_hand(allowed: &[&'static str]) -> Box<dyn Server> {
    let allowed = allowed.iter().copied().map(HeaderValue::from_static);
    let by_hand = ByHand {
        allowed: allowed.collect(),
    };
    Box::new(Of {
        make: http_request,
        answer: move |request: Request<()>| {
            let verdict = by_hand.judge(&request);
            if let Some(done) = by_hand.preflight(&verdict) {
                return done;
            }
            let mut response = handle(request);
            by_hand.apply(&verdict, response.headers_mut());
            response
        },
        is_allowed: allows_app,
    })
}

/// Nothing at all: what the loop costs.
pub fn nothing() -> Box<dyn Server> {
    Box::new(Borrowing(|request: &Asked<'_>| {
        black_box(request);
        false
    }))
}

/// The application behind the policy, alone.
fn handler() -> Box<dyn Server> {
    Box::new(Of {
        make: http_request,
        answer: handle,
        is_allowed: |_: &Response<()>| false,
    })
}

fn handle(request: Request<()>) -> Response<()> {
    let response = application::respond(request.method(), ());
    drop(request);
    response
}

fn http_request(request: &Asked<'_>) -> Request<()> {
    requests::http(request.method, &request.headers)
}

/// A policy of one origin says it to everybody, and leaves it to the browser to see the difference.
fn allows_app(response: &Response<()>) -> bool {
    response.headers().contains_key(ALLOW_ORIGIN)
}

pub fn policy(origins: &[String]) -> Policy {
    let rule = Rule::allow_origins(origins)
        .allow_credentials()
        .allow_methods(METHODS)
        .allow_headers(NAMES)
        .expose_headers([EXPOSED])
        .max_age(Duration::from_secs(MAX_AGE.into()));
    Policy::new([rule]).unwrap_or_else(|problems| panic!("{problems}"))
}

pub fn set(origins: &[String]) -> OriginSet {
    OriginSet::parse(origins).unwrap()
}

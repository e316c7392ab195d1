//! `poem`'s middleware around an endpoint that does nothing.

use poem::endpoint::make_sync;
use poem::http::Method;
use poem::middleware::Cors;
use poem::{Endpoint, EndpointExt, Request, Response};

use crate::application;
use crate::peer::Peer;
use crate::policy::{ALLOW_ORIGIN, EXPOSED, MAX_AGE, METHODS, NAMES};
use crate::server::{Asked, Of, Server, now};

pub const PEER: Peer = Peer {
    name: "poem",
    is_of_one: false,
    shows_denial: true,
    build: |origins| serve(make_sync(handle).with(cors(origins))),
    bare: || serve(make_sync(handle)),
};

/// What the policy refuses never reaches the application.
fn handle(request: Request) -> Response {
    let mut response = Response::default();
    if !application::is_refused(request.headers()) {
        let (parts, ()) = application::respond(request.method(), ()).into_parts();
        *response.headers_mut() = parts.headers;
    }
    response
}

fn cors(origins: &[String]) -> Cors {
    Cors::new()
        .allow_origins(origins)
        .allow_credentials(true)
        .allow_methods(METHODS)
        .allow_headers(NAMES)
        .expose_headers([EXPOSED])
        .max_age(i32::try_from(MAX_AGE).unwrap())
}

fn serve(endpoint: impl Endpoint + 'static) -> Box<dyn Server> {
    Box::new(Of {
        make: |request: &Asked<'_>| {
            let method = Method::from_bytes(request.method.as_bytes()).unwrap();
            let mut made = Request::builder().method(method);
            for (name, value) in &request.headers {
                made = made.header(*name, *value);
            }
            made.finish()
        },
        answer: move |request| now(endpoint.get_response(request)),
        is_allowed: |response: &Response| response.headers().contains_key(ALLOW_ORIGIN),
    })
}

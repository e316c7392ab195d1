//! `warp`'s wrapper around a filter that does nothing.

use std::convert::Infallible;

use http::Request;
use tower::Service;
use warp::Filter;
use warp::filters::cors::Builder;
use warp::reply::Response;

use crate::application;
use crate::peer::Peer;
use crate::policy::{ALLOW_ORIGIN, EXPOSED, MAX_AGE, METHODS, NAMES};
use crate::server::{Asked, Of, Server, now};
use crate::support::requests;

pub const PEER: Peer = Peer {
    name: "warp",
    is_of_one: false,
    shows_denial: true,
    build: |origins| serve(warp::service(app().with(cors(origins)))),
    bare: || serve(warp::service(app())),
};

fn app()
-> impl Filter<Extract = (http::Response<&'static str>,), Error = Infallible> + Clone + Send + Sync
{
    warp::any()
        .and(warp::method())
        .and(warp::header::headers_cloned())
        .map(|method, headers| application::respond_unless_refused(&method, &headers, ""))
}

fn cors(origins: &[String]) -> Builder {
    warp::cors()
        .allow_origins(origins.iter().map(String::as_str))
        .allow_credentials(true)
        .allow_methods(METHODS)
        .allow_headers(NAMES)
        .expose_headers([EXPOSED])
        .max_age(MAX_AGE)
}

fn serve<S>(mut service: S) -> Box<dyn Server>
where
    S: Service<Request<String>, Response = Response, Error = Infallible> + 'static,
{
    Box::new(Of {
        make: |request: &Asked<'_>| {
            requests::http(request.method, &request.headers).map(|()| String::new())
        },
        answer: move |request| now(service.call(request)).unwrap(),
        is_allowed: |response: &Response| response.headers().contains_key(ALLOW_ORIGIN),
    })
}

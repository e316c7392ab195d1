//! `tower-http`'s layer around a service that does nothing, and around a route of `axum`.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::routing::any;
use http::{HeaderValue, Method, Request, Response};
use tower::{Layer, Service, ServiceExt, service_fn};
use tower_http::cors::CorsLayer;

use crate::application;
use crate::peer::Peer;
use crate::policy::{ALLOW_ORIGIN, EXPOSED, MAX_AGE, METHODS, NAMES};
use crate::server::{Asked, Of, Server, now};
use crate::support::requests;

pub const PEER: Peer = Peer {
    name: "tower-http",
    is_of_one: false,
    shows_denial: true,
    build: |origins| serve(cors(origins).layer(service_fn(handle))),
    bare: || serve(service_fn(handle)),
};

pub const AXUM: Peer = Peer {
    name: "axum + tower-http",
    is_of_one: false,
    shows_denial: true,
    build: |origins| route(app().layer(cors(origins))),
    bare: || route(app()),
};

fn cors(origins: &[String]) -> CorsLayer {
    let origins = origins.iter().map(|origin| HeaderValue::from_str(origin));
    let methods = METHODS.map(|method| Method::from_bytes(method.as_bytes()).unwrap());
    CorsLayer::new()
        .allow_origin(origins.collect::<Result<Vec<_>, _>>().unwrap())
        .allow_credentials(true)
        .allow_methods(methods)
        .allow_headers(NAMES.map(|name| name.parse::<http::HeaderName>().unwrap()))
        .expose_headers([EXPOSED.parse::<http::HeaderName>().unwrap()])
        .max_age(Duration::from_secs(MAX_AGE.into()))
}

fn handle(request: Request<()>) -> Ready<Result<Response<()>, Infallible>> {
    let response = application::respond(request.method(), ());
    drop(request);
    ready(Ok(response))
}

/// The service without a policy.
pub fn service() -> impl Service<Request<()>, Response = Response<()>, Error = Infallible> {
    service_fn(handle)
}

pub fn serve<S, B>(mut service: S) -> Box<dyn Server>
where
    S: Service<Request<()>, Response = Response<B>, Error = Infallible> + 'static,
    B: 'static,
{
    Box::new(Of {
        make: |request: &Asked<'_>| requests::http(request.method, &request.headers),
        answer: move |request| now(now(service.ready()).unwrap().call(request)).unwrap(),
        is_allowed: |response: &Response<B>| response.headers().contains_key(ALLOW_ORIGIN),
    })
}

fn app() -> Router {
    let handle = async |method: Method| application::respond(&method, Body::empty());
    Router::new().route("/", any(handle))
}

fn route(mut app: Router) -> Box<dyn Server> {
    Box::new(Of {
        make: |request: &Asked<'_>| {
            requests::http(request.method, &request.headers).map(|()| Body::empty())
        },
        answer: move |request: Request<Body>| now(app.call(request)).unwrap(),
        is_allowed: |response: &Response<Body>| response.headers().contains_key(ALLOW_ORIGIN),
    })
}

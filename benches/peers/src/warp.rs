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
    bare,
};

fn app()
-> impl Filter<Extract = (http::Response<&'static str>,), Error = Infallible> + Clone + Send + Sync
{
    warp::any()
        .and(warp::method())
        .map(|method| application::respond(&method, ""))
}

/// Without a policy. What the policy answers itself never reaches the application.
fn bare() -> Box<dyn Server> {
    let mut app = warp::service(app());
    let mut empty = warp::service(warp::any().map(|| ""));
    Box::new(Of {
        make: http_request,
        answer: move |request: Request<String>| {
            let is_refused = application::is_refused(request.headers());
            match application::is_preflight(request.method()) || is_refused {
                true => now(empty.call(request)).unwrap(),
                false => now(app.call(request)).unwrap(),
            }
        },
        is_allowed: allows,
    })
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
        make: http_request,
        answer: move |request| now(service.call(request)).unwrap(),
        is_allowed: allows,
    })
}

fn http_request(request: &Asked<'_>) -> Request<String> {
    requests::http(request.method, &request.headers).map(|()| String::new())
}

fn allows(response: &Response) -> bool {
    response.headers().contains_key(ALLOW_ORIGIN)
}

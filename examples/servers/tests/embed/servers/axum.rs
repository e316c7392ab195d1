//! axum, whose own answers are those to a path or method that there is no route for.

use std::net::TcpListener;
use std::sync::Arc;

use arc_swap::ArcSwap;
use axum::Router;
use axum::body::Body;
use axum::routing::{MethodRouter, get};
use cross_origin::Policy;
use cross_origin::tower::{CorsLayer, PolicySource};
use http::{Response, StatusCode};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::trace::TraceLayer;

use super::hyper::{Pieces, runtime, with_head};
use crate::application::{self, Reply};

pub fn serve(listener: TcpListener, policy: Arc<ArcSwap<Policy>>) {
    let app = router()
        .layer(CatchPanicLayer::new())
        .layer(TraceLayer::new_for_http())
        .layer(CorsLayer::new(PolicySource::from_fn(move || {
            policy.load_full()
        })));
    listener.set_nonblocking(true).unwrap();
    runtime().block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        axum::serve(listener, app).await.unwrap();
    });
}

fn router() -> Router {
    let refused = || async { (StatusCode::UNAUTHORIZED, "who are you?") };
    let mut router = Router::new()
        .route("/broken", get(broken))
        .route(application::REFUSED, get(refused));
    for (path, reply) in application::ROUTES {
        let mut route: MethodRouter = get(move || async move { respond(reply) });
        if path == "/" {
            route = route.options(|| async { respond(application::OWN_OPTIONS) });
        }
        router = router.route(path, route);
    }
    router
}

async fn broken() {
    application::broken()
}

fn respond(reply: Reply) -> Response<Body> {
    with_head(reply, Body::new(Pieces(reply.body)))
}

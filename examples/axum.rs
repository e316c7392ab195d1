//! Two routes with axum.
#[path = "embed/tower.rs"]
mod cors;
#[path = "embed/demo.rs"]
mod demo;

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;

use cors::CorsLayer;

#[tokio::main]
async fn main() -> demo::Result<()> {
    let app = Router::new()
        .route("/note", get(note).put(keep).options(how))
        .route("/broken", get(broken))
        .layer(CatchPanicLayer::new())
        .layer(CorsLayer::new(demo::policy()?));

    let listener = demo::listener()?;
    listener.set_nonblocking(true)?;
    axum::serve(tokio::net::TcpListener::from_std(listener)?, app).await?;
    Ok(())
}

async fn note() -> &'static str {
    "remember the milk\n"
}

async fn keep(note: String) -> String {
    format!("kept {} bytes\n", note.len())
}

/// The application's own: a plain `OPTIONS` is no preflight.
async fn how() -> impl IntoResponse {
    (
        [(header::ALLOW, "GET,HEAD,PUT,OPTIONS")],
        "get it or put it\n",
    )
}

async fn broken() {
    panic!("this route is broken");
}

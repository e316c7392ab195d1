//! Two routes with axum and `CorsLayer`, the layer of the feature `tower`.
//!
//! `cargo run -p cross-origin-servers --bin axum` listens on port 3000, or on the one in the environment
//! variable `PORT`. With `-- POLICY.json` it uses the policy in that file, and reads it again each time
//! return is pressed.
//!
//! In another terminal (lines may come in another order, and with the date):
//!
//! ```console
//! $ curl -si localhost:3000/note -H 'Origin: https://app.example.com'
//! HTTP/1.1 200 OK
//! content-type: text/plain; charset=utf-8
//! access-control-allow-origin: https://app.example.com
//! access-control-allow-credentials: true
//! vary: origin
//! content-length: 18
//!
//! remember the milk
//!
//! $ curl -si localhost:3000/note -H 'Origin: https://elsewhere.example'
//! HTTP/1.1 200 OK
//! content-type: text/plain; charset=utf-8
//! access-control-allow-origin: *
//! vary: origin
//! content-length: 18
//!
//! remember the milk
//!
//! $ curl -si localhost:3000/note -X OPTIONS -H 'Origin: https://app.example.com' \
//!     -H 'Access-Control-Request-Method: PUT'
//! HTTP/1.1 204 No Content
//! access-control-allow-origin: https://app.example.com
//! access-control-allow-credentials: true
//! access-control-allow-methods: PUT
//! access-control-allow-headers: content-type
//! vary: origin,access-control-request-method
//!
//! $ curl -si localhost:3000/note -X OPTIONS
//! HTTP/1.1 200 OK
//! content-type: text/plain; charset=utf-8
//! allow: GET,HEAD,PUT,OPTIONS
//! vary: origin,access-control-request-method
//! content-length: 17
//!
//! get it or put it
//!
//! $ curl -si localhost:3000/nothing -H 'Origin: https://app.example.com'
//! HTTP/1.1 404 Not Found
//! access-control-allow-origin: https://app.example.com
//! access-control-allow-credentials: true
//! vary: origin
//! content-length: 0
//!
//! $ curl -si localhost:3000/broken -H 'Origin: https://app.example.com'
//! HTTP/1.1 500 Internal Server Error
//! content-type: text/plain; charset=utf-8
//! access-control-allow-origin: https://app.example.com
//! access-control-allow-credentials: true
//! vary: origin
//! content-length: 16
//!
//! Service panicked
//! ```

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use cross_origin::tower::{CorsLayer, PolicySource};
use tower_http::catch_panic::CatchPanicLayer;

use cross_origin_servers::demo;

#[tokio::main]
async fn main() -> demo::Result<()> {
    let policy = demo::policy()?;
    let app = Router::new()
        .route("/note", get(note).put(keep).options(how))
        .route("/broken", get(broken))
        .layer(CatchPanicLayer::new())
        .layer(CorsLayer::new(PolicySource::from_fn(move || {
            policy.load_full()
        })));

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

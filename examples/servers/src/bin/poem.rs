//! Two routes with poem. `src/embed/poem.rs` is what to copy.
//!
//! `cargo run -p cross-origin-servers --bin poem` listens on port 3000, or on the one in the environment
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
//! content-type: text/plain; charset=utf-8
//! access-control-allow-origin: https://app.example.com
//! access-control-allow-credentials: true
//! vary: origin
//! content-length: 9
//!
//! not found
//!
//! $ curl -si localhost:3000/broken -H 'Origin: https://app.example.com'
//! HTTP/1.1 500 Internal Server Error
//! content-type: text/plain; charset=utf-8
//! access-control-allow-origin: https://app.example.com
//! access-control-allow-credentials: true
//! vary: origin
//! content-length: 21
//!
//! internal server error
//! ```

use cross_origin_servers::demo;
use cross_origin_servers::embed::poem::Cors;
use poem::http::header;
use poem::listener::TcpAcceptor;
use poem::middleware::CatchPanic;
use poem::{EndpointExt, IntoResponse, Route, Server, get, handler};

#[tokio::main]
async fn main() -> demo::Result<()> {
    let app = Route::new()
        .at("/note", get(note).put(keep).options(how))
        .at("/broken", get(broken))
        .with(CatchPanic::new())
        .with(Cors::new(demo::policy()?));

    let listener = demo::listener()?;
    listener.set_nonblocking(true)?;
    let server = Server::new_with_acceptor(TcpAcceptor::from_std(listener)?);
    Ok(server.run(app).await?)
}

#[handler]
fn note() -> &'static str {
    "remember the milk\n"
}

#[handler]
fn keep(body: String) -> String {
    format!("kept {} bytes\n", body.len())
}

/// The application's own: a plain `OPTIONS` is no preflight.
#[handler]
fn how() -> impl IntoResponse {
    "get it or put it\n".with_header(header::ALLOW, "GET,HEAD,PUT,OPTIONS")
}

#[handler]
fn broken() {
    panic!("this route is broken");
}

//! Two routes with poem.
#[path = "embed/poem.rs"]
mod cors;
#[path = "embed/demo.rs"]
mod demo;

use poem::http::header;
use poem::listener::TcpAcceptor;
use poem::middleware::CatchPanic;
use poem::{EndpointExt, IntoResponse, Route, Server, get, handler};

use cors::Cors;

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

//! Two routes with hyper alone. `src/embed/hyper.rs` is what to copy.
//!
//! `cargo run -p cross-origin-servers --bin hyper` listens on port 3000, or on the one in the environment
//! variable `PORT`. With `-- POLICY.json` it uses the policy in that file, and reads it again each time
//! return is pressed.
//!
//! In another terminal (lines may come in another order, and with the date):
//!
//! ```console
//! $ curl -si localhost:3000/note -H 'Origin: https://app.example.com'
//! HTTP/1.1 200 OK
//! access-control-allow-origin: https://app.example.com
//! access-control-allow-credentials: true
//! vary: origin
//! content-length: 18
//!
//! remember the milk
//!
//! $ curl -si localhost:3000/note -H 'Origin: https://elsewhere.example'
//! HTTP/1.1 200 OK
//! access-control-allow-origin: *
//! vary: origin
//! content-length: 18
//!
//! remember the milk
//!
//! $ curl -si localhost:3000/note -X OPTIONS -H 'Origin: https://app.example.com' \
//!     -H 'Access-Control-Request-Method: PUT'
//! HTTP/1.1 204 No Content
//! vary: origin,access-control-request-method
//! access-control-allow-origin: https://app.example.com
//! access-control-allow-credentials: true
//! access-control-allow-methods: PUT
//! access-control-allow-headers: content-type
//!
//! $ curl -si localhost:3000/note -X OPTIONS
//! HTTP/1.1 200 OK
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
//! content-length: 22
//!
//! there is nothing here
//!
//! $ curl -si localhost:3000/broken -H 'Origin: https://app.example.com'
//! HTTP/1.1 500 Internal Server Error
//! access-control-allow-origin: https://app.example.com
//! access-control-allow-credentials: true
//! vary: origin
//! content-length: 0
//! ```

use cross_origin_servers::demo;
use cross_origin_servers::embed::hyper as cors;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::{Method, Request, Response, StatusCode, header};

#[tokio::main]
async fn main() -> demo::Result<()> {
    Ok(cors::serve(demo::listener()?, demo::policy()?, route).await?)
}

async fn route(request: Request<Incoming>) -> Response<Full<Bytes>> {
    match (request.uri().path(), request.method()) {
        ("/note", &Method::GET) => Response::new("remember the milk\n".into()),
        ("/note", &Method::HEAD) => Response::default(),
        ("/note", &Method::PUT) => keep(request.into_body()).await,
        ("/note", &Method::OPTIONS) => how(StatusCode::OK, "get it or put it\n"),
        ("/note", _) => how(StatusCode::METHOD_NOT_ALLOWED, "that can't be done\n"),
        ("/broken", _) => panic!("this route is broken"),
        _ => with_status(StatusCode::NOT_FOUND, "there is nothing here\n"),
    }
}

async fn keep(body: Incoming) -> Response<Full<Bytes>> {
    match body.collect().await {
        Ok(note) => {
            let length = note.to_bytes().len();
            Response::new(format!("kept {length} bytes\n").into())
        }
        Err(_) => with_status(StatusCode::BAD_REQUEST, "the note is incomplete\n"),
    }
}

/// The application's own answer to `OPTIONS`: a plain one is no preflight.
fn how(status: StatusCode, body: &'static str) -> Response<Full<Bytes>> {
    let mut response = with_status(status, body);
    let methods = header::HeaderValue::from_static("GET,HEAD,PUT,OPTIONS");
    response.headers_mut().insert(header::ALLOW, methods);
    response
}

fn with_status(status: StatusCode, body: &'static str) -> Response<Full<Bytes>> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response
}

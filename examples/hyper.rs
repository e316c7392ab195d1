//! Two routes with hyper alone.
#[path = "embed/hyper.rs"]
mod cors;
#[path = "embed/demo.rs"]
mod demo;

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

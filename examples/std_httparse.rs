//! Two routes without any framework: threads of std, and `httparse` to read requests.
#[path = "embed/std_httparse.rs"]
mod cors;
#[path = "embed/demo.rs"]
mod demo;

use cors::{Request, Response};

fn main() -> demo::Result<()> {
    cors::serve(&demo::listener()?, &demo::policy()?, route);
    Ok(())
}

fn route(request: &Request) -> Response {
    match (&*request.path, &*request.method) {
        ("/note", "GET" | "HEAD") => Response::new(200, "remember the milk\n"),
        ("/note", "PUT") => Response::new(200, format!("kept {} bytes\n", request.body.len())),
        // The application's own: a plain `OPTIONS` is no preflight.
        ("/note", "OPTIONS") => how(200, "get it or put it\n"),
        ("/note", _) => how(405, "that can't be done\n"),
        ("/broken", _) => panic!("this route is broken"),
        _ => Response::new(404, "there is nothing here\n"),
    }
}

fn how(status: u16, body: &str) -> Response {
    let mut response = Response::new(status, body);
    let methods = ("allow".to_owned(), "GET,HEAD,PUT,OPTIONS".to_owned());
    response.fields.push(methods);
    response
}

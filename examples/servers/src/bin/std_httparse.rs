//! Two routes without any framework: threads of std, and `httparse` to read requests.
//! `src/embed/std_httparse.rs` is what to copy from.
//!
//! `cargo run -p cross-origin-servers --bin std_httparse` listens on port 3000, or on the one in the environment
//! variable `PORT`. With `-- POLICY.json` it uses the policy in that file, and reads it again each time
//! return is pressed.
//!
//! In another terminal (lines may come in another order, and with the date):
//!
//! ```console
//! $ curl -si localhost:3000/note -H 'Origin: https://app.example.com'
//! HTTP/1.1 200
//! connection: close
//! access-control-allow-origin: https://app.example.com
//! access-control-allow-credentials: true
//! vary: origin
//!
//! remember the milk
//!
//! $ curl -si localhost:3000/note -H 'Origin: https://elsewhere.example'
//! HTTP/1.1 200
//! connection: close
//! access-control-allow-origin: *
//! vary: origin
//!
//! remember the milk
//!
//! $ curl -si localhost:3000/note -X OPTIONS -H 'Origin: https://app.example.com' \
//!     -H 'Access-Control-Request-Method: PUT'
//! HTTP/1.1 204
//! connection: close
//! access-control-allow-origin: https://app.example.com
//! access-control-allow-credentials: true
//! access-control-allow-methods: PUT
//! access-control-allow-headers: content-type
//! vary: origin,access-control-request-method
//!
//! $ curl -si localhost:3000/note -X OPTIONS
//! HTTP/1.1 200
//! connection: close
//! allow: GET,HEAD,PUT,OPTIONS
//! vary: origin,access-control-request-method
//!
//! get it or put it
//!
//! $ curl -si localhost:3000/nothing -H 'Origin: https://app.example.com'
//! HTTP/1.1 404
//! connection: close
//! access-control-allow-origin: https://app.example.com
//! access-control-allow-credentials: true
//! vary: origin
//!
//! there is nothing here
//!
//! $ curl -si localhost:3000/broken -H 'Origin: https://app.example.com'
//! HTTP/1.1 500
//! connection: close
//! access-control-allow-origin: https://app.example.com
//! access-control-allow-credentials: true
//! vary: origin
//!
//! Internal Server Error
//! ```

use cross_origin_servers::demo;
use cross_origin_servers::embed::std_httparse::{self as cors, Request, Response};

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
    response.headers.push(methods);
    response
}

//! Two routes with actix-web. `src/embed/actix_web.rs` is what to copy.
//!
//! `cargo run -p cross-origin-servers --bin actix_web` listens on port 3000, or on the one in the environment
//! variable `PORT`. With `-- POLICY.json` it uses the policy in that file, and reads it again each time
//! return is pressed.
//!
//! In another terminal (lines may come in another order, and with the date):
//!
//! ```console
//! $ curl -si localhost:3000/note -H 'Origin: https://app.example.com'
//! HTTP/1.1 200 OK
//! content-length: 18
//! access-control-allow-credentials: true
//! content-type: text/plain; charset=utf-8
//! access-control-allow-origin: https://app.example.com
//! vary: origin
//!
//! remember the milk
//!
//! $ curl -si localhost:3000/note -H 'Origin: https://elsewhere.example'
//! HTTP/1.1 200 OK
//! content-length: 18
//! content-type: text/plain; charset=utf-8
//! vary: origin
//! access-control-allow-origin: *
//!
//! remember the milk
//!
//! $ curl -si localhost:3000/note -X OPTIONS -H 'Origin: https://app.example.com' \
//!     -H 'Access-Control-Request-Method: PUT'
//! HTTP/1.1 204 No Content
//! access-control-allow-credentials: true
//! access-control-allow-methods: PUT
//! access-control-allow-origin: https://app.example.com
//! vary: origin,access-control-request-method
//! access-control-allow-headers: content-type
//!
//! $ curl -si localhost:3000/note -X OPTIONS
//! HTTP/1.1 200 OK
//! content-length: 17
//! allow: GET,HEAD,PUT,OPTIONS
//! vary: origin,access-control-request-method
//!
//! get it or put it
//!
//! $ curl -si localhost:3000/nothing -H 'Origin: https://app.example.com'
//! HTTP/1.1 404 Not Found
//! content-length: 0
//! access-control-allow-credentials: true
//! access-control-allow-origin: https://app.example.com
//! vary: origin
//!
//! $ curl -si localhost:3000/broken -H 'Origin: https://app.example.com'
//! HTTP/1.1 500 Internal Server Error
//! content-length: 21
//! content-type: text/plain; charset=utf-8
//! access-control-allow-credentials: true
//! vary: origin
//! access-control-allow-origin: https://app.example.com
//!
//! internal server error
//! ```

use actix_web::http::{Method, header};
use actix_web::middleware::from_fn;
use actix_web::{App, HttpResponse, HttpServer, web};
use cross_origin_servers::demo;
use cross_origin_servers::embed::{actix_panic, actix_web as cors};

fn main() -> demo::Result<()> {
    let (listener, policy) = (demo::listener()?, web::Data::from(demo::policy()?));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(policy.clone())
            .service(
                web::resource("/note")
                    .route(web::get().to(note))
                    .route(web::head().to(note))
                    .route(web::put().to(keep))
                    .route(web::method(Method::OPTIONS).to(how)),
            )
            .service(web::resource("/broken").route(web::get().to(broken)))
            .wrap(from_fn(actix_panic::caught))
            .wrap(from_fn(cors::cors))
    });
    let server = server.workers(2).listen_auto_h2c(listener)?;
    Ok(actix_web::rt::System::new().block_on(server.run())?)
}

async fn note() -> &'static str {
    "remember the milk\n"
}

async fn keep(note: web::Bytes) -> String {
    format!("kept {} bytes\n", note.len())
}

/// The application's own: a plain `OPTIONS` is no preflight.
async fn how() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::ALLOW, "GET,HEAD,PUT,OPTIONS"))
        .body("get it or put it\n")
}

async fn broken() -> HttpResponse {
    panic!("this route is broken");
}

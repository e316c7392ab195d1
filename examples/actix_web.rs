//! Two routes with actix-web.
#[path = "embed/actix_web.rs"]
mod cors;
#[path = "embed/demo.rs"]
mod demo;
#[path = "embed/actix_panic.rs"]
mod panic;

use actix_web::http::header;
use actix_web::middleware::from_fn;
use actix_web::{App, HttpResponse, HttpServer, web};

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
                    .route(web::method(actix_web::http::Method::OPTIONS).to(how)),
            )
            .service(web::resource("/broken").route(web::get().to(broken)))
            .wrap(from_fn(panic::caught))
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

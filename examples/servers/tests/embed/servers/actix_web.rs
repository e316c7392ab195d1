//! actix-web, whose own answers are those to a path or method that there is no route for. A
//! middleware inside fails with an error that is no response yet.

use std::convert::Infallible;
use std::net::TcpListener;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, Bytes};
use actix_web::{App, Error, HttpResponse, HttpServer};
use arc_swap::ArcSwap;
use cross_origin::Policy;

use crate::application::{self, Reply};
use cross_origin_servers::embed::actix_panic::caught;
use cross_origin_servers::embed::actix_web::cors;

pub fn serve(listener: TcpListener, policy: Arc<ArcSwap<Policy>>) {
    let policy = web::Data::from(policy);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(policy.clone())
            .configure(routes)
            .wrap(from_fn(failing))
            .wrap(from_fn(caught))
            .wrap(from_fn(cors))
    });
    let server = server.workers(1).disable_signals();
    let server = server.listen_auto_h2c(listener).unwrap();
    actix_web::rt::System::new().block_on(server.run()).unwrap();
}

fn routes(config: &mut web::ServiceConfig) {
    for (path, reply) in application::ROUTES {
        let replied = move || async move { respond(reply) };
        let mut resource = web::resource(path)
            .route(web::get().to(replied))
            .route(web::head().to(replied));
        if path == "/" {
            let own = || async { respond(application::OWN_OPTIONS) };
            resource = resource.route(web::method(Method::OPTIONS).to(own));
        }
        config.service(resource);
    }
    config.route("/broken", web::get().to(broken));
}

async fn broken() -> HttpResponse {
    application::broken()
}

fn respond(reply: Reply) -> HttpResponse<Pieces> {
    let mut response = HttpResponse::build(StatusCode::from_u16(reply.status).unwrap());
    for header in reply.headers {
        response.append_header(*header);
    }
    response.message_body(Pieces(reply.body)).unwrap()
}

/// Fails at one path, as a middleware that asks who is there would.
async fn failing<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    if request.path() == application::REFUSED {
        return Err(actix_web::error::ErrorUnauthorized("who are you?"));
    }
    next.call(request).await
}

struct Pieces(&'static [&'static str]);

impl MessageBody for Pieces {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        match self.0 {
            [] => BodySize::Sized(0),
            [whole] => BodySize::Sized(whole.len() as u64),
            _ => BodySize::Stream,
        }
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Infallible>>> {
        Poll::Ready(self.0.split_first().map(|(first, rest)| {
            self.0 = rest;
            Ok(Bytes::from_static(first.as_bytes()))
        }))
    }
}

//! `actix-cors` around a service that does nothing.

use actix_cors::Cors;
use std::future::ready;

use actix_web::body::MessageBody;
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform, fn_service};
use actix_web::http::Method;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::test::TestRequest;
use actix_web::{Error, HttpResponse};

use crate::application;
use crate::peer::Peer;
use crate::policy::{ALLOW_ORIGIN, EXPOSED, MAX_AGE, METHODS, NAMES};
use crate::server::{Asked, Of, Server, now};

pub const PEER: Peer = Peer {
    name: "actix-cors",
    is_of_one: false,
    shows_denial: true,
    build: |origins| serve(now(cors(origins).new_transform(service())).unwrap()),
    bare: || serve(service()),
};

fn service() -> impl Service<ServiceRequest, Response = ServiceResponse, Error = Error> + 'static {
    fn_service(|request: ServiceRequest| {
        let mut response = HttpResponse::Ok().finish();
        if request.method() != Method::OPTIONS {
            for (name, value) in application::HEADERS {
                let name = HeaderName::from_bytes(name.as_str().as_bytes()).unwrap();
                response
                    .headers_mut()
                    .insert(name, HeaderValue::from_static(value));
            }
        }
        ready(Ok(request.into_response(response)))
    })
}

fn cors(origins: &[String]) -> Cors {
    let cors = Cors::default()
        .supports_credentials()
        .allowed_methods(METHODS)
        .allowed_headers(NAMES)
        .expose_headers([EXPOSED])
        .max_age(usize::try_from(MAX_AGE).unwrap());
    origins
        .iter()
        .fold(cors, |cors, origin| cors.allowed_origin(origin))
}

fn serve<S, B>(service: S) -> Box<dyn Server>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    Box::new(Of {
        make: |request: &Asked<'_>| {
            let method = Method::from_bytes(request.method.as_bytes()).unwrap();
            let mut made = TestRequest::default().method(method);
            for pair in &request.headers {
                made = made.append_header(*pair);
            }
            made.to_srv_request()
        },
        answer: move |request| now(service.call(request)),
        is_allowed: |response: &Result<ServiceResponse<B>, Error>| {
            response
                .as_ref()
                .is_ok_and(|response| response.headers().contains_key(ALLOW_ORIGIN))
        },
    })
}

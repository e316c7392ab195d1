//! CORS for actix-web, whose requests, responses and header maps are its own. Copy this file.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};
use arc_swap::ArcSwap;
use cross_origin::{Headers, OwnedDecision, Policy, RequestHeaders};

/// A middleware for `from_fn`, with the policy among the application's data. Wrap it around all others,
/// that is: last, so that what they answer has its CORS headers too.
pub async fn cors<B: MessageBody + 'static>(
    policy: web::Data<ArcSwap<Policy>>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let decision = decide(&policy.load(), &request);
    let mut response = match preflight_status(&decision) {
        Some(status) => request
            .into_response(HttpResponse::new(status))
            .map_into_right_body(),
        None => match next.call(request).await {
            Ok(response) => response.map_into_left_body(),
            Err(error) => return Err(completed(error, &decision)),
        },
    };
    // Not to a 101, which is not the end of the response.
    if !response.status().is_informational() {
        decision.apply(&mut ResponseHeaders(response.headers_mut()));
    }
    Ok(response)
}

fn decide(policy: &Policy, request: &ServiceRequest) -> OwnedDecision {
    let headers = RequestHeaders::new(request.method().as_str()).headers(request.headers());
    policy.evaluate(&headers).to_owned()
}

fn preflight_status(decision: &OwnedDecision) -> Option<StatusCode> {
    StatusCode::from_u16(decision.status()?).ok()
}

/// An error of a middleware inside becomes a response only outside.
fn completed(error: Error, decision: &OwnedDecision) -> Error {
    let mut response = error.error_response();
    decision.apply(&mut ResponseHeaders(response.headers_mut()));
    InternalError::from_response(error, response).into()
}

struct ResponseHeaders<'a>(&'a mut HeaderMap);

impl Headers for ResponseHeaders<'_> {
    fn get_all(&self, name: &str, visit: &mut dyn FnMut(&[u8])) {
        for value in self.0.get_all(name) {
            visit(value.as_bytes());
        }
    }

    fn append(&mut self, name: &'static str, value: &str) -> bool {
        let Ok(value) = HeaderValue::from_str(value) else {
            return false;
        };
        self.0.append(HeaderName::from_static(name), value);
        true
    }

    fn remove(&mut self, name: &'static str) {
        self.0.remove(name);
    }
}

//! CORS for poem. Copy this file.

use std::sync::Arc;

use arc_swap::ArcSwap;
use cross_origin::Policy;
use poem::{Endpoint, Middleware, Request, Response, Result};

/// Put it around everything else, so that errors and caught panics have their CORS headers too.
pub struct Cors {
    policy: Arc<ArcSwap<Policy>>,
}

impl Cors {
    pub fn new(policy: Arc<ArcSwap<Policy>>) -> Self {
        Self { policy }
    }
}

impl<E: Endpoint> Middleware<E> for Cors {
    type Output = CorsEndpoint<E>;

    fn transform(&self, inner: E) -> CorsEndpoint<E> {
        let policy = Arc::clone(&self.policy);
        CorsEndpoint { inner, policy }
    }
}

pub struct CorsEndpoint<E> {
    inner: E,
    policy: Arc<ArcSwap<Policy>>,
}

impl<E: Endpoint> Endpoint for CorsEndpoint<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let policy = self.policy.load();
        let answer = policy.answer(request.method(), request.headers());
        drop(policy);
        let mut response = match answer.preflight_status() {
            Some(status) => Response::builder().status(status).finish(),
            // Not `call`, whose errors become responses only outside.
            None => self.inner.get_response(request).await,
        };
        // Not to a 101, which is not the end of the response.
        if !response.status().is_informational() {
            answer.apply(response.headers_mut());
        }
        Ok(response)
    }
}

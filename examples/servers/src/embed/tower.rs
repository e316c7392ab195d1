//! CORS for any tower server. Copy this file.

use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use arc_swap::ArcSwap;
use cross_origin::Policy;
use http::{Request, Response};
use tower::{Layer, Service};

/// Put it outside everything that makes responses, so that errors and caught panics have their CORS
/// headers too.
#[derive(Clone)]
pub struct CorsLayer {
    policy: Arc<ArcSwap<Policy>>,
}

impl CorsLayer {
    pub fn new(policy: Arc<ArcSwap<Policy>>) -> Self {
        Self { policy }
    }
}

impl<S> Layer<S> for CorsLayer {
    type Service = Cors<S>;

    fn layer(&self, inner: S) -> Cors<S> {
        let policy = Arc::clone(&self.policy);
        Cors { inner, policy }
    }
}

#[derive(Clone)]
pub struct Cors<S> {
    inner: S,
    policy: Arc<ArcSwap<Policy>>,
}

impl<S, B, R> Service<Request<B>> for Cors<S>
where
    S: Service<Request<B>, Response = Response<R>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
    R: Default + Send + 'static,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<R>, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let policy = self.policy.load();
        let answer = policy.answer(request.method(), request.headers());
        if let Some(done) = answer.preflight() {
            return Box::pin(ready(Ok(done)));
        }
        let handled = self.inner.call(request);
        Box::pin(async move {
            let mut response = handled.await?;
            answer.apply(response.headers_mut());
            Ok(response)
        })
    }
}

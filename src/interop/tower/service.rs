//! The service of the layer.

use core::fmt;
use core::task::{Context, Poll};
use std::sync::Arc;

use http::request::Parts;
use http::{Request, Response};
use tower_service::Service;

use super::body::ResponseBody;
use super::event::{AskResult, DecisionEvent, Head};
use super::future::{AskingFuture, Finish, ResponseFuture};
use super::layer::{Asking, CorsLayer, NotAsking, Settings, Source};
use crate::interop::http::{ResponseHeaders, view};
use crate::message::RequestHeaders;
use crate::origin::Origin;
use crate::policy::{Policy, Verdict};

/// The service of a [`CorsLayer`].
#[derive(Clone)]
pub struct Cors<S, A = NotAsking> {
    pub(super) inner: S,
    pub(super) layer: CorsLayer<A>,
}

impl<S, A> fmt::Debug for Cors<S, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cors").finish_non_exhaustive()
    }
}

impl Settings {
    fn current(&self) -> Current<'_> {
        match &self.source.0 {
            Source::Fixed(policy) => Current::Borrowed(policy),
            Source::Reloadable(handle) => Current::Shared(handle.policy()),
            Source::Function(policy) => Current::Shared(policy()),
        }
    }

    /// Decides a request, shows the decision to the hook, and keeps what the response needs.
    #[inline]
    fn finish<'a>(
        &self,
        policy: &'a Policy,
        view: &RequestHeaders<'a>,
        verdict: Option<Verdict<'a>>,
        asked: impl FnOnce() -> Option<AskResult>,
        head: Head<'a>,
    ) -> Finish {
        let answer = match &self.hook {
            Some(hook) => {
                let decision = policy.evaluate_with(view, verdict);
                hook(&DecisionEvent {
                    decision,
                    asked: asked(),
                    head,
                });
                ResponseHeaders::new(policy, &decision, head.headers)
            }
            None => ResponseHeaders::evaluate(policy, view, verdict, head.headers),
        };
        Finish {
            answer,
            vary: self.vary.clone(),
            merges_exposed: self.merges_exposed,
        }
    }
}

/// The policy that is current when a request arrives.
enum Current<'a> {
    Borrowed(&'a Arc<Policy>),
    Shared(Arc<Policy>),
}

impl Current<'_> {
    fn policy(&self) -> &Arc<Policy> {
        match self {
            Self::Borrowed(policy) => policy,
            Self::Shared(policy) => policy,
        }
    }
}

impl<S, B, R> Service<Request<B>> for Cors<S, NotAsking>
where
    S: Service<Request<B>, Response = Response<R>>,
{
    type Response = Response<ResponseBody<R>>;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let settings = &self.layer.settings;
        let current = settings.current();
        let policy = current.policy();
        let view = view(request.method(), request.headers());
        let asked = || policy.lookup(&view).map(|_| AskResult::NotAsked);
        let finish = settings.finish(policy, &view, None, asked, Head::from(&request));
        proceed(&mut self.inner, request, finish)
    }
}

impl<S, B, R, F, V, E> Service<Request<B>> for Cors<S, Asking<F>>
where
    S: Service<Request<B>, Response = Response<R>> + Clone,
    F: Fn(Origin, &Parts) -> V,
    V: Future<Output = Result<bool, E>>,
{
    type Response = Response<ResponseBody<R>>;
    type Error = S::Error;
    type Future = AskingFuture<S, B, V, S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let settings = &self.layer.settings;
        let current = settings.current();
        let policy = current.policy();
        let view = view(request.method(), request.headers());
        let Some(origin) = policy.lookup(&view).map(|lookup| lookup.origin().into()) else {
            let finish = settings.finish(policy, &view, None, || None, Head::from(&request));
            return AskingFuture::decided(proceed(&mut self.inner, request, finish));
        };
        let (parts, body) = request.into_parts();
        let verdict = (self.layer.asking.0)(origin, &parts);
        // The clone need not be ready, so the service that was polled is the one to call.
        let clone = self.inner.clone();
        let waiting = Waiting {
            inner: core::mem::replace(&mut self.inner, clone),
            settings: settings.clone(),
            policy: Arc::clone(policy),
            parts,
            body,
        };
        AskingFuture::asking(verdict, waiting)
    }
}

/// A request that waits for a verdict on its origin.
pub(super) struct Waiting<S, B> {
    inner: S,
    settings: Settings,
    policy: Arc<Policy>,
    parts: Parts,
    body: B,
}

impl<S, B> Waiting<S, B> {
    /// Decides the request, and has the inner service handle it.
    pub(super) fn proceed<R, E>(mut self, verdict: Result<bool, E>) -> ResponseFuture<S::Future>
    where
        S: Service<Request<B>, Response = Response<R>>,
    {
        let view = view(&self.parts.method, &self.parts.headers);
        let asked = match verdict {
            Ok(true) => AskResult::Allowed,
            Ok(false) => AskResult::Denied,
            Err(_) => AskResult::Failed,
        };
        let lookup = self.policy.lookup(&view);
        let verdict = lookup.map(|lookup| lookup.verdict(asked == AskResult::Allowed));
        let (asked, head) = (|| Some(asked), Head::from(&self.parts));
        let settings = &self.settings;
        let finish = settings.finish(&self.policy, &view, verdict, asked, head);
        let request = Request::from_parts(self.parts, self.body);
        proceed(&mut self.inner, request, finish)
    }
}

/// Answers a preflight, or has the inner service handle the request.
fn proceed<S, B, R>(inner: &mut S, request: Request<B>, finish: Finish) -> ResponseFuture<S::Future>
where
    S: Service<Request<B>, Response = Response<R>>,
{
    match finish.preflight() {
        Some(response) => ResponseFuture::preflight(response),
        None => ResponseFuture::inner(inner.call(request), finish),
    }
}

//! The futures of the service, without a box.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use http::header::{self, HeaderValue};
use http::{Request, Response};
use pin_project_lite::pin_project;
use tower_service::Service;

use super::body::ResponseBody;
use super::service::Waiting;
use crate::interop::http::{ResponseHeaders, merge_vary};

/// What a response needs to be finished.
pub(super) struct Finish {
    pub(super) answer: ResponseHeaders,
    pub(super) vary: Option<HeaderValue>,
    pub(super) merges_exposed: bool,
}

impl Finish {
    /// Returns the response to a preflight; `None` for other requests.
    #[inline]
    pub(super) fn preflight(&self) -> Option<Response<()>> {
        let mut response = self.answer.preflight()?;
        if self.vary.is_some() {
            self.apply(&mut response);
        }
        Some(response)
    }

    /// Changes the headers of a final response; leaves interim responses and 101 as they are.
    #[inline]
    fn apply<B>(&self, response: &mut Response<B>) {
        let status = response.status();
        if status.is_informational() {
            return;
        }
        let headers = response.headers_mut();
        let vary = self.vary.as_ref();
        let has_vary = vary.is_none_or(|vary| merge_vary(headers, vary));
        if self.merges_exposed {
            self.answer.apply_merging_exposed(status, headers);
        } else {
            self.answer.apply(headers);
        }
        // A full header map: a cache must not share a response that lacks its `Vary`.
        if !has_vary {
            headers.remove(header::ACCESS_CONTROL_ALLOW_ORIGIN);
        }
    }
}

pin_project! {
    /// The future of the response: that of the inner service, or a preflight's, which is ready.
    pub struct ResponseFuture<F> {
        #[pin]
        state: ResponseState<F>,
    }
}

pin_project! {
    #[project = ResponseStateProjection]
    enum ResponseState<F> {
        Inner {
            #[pin]
            future: F,
            finish: Finish,
        },
        Preflight {
            response: Option<Response<()>>,
        },
    }
}

impl<F> ResponseFuture<F> {
    #[inline]
    pub(super) fn inner(future: F, finish: Finish) -> Self {
        Self {
            state: ResponseState::Inner { future, finish },
        }
    }

    #[inline]
    pub(super) fn preflight(response: Response<()>) -> Self {
        Self {
            state: ResponseState::Preflight {
                response: Some(response),
            },
        }
    }
}

impl<F, R, E> Future for ResponseFuture<F>
where
    F: Future<Output = Result<Response<R>, E>>,
{
    type Output = Result<Response<ResponseBody<R>>, E>;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project().state.project() {
            ResponseStateProjection::Inner { future, finish } => {
                let mut response = ready!(future.poll(context))?;
                finish.apply(&mut response);
                Poll::Ready(Ok(response.map(ResponseBody::new)))
            }
            ResponseStateProjection::Preflight { response } => match response.take() {
                Some(response) => Poll::Ready(Ok(response.map(|()| ResponseBody::empty()))),
                // It was polled after it was ready.
                None => Poll::Pending,
            },
        }
    }
}

pin_project! {
    /// The future of the response where the application may be asked first: `V` is its verdict, and `F` the
    /// future of the inner service `S`.
    pub struct AskingFuture<S, B, V, F> {
        #[pin]
        state: AskingState<S, B, V, F>,
    }
}

pin_project! {
    #[project = AskingStateProjection]
    enum AskingState<S, B, V, F> {
        Asking {
            #[pin]
            verdict: V,
            waiting: Option<Waiting<S, B>>,
        },
        Decided {
            #[pin]
            future: ResponseFuture<F>,
        },
    }
}

impl<S, B, V, F> AskingFuture<S, B, V, F> {
    pub(super) fn asking(verdict: V, waiting: Waiting<S, B>) -> Self {
        Self {
            state: AskingState::Asking {
                verdict,
                waiting: Some(waiting),
            },
        }
    }

    pub(super) fn decided(future: ResponseFuture<F>) -> Self {
        Self {
            state: AskingState::Decided { future },
        }
    }
}

impl<S, B, V, R, VE> Future for AskingFuture<S, B, V, S::Future>
where
    S: Service<Request<B>, Response = Response<R>>,
    V: Future<Output = Result<bool, VE>>,
{
    type Output = Result<Response<ResponseBody<R>>, S::Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.project().state;
        loop {
            let future = match state.as_mut().project() {
                AskingStateProjection::Asking { verdict, waiting } => {
                    let verdict = ready!(verdict.poll(context));
                    let Some(waiting) = waiting.take() else {
                        return Poll::Pending;
                    };
                    waiting.proceed(verdict)
                }
                AskingStateProjection::Decided { future } => return future.poll(context),
            };
            state.set(AskingState::Decided { future });
        }
    }
}

impl<F> fmt::Debug for ResponseFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}

impl<S, B, V, F> fmt::Debug for AskingFuture<S, B, V, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AskingFuture").finish_non_exhaustive()
    }
}

//! hyper alone, where every answer is the application's.

use std::convert::Infallible;
use std::net::TcpListener;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use arc_swap::ArcSwap;
use cross_origin::Policy;
use http::{HeaderValue, Method, Request, Response, StatusCode};
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};

use crate::application::{self, Reply};
use cross_origin_servers::embed::hyper as cors_hyper;

pub fn serve(listener: TcpListener, policy: Arc<ArcSwap<Policy>>) {
    let serving = cors_hyper::serve(listener, policy, respond);
    runtime().block_on(serving).unwrap();
}

pub fn runtime() -> tokio::runtime::Runtime {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    runtime.worker_threads(1).enable_all().build().unwrap()
}

async fn respond(request: Request<Incoming>) -> Response<Pieces> {
    let reply = application::answer(request.method().as_str(), request.uri().path());
    // hyper leaves it to the application that an answer to HEAD has no body in HTTP/2.
    let is_head = request.method() == Method::HEAD;
    with_head(reply, Pieces(if is_head { &[] } else { reply.body }))
}

pub fn with_head<B>(reply: Reply, body: B) -> Response<B> {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap();
    for (name, value) in reply.headers {
        let value = HeaderValue::from_static(value);
        response.headers_mut().append(*name, value);
    }
    response
}

/// A body, streamed if there is more than one piece.
#[derive(Default)]
pub struct Pieces(pub &'static [&'static str]);

impl Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.split_first().map(|(first, rest)| {
            self.0 = rest;
            Ok(Frame::data(Bytes::from_static(first.as_bytes())))
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        match self.0 {
            [] => SizeHint::with_exact(0),
            [whole] => SizeHint::with_exact(whole.len() as u64),
            _ => SizeHint::default(),
        }
    }
}

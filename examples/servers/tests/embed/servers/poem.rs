//! poem, whose own answers are those to a path or method that there is no route for.

use std::net::TcpListener;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use arc_swap::ArcSwap;
use cross_origin::Policy;
use poem::endpoint::make_sync;
use poem::error::Unauthorized;
use poem::http::{HeaderValue, StatusCode};
use poem::listener::TcpAcceptor;
use poem::middleware::CatchPanic;
use poem::{Body, EndpointExt, Response, Route, Server};
use tokio::io::{AsyncRead, ReadBuf};

use super::hyper::runtime;
use crate::application::{self, Reply};
use cross_origin_servers::embed::poem::Cors;

pub fn serve(listener: TcpListener, policy: Arc<ArcSwap<Policy>>) {
    let app = route().with(CatchPanic::new()).with(Cors::new(policy));
    listener.set_nonblocking(true).unwrap();
    runtime().block_on(async {
        let acceptor = TcpAcceptor::from_std(listener).unwrap();
        Server::new_with_acceptor(acceptor).run(app).await.unwrap();
    });
}

fn route() -> Route {
    let mut route = Route::new()
        .at(
            "/broken",
            make_sync(|_| -> Response { application::broken() }),
        )
        .at(
            application::REFUSED,
            poem::endpoint::make(|_| async {
                let nobody = std::io::Error::other("who are you?");
                Err::<Response, _>(Unauthorized(nobody))
            }),
        );
    for (path, reply) in application::ROUTES {
        let mut methods = poem::get(make_sync(move |_| respond(reply)));
        if path == "/" {
            let own = make_sync(|_| respond(application::OWN_OPTIONS));
            methods = methods.options(own);
        }
        route = route.at(path, methods);
    }
    route
}

fn respond(reply: Reply) -> Response {
    let mut response = Response::builder()
        .status(StatusCode::from_u16(reply.status).unwrap())
        .body(match reply.body {
            [] => Body::empty(),
            [whole] => Body::from(*whole),
            pieces => Body::from_async_read(Pieces(pieces)),
        });
    for (name, value) in reply.headers {
        let value = HeaderValue::from_static(value);
        response.headers_mut().append(*name, value);
    }
    response
}

struct Pieces(&'static [&'static str]);

impl AsyncRead for Pieces {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        if let Some((first, rest)) = self.0.split_first() {
            buffer.put_slice(first.as_bytes());
            self.0 = rest;
        }
        Poll::Ready(Ok(()))
    }
}

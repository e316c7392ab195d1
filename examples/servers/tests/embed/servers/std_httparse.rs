//! No framework, where every answer is the application's.

use std::io::{Cursor, Read};
use std::net::TcpListener;
use std::sync::Arc;

use arc_swap::ArcSwap;
use cross_origin::Policy;

use crate::application;
use cross_origin_servers::embed::std_httparse::{self as cors_std_httparse, Request, Response};

pub fn serve(listener: TcpListener, policy: Arc<ArcSwap<Policy>>) {
    cors_std_httparse::serve(&listener, &policy, respond);
}

fn respond(request: &Request) -> Response {
    assert!(request.body.is_empty(), "the table has no bodies");
    let reply = application::answer(&request.method, &request.path);
    let headers = reply.headers.iter();
    let empty: Box<dyn Read> = Box::new(std::io::empty());
    Response {
        status: reply.status,
        headers: headers
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        body: reply.body.iter().fold(empty, |body, piece| {
            Box::new(body.chain(Cursor::new(piece.as_bytes())))
        }),
    }
}

//! An HTTP client: a new connection for each request, and no patience.

use std::net::SocketAddr;
use std::time::Duration;

use http::{HeaderValue, Request};
use http_body_util::{BodyExt, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::{http1, http2};
use hyper::rt::{Read, Write};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpStream;

use crate::table::Asked;

const PATIENCE: Duration = Duration::from_secs(20);

pub struct Got {
    pub status: u16,
    /// In the order in which the client gives them; lines of one name are in theirs.
    pub lines: Vec<(String, Vec<u8>)>,
    pub body: Vec<u8>,
}

#[derive(Clone, Copy, Debug)]
pub enum Version {
    Http1,
    /// Without TLS, by prior knowledge.
    Http2,
}

/// The connection of one server.
pub struct Client {
    runtime: tokio::runtime::Runtime,
    address: SocketAddr,
    version: Version,
}

impl Client {
    pub fn new(address: SocketAddr, version: Version) -> Self {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        Self {
            runtime: runtime.enable_all().build().unwrap(),
            address,
            version,
        }
    }

    pub fn ask(&self, asked: &Asked) -> Got {
        let answered = async { tokio::time::timeout(PATIENCE, self.answered(asked)).await };
        let answered = self.runtime.block_on(answered);
        answered
            .unwrap_or_else(|_| panic!("no answer in {PATIENCE:?} to {asked:?}"))
            .unwrap_or_else(|error| panic!("{error:?} for {asked:?}"))
    }

    async fn answered(&self, asked: &Asked) -> Result<Got, Box<dyn std::error::Error>> {
        let stream = TokioIo::new(TcpStream::connect(self.address).await?);
        let request = self.request(asked);
        let response = match self.version {
            Version::Http1 => over_http1(stream, request).await?,
            Version::Http2 => over_http2(stream, request).await?,
        };
        let (head, body) = response.into_parts();
        let lines = head.headers.iter();
        Ok(Got {
            status: head.status.as_u16(),
            lines: lines
                .map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec()))
                .collect(),
            body: body.collect().await?.to_bytes().to_vec(),
        })
    }

    fn request(&self, asked: &Asked) -> Request<Empty<Bytes>> {
        let uri = match self.version {
            Version::Http1 => asked.path.to_owned(),
            Version::Http2 => format!("http://{}{}", self.address, asked.path),
        };
        let mut request = Request::builder().method(asked.method).uri(uri);
        if let Version::Http1 = self.version {
            request = request.header("host", self.address.to_string());
        }
        for (name, value) in &asked.fields {
            request = request.header(*name, HeaderValue::from_bytes(value).unwrap());
        }
        request.body(Empty::new()).unwrap()
    }
}

async fn over_http1<T: Read + Write + Unpin + Send + 'static>(
    stream: T,
    request: Request<Empty<Bytes>>,
) -> hyper::Result<http::Response<Incoming>> {
    let (mut sender, connection) = http1::handshake(stream).await?;
    tokio::spawn(connection);
    sender.send_request(request).await
}

async fn over_http2<T: Read + Write + Unpin + Send + 'static>(
    stream: T,
    request: Request<Empty<Bytes>>,
) -> hyper::Result<http::Response<Incoming>> {
    let (mut sender, connection) = http2::handshake(TokioExecutor::new(), stream).await?;
    tokio::spawn(connection);
    sender.send_request(request).await
}

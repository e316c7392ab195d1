//! An HTTP client, with one connection for as long as the server keeps it.

use std::error::Error;
use std::net::SocketAddr;
use std::time::Duration;

use http::{HeaderValue, Request};
use http_body_util::{BodyExt, Empty};
use hyper::body::Bytes;
use hyper::client::conn::{http1, http2};
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

/// A client of one server.
pub struct Client {
    runtime: tokio::runtime::Runtime,
    address: SocketAddr,
    version: Version,
    connection: Option<Connection>,
}

impl Client {
    pub fn new(address: SocketAddr, version: Version) -> Self {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        Self {
            runtime: runtime.enable_all().build().unwrap(),
            address,
            version,
            connection: None,
        }
    }

    pub fn ask(&mut self, asked: &Asked) -> Got {
        let (request, kept) = (self.request(asked), self.connection.take());
        let answered = Self::answered(self.address, self.version, kept, request);
        let answered = async { tokio::time::timeout(PATIENCE, answered).await };
        let (connection, got) = self
            .runtime
            .block_on(answered)
            .unwrap_or_else(|_| panic!("no answer in {PATIENCE:?} to {asked:?}"))
            .unwrap_or_else(|error| panic!("{error:?} for {asked:?}"));
        self.connection = Some(connection);
        got
    }

    async fn answered(
        address: SocketAddr,
        version: Version,
        kept: Option<Connection>,
        request: Request<Empty<Bytes>>,
    ) -> Result<(Connection, Got), Box<dyn Error>> {
        // A server may close a connection that it kept at any time.
        if let Some(mut kept) = kept
            && let Ok(got) = kept.ask(request.clone()).await
        {
            return Ok((kept, got));
        }
        let mut connection = Connection::open(address, version).await?;
        let got = connection.ask(request).await?;
        Ok((connection, got))
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
        for (name, value) in &asked.headers {
            request = request.header(*name, HeaderValue::from_bytes(value).unwrap());
        }
        request.body(Empty::new()).unwrap()
    }
}

enum Connection {
    Http1(http1::SendRequest<Empty<Bytes>>),
    Http2(http2::SendRequest<Empty<Bytes>>),
}

impl Connection {
    async fn open(address: SocketAddr, version: Version) -> Result<Self, Box<dyn Error>> {
        let stream = TokioIo::new(TcpStream::connect(address).await?);
        Ok(match version {
            Version::Http1 => {
                let (sender, connection) = http1::handshake(stream).await?;
                tokio::spawn(connection);
                Self::Http1(sender)
            }
            Version::Http2 => {
                let executor = TokioExecutor::new();
                let (sender, connection) = http2::handshake(executor, stream).await?;
                tokio::spawn(connection);
                Self::Http2(sender)
            }
        })
    }

    async fn ask(&mut self, request: Request<Empty<Bytes>>) -> Result<Got, Box<dyn Error>> {
        let response = match self {
            Self::Http1(sender) => {
                sender.ready().await?;
                sender.send_request(request).await?
            }
            Self::Http2(sender) => sender.send_request(request).await?,
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
}

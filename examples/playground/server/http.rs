//! HTTP/1.1 on a socket of this machine: as much of it as a browser needs.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// How long a connection may be idle.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long a request may be, its body included.
const MAX_REQUEST_LEN: usize = 1 << 20;
const MAX_HEADERS: usize = 256;

/// Headers, of a request or a response.
pub type HeaderPairs = Vec<(String, Vec<u8>)>;

/// A request that was read.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    pub target: String,
    pub headers: HeaderPairs,
    pub body: Vec<u8>,
}

/// A response. Its headers are sent as they are and no others.
#[derive(Clone, Debug)]
pub struct Response {
    pub status: u16,
    pub headers: HeaderPairs,
    body: Vec<u8>,
}

impl Request {
    /// The value of the first line of this name.
    pub fn header(&self, name: &str) -> Option<&[u8]> {
        let is_named = |(there, _): &&(String, _)| there.eq_ignore_ascii_case(name);
        let found = self.headers.iter().find(is_named);
        found.map(|(_, value)| value.as_slice())
    }
}

impl Response {
    pub fn new(status: u16) -> Self {
        Self {
            status,
            headers: HeaderPairs::new(),
            body: Vec::new(),
        }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// A response of this status without content, which most statuses must say.
    pub fn empty(status: u16) -> Self {
        let response = Self::new(status);
        match status {
            204 | 304 => response,
            _ => response.body(""),
        }
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        let length = self.body.len().to_string();
        self.header("content-length", &length)
    }

    fn head(&self) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} \r\n", self.status).into_bytes();
        for (name, value) in &self.headers {
            head.extend_from_slice(name.as_bytes());
            head.extend_from_slice(b": ");
            head.extend_from_slice(value);
            head.extend_from_slice(b"\r\n");
        }
        head.extend_from_slice(b"\r\n");
        head
    }
}

/// A port of this machine that the system chooses.
pub fn listener() -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
}

/// Answers whatever comes, on threads of its own.
pub fn serve<A>(listener: TcpListener, answer: A)
where
    A: Fn(&Request) -> Response + Send + Sync + 'static,
{
    let answer = Arc::new(answer);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = Arc::clone(&answer);
            // A connection that breaks is the browser's affair.
            thread::spawn(move || converse(stream, &*answer));
        }
    });
}

fn converse(mut stream: TcpStream, answer: &dyn Fn(&Request) -> Response) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut read = Vec::new();
    while let Some(request) = next_request(&mut stream, &mut read)? {
        let response = answer(&request);
        let mut bytes = response.head();
        if request.method != "HEAD" {
            bytes.extend_from_slice(&response.body);
        }
        stream.write_all(&bytes)?;
    }
    Ok(())
}

/// The next request on this connection; `None` at its end. `read` keeps what was read beyond it.
fn next_request(stream: &mut TcpStream, read: &mut Vec<u8>) -> io::Result<Option<Request>> {
    loop {
        if let Some((request, length)) = parse(read)? {
            read.drain(..length);
            return Ok(Some(request));
        }
        let mut chunk = [0; 16 * 1024];
        let count = stream.read(&mut chunk)?;
        if count == 0 {
            return Ok(None);
        }
        read.extend_from_slice(&chunk[..count]);
        if read.len() > MAX_REQUEST_LEN {
            return Err(invalid("the request is too long"));
        }
    }
}

/// The request at the start of these bytes, and its length; `None` if it is not all there yet.
fn parse(bytes: &[u8]) -> io::Result<Option<(Request, usize)>> {
    let mut lines = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut head = httparse::Request::new(&mut lines);
    let start = match head.parse(bytes).map_err(invalid)? {
        httparse::Status::Complete(length) => length,
        httparse::Status::Partial => return Ok(None),
    };
    let mut request = Request {
        method: head.method.unwrap_or_default().to_owned(),
        target: head.path.unwrap_or_default().to_owned(),
        headers: head.headers.iter().map(owned_line).collect(),
        body: Vec::new(),
    };
    if request.header("transfer-encoding").is_some() {
        return Err(invalid("a body is sent with its length"));
    }
    let length = match request.header("content-length") {
        None => 0,
        Some(digits) => std::str::from_utf8(digits)
            .ok()
            .and_then(|digits| digits.parse().ok())
            .filter(|length| *length <= MAX_REQUEST_LEN)
            .ok_or_else(|| invalid("no length of a body"))?,
    };
    let end = start + length;
    match bytes.get(start..end) {
        None => Ok(None),
        Some(body) => {
            request.body = body.to_vec();
            Ok(Some((request, end)))
        }
    }
}

fn owned_line(line: &httparse::Header<'_>) -> (String, Vec<u8>) {
    (line.name.to_owned(), line.value.to_vec())
}

fn invalid(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}

//! Pages of somebody else that show the app: served without the app's headers, from another host.
//!
//! The two hosts have names of their own, which the browsers resolve to this machine (see [`crate::driver`]). So they
//! are different sites, whose pages a browser keeps in different processes, and neither counts as secure, as on a portal
//! that still has plain http.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;

use anyhow::Result;

/// What both hosts' names end in: a name that the network never gives to anyone.
pub const EXAMPLE: &str = "example";
/// The name of the host with the app.
pub const OURS: &str = "canbao";
/// The name of the host with the portal.
pub const THEIRS: &str = "portal";

/// A running portal. Its thread ends with the tests' process.
pub struct Portal(SocketAddr);

impl Portal {
    /// Serves these HTML bodies by their path: `""` is the first page.
    ///
    /// # Errors
    /// When this machine has no port left.
    pub fn serve(bodies: impl IntoIterator<Item = (&'static str, String)>) -> Result<Self> {
        let bodies: Arc<BTreeMap<_, _>> = Arc::new(bodies.into_iter().collect());
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let bodies = Arc::clone(&bodies);
                // A browser opens connections in advance and leaves them silent: each has its own thread.
                std::thread::spawn(move || answer(stream, &bodies));
            }
        });
        Ok(Self(address))
    }

    /// The address of its first page, at the portal's name.
    pub fn url(&self) -> String {
        format!("http://{THEIRS}.{EXAMPLE}:{}/", self.0.port())
    }

    /// The address of its first page where browsers count it as secure.
    pub fn secure_url(&self) -> String {
        format!("http://{}/", self.0)
    }
}

/// The app's address under the name of its host.
pub fn ours(home: &str) -> String {
    home.replace("127.0.0.1", &format!("{OURS}.{EXAMPLE}"))
}

/// Answers one request; a browser that hangs up is no concern.
fn answer(mut stream: TcpStream, bodies: &BTreeMap<&str, String>) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines().map_while(Result::ok);
    let request = lines.next()?;
    let path = request.split(' ').nth(1)?.trim_start_matches('/').to_owned();
    lines.find(String::is_empty)?;
    let (status, body) = match bodies.get(path.as_str()) {
        Some(body) => ("200 OK", body.as_str()),
        None => ("404 Not Found", ""),
    };
    let head = "<meta charset=utf-8><meta name=viewport content=width=device-width><title>门户</title>";
    let page = format!("<!doctype html><html lang=zh-CN>{head}<body>{body}</body></html>");
    let length = page.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{page}"
    )
    .ok()
}

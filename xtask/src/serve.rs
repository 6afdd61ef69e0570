//! Serves the bundle as a real host should: compressed, typed, cached, with its security headers.
//!
//! The bundle is small, so all of it is read into memory at the start: a request is one look into a map, and a path
//! that leaves the folder is simply a name that is not in it. The browser tests start the same server in-process.

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;

use anyhow::{Context, Result, anyhow, ensure};
use tiny_http::{Header, Method, Request, Response, Server};

use crate::bundle;
use crate::headers::{ALWAYS, cache_control, content_type, digest};

/// Threads that answer requests; a browser opens a handful of connections.
const WORKERS: usize = 4;

/// A running server. Dropping it stops it.
pub struct Serving {
    server: Arc<Server>,
    workers: Vec<JoinHandle<()>>,
    address: SocketAddr,
}

/// Serves a folder on 127.0.0.1, at this port; port 0 takes any free one.
pub fn serve(folder: &Path, port: u16) -> Result<Serving> {
    let site = Arc::new(Site::read(folder)?);
    let server = Server::http((Ipv4Addr::LOCALHOST, port))
        .map_err(|error| anyhow!("cannot listen on 127.0.0.1:{port}: {error}"))?;
    let address = server.server_addr().to_ip().context("the server has no address")?;
    let server = Arc::new(server);
    let workers = (0..WORKERS)
        .map(|_| {
            let (server, site) = (Arc::clone(&server), Arc::clone(&site));
            std::thread::spawn(move || {
                while let Ok(request) = server.recv() {
                    // A browser that hung up is no concern of the next one.
                    let _ = site.answer(request);
                }
            })
        })
        .collect();
    Ok(Serving { server, workers, address })
}

/// Like [`serve`], but takes the next free port when this one is in use.
pub fn serve_from(folder: &Path, port: u16) -> Result<Serving> {
    let last = port.saturating_add(99);
    (port..=last)
        .find_map(|port| match serve(folder, port) {
            Err(error) if is_taken(port) => {
                drop(error);
                None
            }
            result => Some(result),
        })
        .unwrap_or_else(|| Err(anyhow!("ports {port} to {last} are all in use")))
}

fn is_taken(port: u16) -> bool {
    std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .is_err_and(|error| error.kind() == io::ErrorKind::AddrInUse)
}

impl Serving {
    /// The address of the page.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Serves until the program is ended.
    pub fn wait(mut self) {
        for worker in self.workers.drain(..) {
            let _ = worker.join();
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        for _ in &self.workers {
            self.server.unblock();
        }
        for worker in self.workers.drain(..) {
            let _ = worker.join();
        }
    }
}

/// One file in the forms it can be sent in.
struct File {
    plain: Vec<u8>,
    brotli: Option<Vec<u8>>,
    gzip: Option<Vec<u8>>,
    digest: String,
}

/// All files, by their path in the bundle.
struct Site(BTreeMap<String, File>);

impl Site {
    fn read(folder: &Path) -> Result<Self> {
        let mut all = bundle::read(folder)?;
        ensure!(all.contains_key("index.html"), "{} has no index.html: run `cargo x build`", folder.display());
        let names: Vec<String> =
            all.keys().filter(|name| !name.ends_with(".br") && !name.ends_with(".gz")).cloned().collect();
        let files = names
            .into_iter()
            .map(|name| {
                let brotli = all.remove(&format!("{name}.br"));
                let gzip = all.remove(&format!("{name}.gz"));
                let plain = all.remove(&name).unwrap_or_default();
                let digest = digest(&plain);
                (name, File { plain, brotli, gzip, digest })
            })
            .collect();
        Ok(Self(files))
    }

    fn answer(&self, request: Request) -> io::Result<()> {
        if !matches!(request.method(), Method::Get | Method::Head) {
            let response = with_headers(Response::from_string("only GET and HEAD\n"), &[("Allow", "GET, HEAD")]);
            return request.respond(response.with_status_code(405));
        }
        let path = request.url().split(['?', '#']).next().unwrap_or_default();
        let mut name = path.trim_start_matches('/').to_owned();
        if name.is_empty() || name.ends_with('/') {
            name.push_str("index.html");
        }
        let Some(file) = self.0.get(&name) else {
            return request.respond(with_headers(Response::from_string("not found\n"), &[]).with_status_code(404));
        };

        let accepted = header(&request, "Accept-Encoding");
        let (body, encoding) = match (&file.brotli, &file.gzip) {
            (Some(body), _) if accepts(&accepted, "br") => (body, "br"),
            (_, Some(body)) if accepts(&accepted, "gzip") => (body, "gzip"),
            _ => (&file.plain, ""),
        };
        let tag = format!("\"{}{encoding}\"", file.digest);
        let mut headers = vec![
            ("Content-Type", content_type(&name)),
            ("Cache-Control", cache_control(&name)),
            ("Vary", "Accept-Encoding"),
            ("ETag", &tag),
        ];
        if !encoding.is_empty() {
            headers.push(("Content-Encoding", encoding));
        }
        if header(&request, "If-None-Match").split(',').any(|known| known.trim() == tag) {
            return request.respond(with_headers(Response::empty(304), &headers));
        }
        request.respond(with_headers(Response::from_data(body.as_slice()), &headers))
    }
}

/// The value of a request's header, empty when it has none.
fn header(request: &Request, name: &'static str) -> String {
    request
        .headers()
        .iter()
        .find(|header| header.field.equiv(name))
        .map(|header| header.value.to_string())
        .unwrap_or_default()
}

/// Whether `Accept-Encoding` names this encoding without refusing it.
fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|item| {
        let mut parts = item.split(';').map(str::trim);
        parts.next() == Some(encoding) && !parts.any(|weight| matches!(weight, "q=0" | "q=0.0"))
    })
}

/// Adds these headers and those that every answer has.
fn with_headers<R: io::Read>(mut response: Response<R>, headers: &[(&str, &str)]) -> Response<R> {
    for (name, value) in headers.iter().chain(&ALWAYS) {
        if let Ok(header) = Header::from_bytes(*name, *value) {
            response.add_header(header);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpStream;

    use super::*;
    use crate::bundle::Files;

    /// Sends one request and returns the whole answer as text, the body's bytes included.
    fn ask(serving: &Serving, method: &str, path: &str, headers: &str) -> String {
        let mut stream = TcpStream::connect(serving.address).expect("a connection");
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n")
            .expect("a request sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn serving(test: &str) -> Serving {
        let folder = std::env::temp_dir().join(format!("canbao-serve-{test}-{}", std::process::id()));
        let text = "一二三四五六七八九十".repeat(50).into_bytes();
        let files: Files = ["index.html", "app-0123456789abcdef.js", "sdk/index.js"]
            .map(|name| (name.to_owned(), text.clone()))
            .into();
        bundle::write(&files, &folder).expect("files written");
        let serving = serve(&folder, 0).expect("a server");
        std::fs::remove_dir_all(folder).expect("files removed");
        serving
    }

    #[test]
    fn sends_the_best_encoding_a_browser_accepts() {
        let serving = serving("encoding");
        let encoding = |accept: &str| {
            let answer = ask(&serving, "GET", "/", accept);
            assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
            answer.lines().find_map(|line| line.strip_prefix("Content-Encoding: ")).map(str::to_owned)
        };
        assert_eq!(encoding("Accept-Encoding: gzip, deflate, br\r\n").as_deref(), Some("br"));
        assert_eq!(encoding("Accept-Encoding: gzip, br;q=0\r\n").as_deref(), Some("gzip"));
        assert_eq!(encoding(""), None);
    }

    #[test]
    fn answers_with_type_cache_and_security_headers() {
        let serving = serving("headers");
        let page = ask(&serving, "HEAD", "/?on=2026-03-10", "");
        for expected in [
            "Content-Type: text/html; charset=utf-8",
            "Cache-Control: no-cache",
            "X-Content-Type-Options: nosniff",
            "Content-Security-Policy: default-src 'none'",
        ] {
            assert!(page.contains(expected), "{expected} is missing in {page}");
        }
        let script = ask(&serving, "HEAD", "/app-0123456789abcdef.js", "");
        assert!(script.contains("immutable") && script.contains("text/javascript"), "{script}");
        assert!(ask(&serving, "HEAD", "/sdk/index.js", "").contains("Access-Control-Allow-Origin: *"));
    }

    #[test]
    fn a_known_file_is_not_sent_again() {
        let serving = serving("etag");
        let first = ask(&serving, "HEAD", "/", "");
        let tag = first.lines().find_map(|line| line.strip_prefix("ETag: ")).expect("a tag");
        let again = ask(&serving, "GET", "/", &format!("If-None-Match: {tag}\r\n"));
        assert!(again.starts_with("HTTP/1.1 304"), "{again}");
    }

    #[test]
    fn nothing_outside_the_bundle_is_served() {
        let serving = serving("outside");
        for path in ["/../Cargo.toml", "/%2e%2e/Cargo.toml", "//etc/passwd", "/index.html.br", "/sdk/"] {
            assert!(ask(&serving, "GET", path, "").starts_with("HTTP/1.1 404"), "{path}");
        }
        assert!(ask(&serving, "POST", "/", "Content-Length: 0\r\n").starts_with("HTTP/1.1 405"));
    }

    #[test]
    fn takes_the_next_port_when_one_is_in_use() {
        let first = serving("port");
        let folder = std::env::temp_dir().join(format!("canbao-serve-next-{}", std::process::id()));
        bundle::write(&[("index.html".to_owned(), b"x".to_vec())].into(), &folder).expect("files written");
        let second = serve_from(&folder, first.address.port()).expect("a server");
        std::fs::remove_dir_all(folder).expect("files removed");
        assert!(second.address.port() > first.address.port());
    }
}

//! Serves the bundle as a real host should: compressed, typed, cached, with its security headers.
//!
//! The bundle is small, so all of it is read into memory at the start: a request is one look into a map, and a path
//! that leaves the folder is simply a name that is not in it. The browser tests start the same server in-process.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::JoinHandle;

use anyhow::{Context, Result, anyhow, ensure};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::sync::oneshot;

use crate::headers::{ALWAYS, cache_control, content_type, digest};
use crate::{bundle, missing};

/// A running server. Dropping it kills it: it stops listening, and every connection breaks off.
pub struct Serving {
    thread: Option<JoinHandle<()>>,
    kill: Option<oneshot::Sender<()>>,
    site: Arc<RwLock<Site>>,
    address: SocketAddr,
}

/// Serves a folder on 127.0.0.1, at this port; port 0 takes any free one.
///
/// # Errors
/// When the folder cannot be read or holds no page, or the port is taken.
pub fn serve(folder: &Path, port: u16) -> Result<Serving> {
    let site = Arc::new(RwLock::new(Site::read(folder)?));
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).with_context(|| format!("cannot listen on 127.0.0.1:{port}"))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let (kill, killed) = oneshot::channel();
    let thread = std::thread::spawn({
        let site = Arc::clone(&site);
        move || {
            runtime.block_on(async {
                tokio::select! {
                    _ = killed => {}
                    _ = accept(listener, &site) => {}
                }
            });
            // The runtime ends here, and with it every connection.
        }
    });
    Ok(Serving { thread: Some(thread), kill: Some(kill), site, address })
}

/// Answers everyone who connects, each in a task of its own.
async fn accept(listener: TcpListener, site: &Arc<RwLock<Site>>) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    loop {
        let (stream, _) = listener.accept().await?;
        // Answers are small and whole: nothing is gained by waiting for more to send.
        stream.set_nodelay(true)?;
        let site = Arc::clone(site);
        let service = service_fn(move |request: Request<_>| {
            let answer = site.read().unwrap_or_else(PoisonError::into_inner).answer(&request);
            async { Ok::<_, Infallible>(answer) }
        });
        // A browser that hung up is no concern of the next one.
        tokio::spawn(async { http1::Builder::new().serve_connection(TokioIo::new(stream), service).await.ok() });
    }
}

/// Like [`serve`], but takes the next free port when this one is in use.
///
/// # Errors
/// Those of [`serve`], and when a hundred ports in a row are taken.
pub fn serve_from(folder: &Path, port: u16) -> Result<Serving> {
    let last = port.saturating_add(99);
    (port..=last)
        .find_map(|port| match serve(folder, port) {
            Err(error) if is_taken(&error) => None,
            result => Some(result),
        })
        .unwrap_or_else(|| Err(anyhow!("ports {port} to {last} are all in use")))
}

fn is_taken(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::AddrInUse)
}

impl Serving {
    /// The address of the page.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The port, to serve at the same address again after this one is gone.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Serves another folder from the next request on, as a host does after new files were put on it.
    ///
    /// # Errors
    /// When the folder cannot be read or holds no page.
    pub fn switch(&self, folder: &Path) -> Result<()> {
        let site = Site::read(folder)?;
        *self.site.write().unwrap_or_else(PoisonError::into_inner) = site;
        Ok(())
    }

    /// Serves until the program is ended.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // Whoever does not listen any more is gone already.
        let _ = self.kill.take().map(|kill| kill.send(()));
        let _ = self.thread.take().map(JoinHandle::join);
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

    fn answer<B>(&self, request: &Request<B>) -> Response<Full<Bytes>> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return response(StatusCode::METHOD_NOT_ALLOWED, &[(header::ALLOW, "GET, HEAD")], b"only GET and HEAD\n");
        }
        let mut name = request.uri().path().trim_start_matches('/').to_owned();
        if name.is_empty() || name.ends_with('/') {
            name.push_str("index.html");
        }
        let Some(file) = self.0.get(&name) else {
            let Some(page) = self.0.get(missing::NAME) else {
                return response(StatusCode::NOT_FOUND, &[], b"not found\n");
            };
            let headers = [(header::CONTENT_TYPE, content_type(missing::NAME)), (header::CACHE_CONTROL, "no-cache")];
            return response(StatusCode::NOT_FOUND, &headers, &page.plain);
        };

        let accepted = value(request.headers(), header::ACCEPT_ENCODING);
        let (body, encoding) = match (&file.brotli, &file.gzip) {
            (Some(body), _) if accepts(accepted, "br") => (body, "br"),
            (_, Some(body)) if accepts(accepted, "gzip") => (body, "gzip"),
            _ => (&file.plain, ""),
        };
        let tag = format!("\"{}{encoding}\"", file.digest);
        let mut headers = vec![
            (header::CONTENT_TYPE, content_type(&name)),
            (header::CACHE_CONTROL, cache_control(&name)),
            (header::VARY, "Accept-Encoding"),
            (header::ETAG, &tag),
        ];
        if !encoding.is_empty() {
            headers.push((header::CONTENT_ENCODING, encoding));
        }
        if value(request.headers(), header::IF_NONE_MATCH).split(',').any(|known| known.trim() == tag) {
            return response(StatusCode::NOT_MODIFIED, &headers, b"");
        }
        response(StatusCode::OK, &headers, body)
    }
}

/// The value of a request's header, empty when it has none.
fn value(headers: &HeaderMap, name: HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Whether `Accept-Encoding` names this encoding without refusing it.
fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|item| {
        let mut parts = item.split(';').map(str::trim);
        parts.next() == Some(encoding) && !parts.any(|weight| matches!(weight, "q=0" | "q=0.0"))
    })
}

/// An answer with these headers and those that every answer has. The body of an answer to `HEAD` is not sent.
fn response(status: StatusCode, headers: &[(HeaderName, &str)], body: &[u8]) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::copy_from_slice(body)));
    *response.status_mut() = status;
    let always = ALWAYS.map(|(name, value)| (HeaderName::from_static(name), value));
    for (name, value) in headers.iter().chain(&always) {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
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
            answer.lines().find_map(|line| line.strip_prefix("content-encoding: ")).map(str::to_owned)
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
            "content-type: text/html; charset=utf-8",
            "cache-control: no-cache",
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
        ] {
            assert!(page.contains(expected), "{expected} is missing in {page}");
        }
        let script = ask(&serving, "HEAD", "/app-0123456789abcdef.js", "");
        assert!(script.contains("immutable") && script.contains("text/javascript"), "{script}");
        assert!(ask(&serving, "HEAD", "/sdk/index.js", "").contains("access-control-allow-origin: *"));
    }

    #[test]
    fn a_known_file_is_not_sent_again() {
        let serving = serving("etag");
        let first = ask(&serving, "HEAD", "/", "");
        let tag = first.lines().find_map(|line| line.strip_prefix("etag: ")).expect("a tag");
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
    fn serves_other_files_after_a_switch_and_nothing_once_killed() {
        let serving = serving("switch");
        let folder = std::env::temp_dir().join(format!("canbao-serve-switched-{}", std::process::id()));
        bundle::write(&[("index.html".to_owned(), b"second".to_vec())].into(), &folder).expect("files written");
        assert!(!ask(&serving, "GET", "/", "").ends_with("second"));
        serving.switch(&folder).expect("a folder with a page");
        std::fs::remove_dir_all(folder).expect("files removed");
        assert!(ask(&serving, "GET", "/", "").ends_with("second"));

        let mut open = TcpStream::connect(serving.address).expect("a connection");
        let address = serving.address;
        drop(serving);
        assert!(TcpStream::connect(address).is_err());
        assert_eq!(open.read_to_end(&mut Vec::new()).unwrap_or(0), 0, "a connection outlives its server");
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

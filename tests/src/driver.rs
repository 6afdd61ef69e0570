//! Starts a browser under its WebDriver program and makes sure that nothing of it stays behind.
//!
//! Each browser gets a fresh folder for its profile and its temporary files, a free port, and a process group of its
//! own, which is ended when the value is dropped, whether the test passed, failed or panicked.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::Capabilities;
use thirtyfour::prelude::*;
use xtask::setup::GECKODRIVER;

use crate::portal::{self, EXAMPLE};

/// A browser that WebDriver reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Debian's Chromium.
    Chromium,
    /// Debian's Firefox ESR.
    Firefox,
    /// WebKitGTK's MiniBrowser.
    WebKit,
}

/// The size of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// 360 × 740, as on a small phone.
    Phone,
    /// 1280 × 800.
    Computer,
}

impl Screen {
    /// Width and height in CSS pixels.
    pub fn size(self) -> (u32, u32) {
        match self {
            Self::Phone => (360, 740),
            Self::Computer => (1280, 800),
        }
    }
}

/// How long a browser may take to start on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running WebDriver program, with the folder that everything it starts writes to.
pub struct Driver {
    engine: Engine,
    process: Child,
    port: u16,
    folder: TempDir,
}

impl Driver {
    /// Starts the program and waits until it listens.
    pub fn start(engine: Engine) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("canbao-browser-").tempdir()?;
        let port = free_port()?;
        let mut command = match engine {
            Engine::Chromium => Command::new("chromedriver"),
            Engine::Firefox => {
                let mut command = Command::new(GECKODRIVER.path()?);
                command.args(["--websocket-port", &free_port()?.to_string()]);
                command
            }
            Engine::WebKit => {
                let mut command = Command::new("xvfb-run");
                command.args(["-a", "-s", "-screen 0 1280x1024x24", "WebKitWebDriver"]);
                command
            }
        };
        command.arg(format!("--port={port}"));
        let process = command
            .env("TMPDIR", folder.path())
            // No accessibility bus and no graphics card here: asking for them costs seconds.
            .envs([("NO_AT_BRIDGE", "1"), ("LIBGL_ALWAYS_SOFTWARE", "1")])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start {command:?}: run `cargo x setup`"))?;
        let mut driver = Self { engine, process, port, folder };
        driver.wait_until_it_listens()?;
        Ok(driver)
    }

    fn wait_until_it_listens(&mut self) -> Result<()> {
        let start = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_err() {
            if let Some(status) = self.process.try_wait()? {
                bail!("the driver of {:?} ended at once ({status})", self.engine);
            }
            ensure!(start.elapsed() < PATIENCE, "the driver of {:?} does not answer", self.engine);
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// Opens a window.
    pub async fn open(&self, screen: Screen) -> Result<WebDriver> {
        let mut capabilities = Capabilities::new();
        for (name, value) in self.capabilities(screen)? {
            capabilities.set(name, value)?;
        }
        let window = WebDriver::new(format!("http://127.0.0.1:{}", self.port), capabilities)
            .await
            .with_context(|| format!("{:?} does not start", self.engine))?;
        if self.engine != Engine::Chromium {
            let (width, height) = screen.size();
            window.set_window_rect(0, 0, width, height).await?;
        }
        Ok(window)
    }

    fn capabilities(&self, screen: Screen) -> Result<Vec<(&'static str, Value)>> {
        let (width, height) = screen.size();
        Ok(match self.engine {
            Engine::Chromium => {
                let mut options = json!({ "binary": "/usr/bin/chromium", "args": [
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    format!("--host-resolver-rules=MAP *.{EXAMPLE} 127.0.0.1"),
                    format!("--user-data-dir={}", self.folder.path().join("profile").display()),
                    format!("--window-size={width},{height}"),
                ]});
                if screen == Screen::Phone {
                    // No window gets as narrow as a phone; this also gives touch and the meta viewport.
                    options["mobileEmulation"] =
                        json!({ "deviceMetrics": { "width": width, "height": height, "pixelRatio": 2.0 } });
                }
                vec![("browserName", json!("chrome")), ("goog:chromeOptions", options)]
            }
            Engine::Firefox => {
                let here = format!("{}.{EXAMPLE},{}.{EXAMPLE}", portal::OURS, portal::THEIRS);
                let options = json!({
                    "binary": "/usr/bin/firefox-esr",
                    "args": ["-headless"],
                    "prefs": { "network.dns.localDomains": here },
                });
                vec![("browserName", json!("firefox")), ("moz:firefoxOptions", options)]
            }
            Engine::WebKit => {
                let options = json!({ "binary": mini_browser()?, "args": ["--automation"] });
                vec![("browserName", json!("MiniBrowser")), ("webkitgtk:browserOptions", options)]
            }
        })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The group holds the driver, the browser and its helpers, and the virtual screen, which removes its lock
        // file when asked to end. What does not listen is ended the hard way.
        let group = format!("-{}", self.process.id());
        for signal in ["-TERM", "-KILL"] {
            let _ = Command::new("kill").args([signal, "--", &group]).stderr(Stdio::null()).status();
            let start = Instant::now();
            while start.elapsed() < Duration::from_secs(2) && matches!(self.process.try_wait(), Ok(None)) {
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        let _ = self.process.wait();
    }
}

/// A port that nobody listens on.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// WebKitGTK's test browser, which Debian keeps in a folder named after the machine and the library's version.
fn mini_browser() -> Result<PathBuf> {
    let places = std::fs::read_dir("/usr/lib")?
        .flatten()
        .flat_map(|machine| std::fs::read_dir(machine.path()).into_iter().flatten().flatten())
        .filter(|folder| folder.file_name().to_string_lossy().starts_with("webkit2gtk-"))
        .map(|folder| folder.path().join("MiniBrowser"))
        .filter(|file| file.is_file());
    places.max().context("WebKitGTK's MiniBrowser is missing: run `cargo x setup`")
}

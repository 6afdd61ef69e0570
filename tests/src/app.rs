//! The app in a browser window: what every page object is built on.
//!
//! Elements are found by their `data-testid`, which names what a thing is for and survives a change of wording or
//! layout. Finding waits, because WebDriver is a network away from a page that is still starting.

use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail, ensure};
use futures_util::FutureExt as _;
use serde_json::{Value, json};
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::*;
use xtask::bundle::{self, Files};
use xtask::{paths, serve};

use crate::driver::{Driver, Engine, Screen};

/// How long an element may take to appear.
const PATIENCE: Duration = Duration::from_secs(15);
const PAUSE: Duration = Duration::from_millis(25);

/// A browser window and the address of the app.
pub struct App {
    /// The window, for whatever the methods here do not cover.
    pub window: WebDriver,
    /// The browser it belongs to.
    pub engine: Engine,
    home: String,
}

/// Serves the bundle, opens a browser, runs a test in it and cleans up.
///
/// # Errors
/// Those of the test, after a picture of the window went to `target/browser-failures/`.
pub fn run(engine: Engine, screen: Screen, test: impl AsyncFnOnce(&App) -> Result<()>) -> Result<()> {
    run_on(&paths::dist(), engine, screen, test)
}

/// Like [`run`], with the bundle's files changed before, as a bad line or a host's mistake would.
///
/// # Errors
/// As with [`run`].
pub fn run_changed(
    change: impl FnOnce(&mut Files),
    engine: Engine,
    screen: Screen,
    test: impl AsyncFnOnce(&App) -> Result<()>,
) -> Result<()> {
    let mut files = bundle::read(&paths::dist())?;
    // The compressed copies would be sent instead of what was changed.
    files.retain(|name, _| !name.ends_with(".br") && !name.ends_with(".gz"));
    change(&mut files);
    let folder = tempfile::tempdir()?;
    for (name, content) in files {
        let file = folder.path().join(name);
        std::fs::create_dir_all(file.parent().context("a file in a folder")?)?;
        std::fs::write(file, content)?;
    }
    run_on(folder.path(), engine, screen, test)
}

/// Like [`run`], with another folder than the bundle's.
///
/// # Errors
/// As with [`run`].
pub fn run_on(folder: &Path, engine: Engine, screen: Screen, test: impl AsyncFnOnce(&App) -> Result<()>) -> Result<()> {
    let serving = serve::serve(folder, 0)?;
    run_at(&serving.url(), engine, screen, test)
}

/// Like [`run`], with a host at this address that somebody else started.
///
/// # Errors
/// As with [`run`].
pub fn run_at(home: &str, engine: Engine, screen: Screen, test: impl AsyncFnOnce(&App) -> Result<()>) -> Result<()> {
    let driver = Driver::start(engine)?;
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let app = App { window: driver.open(screen).await?, engine, home: home.to_owned() };
        // A browser that is not told to quit keeps a failed test waiting for minutes.
        let result = AssertUnwindSafe(test(&app)).catch_unwind().await;
        if !matches!(result, Ok(Ok(()))) {
            // The test's own error is the one to report.
            let _ = app.keep_picture().await;
        }
        app.window.quit().await?;
        result.unwrap_or_else(|panic| resume_unwind(panic))
    })
}

impl App {
    /// Opens the app, with what follows its address: `""`, or `"?on=2026-03-10"`.
    pub async fn open(&self, rest: &str) -> Result<()> {
        Ok(self.window.goto(format!("{}{rest}", self.home)).await?)
    }

    /// The app's address.
    pub fn home(&self) -> &str {
        &self.home
    }

    /// Waits until the app has started in the page.
    pub async fn ready(&self) -> Result<()> {
        let ready = self.window.query(By::Css("html[data-ready=app]")).wait(PATIENCE, PAUSE);
        if ready.first().await.is_err() {
            let state = self.window.find(By::Css("html")).await?.attr("data-ready").await?;
            bail!(
                "the app does not start in {:?}: the page says {state:?}, titled {:?}",
                self.engine,
                self.window.title().await?
            );
        }
        Ok(())
    }

    /// The element with this `data-testid`, as soon as it is shown.
    pub async fn find(&self, id: &str) -> Result<WebElement> {
        let start = Instant::now();
        loop {
            let found = self.window.query(by(id)).wait(PATIENCE, PAUSE).and_displayed().first().await;
            // The app takes the place of the static page: an element may go between being found and being looked at.
            if found.is_ok() || start.elapsed() > PATIENCE {
                return found
                    .with_context(|| format!("nothing with data-testid=\"{id}\" is shown in {:?}", self.engine));
            }
        }
    }

    /// Whether an element with this `data-testid` is on the page now.
    pub async fn has(&self, id: &str) -> Result<bool> {
        Ok(!self.window.find_all(by(id)).await?.is_empty())
    }

    /// Waits until the page counts as old enough for a tap to be meant for it.
    pub async fn settled(&self) -> Result<()> {
        let settled = self.window.query(By::Css("#app:not(.fresh)")).wait(PATIENCE, PAUSE);
        settled.first().await.context("the page does not settle")?;
        Ok(())
    }

    /// Clicks an element. WebDriver is quicker than people: a click on a page that has only just come would be taken
    /// for the second one of a double click, so it waits.
    pub async fn click(&self, id: &str) -> Result<()> {
        self.settled().await?;
        loop {
            match self.find(id).await?.click().await {
                // The page was replaced between finding and clicking: nothing was clicked yet.
                Err(error) if matches!(*error, WebDriverErrorInner::StaleElementReference(_)) => {}
                result => return result.with_context(|| format!("cannot click {id}")),
            }
        }
    }

    /// Types behind what stands in a field.
    pub async fn type_into(&self, id: &str, text: &str) -> Result<()> {
        // A new page moves the focus to its heading, and the keys go where the focus is.
        self.settled().await?;
        loop {
            match self.find(id).await?.send_keys(text).await {
                Err(error) if matches!(*error, WebDriverErrorInner::StaleElementReference(_)) => {}
                result => return result.with_context(|| format!("cannot type into {id}")),
            }
        }
    }

    /// Types into a field instead of what stands in it.
    pub async fn fill(&self, id: &str, text: &str) -> Result<()> {
        self.settled().await?;
        self.find(id).await?.clear().await?;
        self.type_into(id, text).await
    }

    /// The text that an element shows.
    pub async fn text(&self, id: &str) -> Result<String> {
        let text = self.text_when(id, |_| true).await?;
        text.map_err(|last| anyhow!("{id} says {last:?} in {:?}", self.engine))
    }

    /// Waits until an element's text is this.
    pub async fn expect_text(&self, id: &str, expected: &str) -> Result<()> {
        let text = self.text_when(id, |text| text == expected).await?;
        text.map_err(|last| anyhow!("{id} says {last:?} instead of {expected:?} in {:?}", self.engine))?;
        Ok(())
    }

    /// Waits until an element's text is another one, and returns that.
    pub async fn changed_text(&self, id: &str, before: &str) -> Result<String> {
        let text = self.text_when(id, |text| text != before).await?;
        text.map_err(|last| anyhow!("{id} still says {last:?} in {:?}", self.engine))
    }

    /// The element's text as soon as it is as wanted, or the last one seen.
    async fn text_when(&self, id: &str, wanted: impl Fn(&str) -> bool) -> Result<Result<String, String>> {
        let start = Instant::now();
        loop {
            // The element may be replaced between being found and being read: then it is looked for again.
            let text = match self.find(id).await?.text().await {
                Ok(text) => text,
                Err(_) if start.elapsed() < PATIENCE => continue,
                Err(error) => return Err(error.into()),
            };
            if wanted(&text) {
                return Ok(Ok(text));
            }
            if start.elapsed() > PATIENCE {
                return Ok(Err(text));
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Runs the body of a function in the page and returns what it returns.
    pub async fn script(&self, body: &str) -> Result<Value> {
        Ok(self.window.execute(body, vec![]).await?.json().clone())
    }

    /// Waits until the body of a function returns `true` in the page.
    pub async fn until(&self, what: &str, body: &str) -> Result<()> {
        let start = Instant::now();
        // The page may be on its way to another one.
        while !matches!(self.script(body).await, Ok(Value::Bool(true))) {
            ensure!(start.elapsed() < 2 * PATIENCE, "not in time in {:?}: {what}", self.engine);
            tokio::time::sleep(PAUSE).await;
        }
        Ok(())
    }

    /// Imports a module of the bundle into the page as `module`, runs an asynchronous function body with it, and
    /// returns what that returns.
    pub async fn module(&self, path: &str, body: &str) -> Result<Value> {
        let script = format!(
            "const [address, done] = arguments;
             import(address)
               .then(async (module) => {{ {body} }})
               .then((value) => done({{ value }}), (error) => done({{ error: String(error) }}));"
        );
        let address = json!(format!("{}{path}", self.home));
        let answer = self.window.execute_async(script, vec![address]).await?;
        let answer = answer.json();
        match answer.get("error") {
            Some(error) => bail!("{path} fails in {:?}: {error}", self.engine),
            None => Ok(answer["value"].clone()),
        }
    }

    async fn keep_picture(&self) -> Result<()> {
        let folder = paths::root().join("target/browser-failures");
        std::fs::create_dir_all(&folder)?;
        let test = std::thread::current().name().unwrap_or("test").replace("::", "-");
        self.window.screenshot(&folder.join(format!("{test}.png"))).await?;
        Ok(())
    }
}

fn by(id: &str) -> By {
    By::Css(format!("[data-testid=\"{id}\"]"))
}

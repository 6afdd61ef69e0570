//! Without network, and from one version to the next: a host that is killed, changed or damaged while the app is in use.
//!
//! The second version is the first with another fee in one notice: read from its file, raised, baked as any notice, and
//! put through the same steps of the build that name it, list it and give the pages a version.

use std::cell::RefCell;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use canbao_e2e::app::{self, App};
use canbao_e2e::chromium86::{self, Step};
use canbao_e2e::driver::{Engine, Screen};
use canbao_e2e::in_each_browser;
use canbao_e2e::pages::question::Question;
use canbao_e2e::pages::result::ResultPage;
use canbao_e2e::portal::ours;
use canbao_engine::Program;
use canbao_engine::bake::bake;
use serde_json::{Value, json};
use tempfile::TempDir;
use xtask::bundle::{self, Files};
use xtask::headers::{is_named_by_content, named_by_content};
use xtask::serve::{self, Serving};
use xtask::{offline, paths, single};

/// The notice whose fee changes, and what an ordinary person pays before and after.
const NOTICE: &str = "141123-2026";
const PAGE: &str = "141123/2026/?on=2026-02-10";
const OLD: &str = "400";
const NEW: &str = "410";

/// That the page is no longer the one that was marked.
const ANOTHER: &str = "return !window.same && document.documentElement.dataset.ready === 'app'";

/// How long a worker may take to keep everything, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// The app as it was built, without what lies beside it.
fn first() -> Result<Files> {
    let mut files = bundle::read(&paths::dist())?;
    let beside = |name: &str| {
        ["sdk/", "staff/"].iter().any(|folder| name.starts_with(folder))
            || (name.starts_with("canbao") && name.ends_with(".html"))
    };
    files.retain(|name, _| !beside(name) && ![".br", ".gz"].iter().any(|packed| name.ends_with(packed)));
    Ok(files)
}

/// The same with another fee.
fn second() -> Result<Files> {
    let mut notice = canbao_baked::notice(NOTICE)?;
    let old = Some(OLD.parse()?);
    for fee in notice.fees.iter_mut().filter(|fee| fee.standard == old) {
        fee.standard = Some(NEW.parse()?);
    }
    let after = bake(Program::new(notice).ok().context("the changed notice is sound")?);
    let entry = canbao_baked::index().iter().find(|entry| entry.id == NOTICE).context("the notice")?;
    let mut files = first()?;
    let mut changed = 0;
    for (_, page) in files.iter_mut().filter(|(name, _)| name.ends_with(".html")) {
        let before = String::from_utf8(std::mem::take(page))?;
        let now = before.replace(canbao_baked::text(entry), &after);
        changed += usize::from(before != now);
        *page = now.into_bytes();
    }
    ensure!(changed == 2, "{changed} pages have the notice: that of the county and that of the year");
    // And a file that is new. Only the worker asks for it: pages are whole without it.
    let text = after.into_bytes();
    files.insert(named_by_content("new.txt", &text), text);
    offline::keep(files)
}

/// The version that these files say they are.
fn version(files: &Files) -> Result<String> {
    let text: Value = serde_json::from_slice(&files[offline::VERSION])?;
    Ok(text["version"].as_str().context("a version")?.to_owned())
}

/// A host's folder with these files. Those that are as they were built have their compressed forms beside them; to make
/// these for the others would take longer than the tests do.
fn written(files: &Files) -> Result<TempDir> {
    let folder = tempfile::tempdir()?;
    let built = bundle::read(&paths::dist())?;
    for (name, content) in files {
        let file = folder.path().join("dist").join(name);
        std::fs::create_dir_all(file.parent().context("a file in a folder")?)?;
        std::fs::write(&file, content)?;
        for packed in [".br", ".gz"].map(|end| format!("{name}{end}")) {
            if let (true, Some(content)) = (built.get(name) == Some(content), built.get(&packed)) {
                std::fs::write(folder.path().join("dist").join(packed), content)?;
            }
        }
    }
    Ok(folder)
}

/// A host at one address that can be killed and come back.
struct Host {
    serving: RefCell<Option<Serving>>,
    url: String,
    port: u16,
}

impl Host {
    fn start(folder: &Path) -> Result<Self> {
        let serving = serve::serve(&folder.join("dist"), 0)?;
        Ok(Self { url: serving.url(), port: serving.port(), serving: RefCell::new(Some(serving)) })
    }

    /// Nobody listens at its address any more.
    fn kill(&self) {
        self.serving.replace(None);
    }

    /// Serves these files from now on.
    fn serve(&self, folder: &Path) -> Result<()> {
        let folder = folder.join("dist");
        if let Some(serving) = &*self.serving.borrow() {
            return serving.switch(&folder);
        }
        let serving = serve::serve(&folder, self.port)?;
        self.serving.replace(Some(serving));
        Ok(())
    }
}

/// A line to a host, on which files whose names begin so come to a stop halfway for a while.
struct SlowLine {
    _host: Serving,
    thread: Option<JoinHandle<()>>,
    ended: Arc<AtomicBool>,
}

impl SlowLine {
    /// Takes the host's place at its address, with these files.
    fn to(host: &Host, folder: &TempDir, name: &'static str, pause: Duration) -> Result<Self> {
        host.kill();
        let serving = serve::serve(&folder.path().join("dist"), 0)?;
        let port = serving.port();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, host.port))?;
        listener.set_nonblocking(true)?;
        let ended = Arc::new(AtomicBool::new(false));
        let thread = std::thread::spawn({
            let ended = Arc::clone(&ended);
            move || {
                while !ended.load(Ordering::Relaxed) {
                    match listener.accept() {
                        // A browser opens connections in advance and leaves them silent: each has its own thread.
                        Ok((browser, _)) => drop(std::thread::spawn(move || pass(browser, port, name, pause))),
                        Err(_) => std::thread::sleep(Duration::from_millis(10)),
                    }
                }
            }
        });
        Ok(Self { _host: serving, thread: Some(thread), ended })
    }
}

impl Drop for SlowLine {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

/// Passes one request on, and its answer in two halves. A browser that hangs up is no concern.
fn pass(mut browser: TcpStream, port: u16, name: &str, pause: Duration) -> Option<()> {
    browser.set_nonblocking(false).ok()?;
    let lines = BufReader::new(browser.try_clone().ok()?).lines().map_while(Result::ok);
    let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let mut host = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok()?;
    for line in head.iter().filter(|line| !line.to_lowercase().starts_with("connection:")) {
        write!(host, "{line}\r\n").ok()?;
    }
    write!(host, "Connection: close\r\n\r\n").ok()?;
    let mut answer = Vec::new();
    host.read_to_end(&mut answer).ok()?;
    let (first, rest) = answer.split_at(answer.len() / 2);
    browser.write_all(first).ok()?;
    if head.first()?.contains(&format!("/{name}")) {
        std::thread::sleep(pause);
    }
    browser.write_all(rest).ok()
}

/// Runs a test with the first version on a host and the second beside it.
fn with_two_versions(engine: Engine, test: impl AsyncFnOnce(&App, &Host, &Versions) -> Result<()>) -> Result<()> {
    let (first, second) = (first()?, second()?);
    ensure!(version(&first)? != version(&second)?, "both have one version");
    let versions = Versions { folders: [written(&first)?, written(&second)?], first, second };
    let host = Host::start(versions.folders[0].path())?;
    app::run_at(&host.url, engine, Screen::Phone, async |app| test(app, &host, &versions).await)
}

/// Both versions, and the folders that hold them.
struct Versions {
    first: Files,
    second: Files,
    folders: [TempDir; 2],
}

/// Waits until the worker in use is that of these files: all of them are kept, and none is on its way into use.
async fn kept(app: &App, files: &Files) -> Result<()> {
    let version = version(files)?;
    let count = files.keys().filter(|name| is_named_by_content(name) || offline::is_page(name)).count();
    let look = format!(
        "const [done] = arguments;
         (async () => {{
             const registration = await navigator.serviceWorker.getRegistration();
             if (!registration) return 'none';
             const {{ installing, waiting, active }} = registration;
             if (installing || waiting || !active || active.state !== 'activated') {{
                 const states = [installing, waiting, active].map((worker) => worker && worker.state);
                 const stores = (await caches.keys()).map(async (name) =>
                     [name, (await (await caches.open(name)).keys()).length]);
                 return JSON.stringify([states, await Promise.all(stores)]);
             }}
             const name = (await caches.keys()).find((name) => name.endsWith('{version}'));
             if (!name) return 'another';
             const kept = await (await caches.open(name)).keys();
             return kept.filter(({{ url }}) => !url.endsWith('?before')).length;
         }})().then(done, (error) => done(String(error)));"
    );
    let start = Instant::now();
    loop {
        let found = app.window.execute_async(&look, vec![]).await?;
        if *found.json() == json!(count) {
            return Ok(());
        }
        ensure!(start.elapsed() < PATIENCE, "version {version} is not kept: {}", found.json());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// An ordinary person's answers, from the first question to the result.
async fn answer(app: &App) -> Result<()> {
    let question = Question::of(app);
    question.answer("local").await?;
    question.answer("none").await?;
    question.date("1980", "5", "20").await?;
    question.in_no_group().await
}

/// The result that is shown has this amount. (An error and no panic, which would leave the browser open for minutes.)
async fn costs(app: &App, expected: &str) -> Result<()> {
    app.ready().await?;
    let amount = ResultPage::of(app).await?.amount().await?;
    ensure!(amount == expected, "it says {amount} instead of {expected}");
    Ok(())
}

async fn says(app: &App, body: &str, expected: &Value) -> Result<()> {
    let value = app.script(body).await?;
    ensure!(value == *expected, "{body}: {value} instead of {expected}");
    Ok(())
}

/// Opens every kind of page: a choice, a place, a year, questions, a result.
async fn every_page(app: &App) -> Result<()> {
    app.open("").await?;
    app.ready().await?;
    // A year that is over by the day's own date: said without a host too.
    app.click("county-140823-2024").await?;
    app.find("over").await?;
    app.open("140522/").await?;
    app.ready().await?;
    app.find("heading").await?;
    app.open(PAGE).await?;
    // What is said of the network comes late, and may not move what somebody is about to tap.
    let below = "const [line, page] = ['offline', 'app'].map((id) => document.getElementById(id));
        return !!line && line.getBoundingClientRect().top >= page.getBoundingClientRect().bottom";
    app.until("the words stand below a question", below).await?;
    answer(app).await?;
    costs(app, OLD).await?;
    // As the page does it itself: Firefox's driver reloads as with a key held down, past every worker.
    app.script("window.same = true; location.reload()").await?;
    app.until("the page is another one", ANOTHER).await?;
    costs(app, OLD).await
}

fn every_page_opens_without_a_host(engine: Engine) -> Result<()> {
    with_two_versions(engine, async |app, host, versions| {
        app.open("141123/").await?;
        app.ready().await?;
        kept(app, &versions.first).await?;
        host.kill();
        every_page(app).await?;
        let said = app.text("offline").await?;
        ensure!(said.contains("数据截至20"), "{said}");
        host.serve(versions.folders[0].path())?;
        app.script("dispatchEvent(new Event('online'))").await?;
        app.until("the words go", "return !document.getElementById('offline').textContent").await
    })
}

#[test]
fn every_page_opens_without_a_host_in_chromium() -> Result<()> {
    every_page_opens_without_a_host(Engine::Chromium)
}

#[test]
fn every_page_opens_without_a_host_in_firefox() -> Result<()> {
    every_page_opens_without_a_host(Engine::Firefox)
}

#[test]
fn every_page_opens_without_a_host_in_webkit() -> Result<()> {
    every_page_opens_without_a_host(Engine::WebKit)
}

/// A line on which something listens and nothing comes.
#[test]
fn a_host_that_says_nothing_is_none() -> Result<()> {
    with_two_versions(Engine::Chromium, async |app, host, versions| {
        app.open(PAGE).await?;
        answer(app).await?;
        kept(app, &versions.first).await?;
        host.kill();
        let _silent = TcpListener::bind((Ipv4Addr::LOCALHOST, host.port))?;
        app.open(PAGE).await?;
        costs(app, OLD).await?;
        app.until("the words", "return /数据截至20/.test(document.getElementById('offline').textContent)").await
    })
}

/// With the browser's own cache and without.
#[test]
fn the_next_visit_sees_a_changed_fee() -> Result<()> {
    for disabled in [false, true] {
        with_two_versions(Engine::Chromium, async |app, host, versions| {
            let tools = app.window.cdp();
            tools.send_raw("Network.enable", json!({})).await?;
            tools.send_raw("Network.setCacheDisabled", json!({ "cacheDisabled": disabled })).await?;
            app.open(PAGE).await?;
            answer(app).await?;
            costs(app, OLD).await?;
            kept(app, &versions.first).await?;
            host.serve(versions.folders[1].path())?;
            app.open(PAGE).await?;
            costs(app, NEW).await?;
            // And from then on without a host too.
            kept(app, &versions.second).await?;
            host.kill();
            app.window.refresh().await?;
            costs(app, NEW).await?;
            Ok(())
        })?;
    }
    Ok(())
}

/// A second version that does not arrive whole: the first goes on, and the next visit tries again.
async fn a_bad_second(app: &App, host: &Host, versions: &Versions, damage: impl FnOnce(&mut Files)) -> Result<()> {
    app.open(PAGE).await?;
    answer(app).await?;
    kept(app, &versions.first).await?;
    let mut files = versions.second.clone();
    damage(&mut files);
    let bad = written(&files)?;
    host.serve(bad.path())?;
    // A page that is whole itself, so that it takes the new worker up.
    app.open("140522/").await?;
    app.ready().await?;
    let failed = "const [done] = arguments;
        navigator.serviceWorker.getRegistration()
          .then((registration) => registration.update())
          .then((registration) => new Promise((resolve) => {
              const { installing } = registration;
              if (!installing) return resolve(registration.active ? 'over' : 'none');
              installing.addEventListener('statechange', () => resolve(installing.state));
          }))
          .then(done, (error) => done(String(error)));";
    let state = app.window.execute_async(failed, vec![]).await?;
    ensure!(state.json() != "installed", "a damaged version came into use");
    let seen = format!("return (localStorage.getItem('canbao/current') || '').startsWith('{} ')", version(&files)?);
    app.until("this version has been seen to be the newest", &seen).await?;
    host.kill();
    app.open(PAGE).await?;
    costs(app, OLD).await?;
    // Not the day on which another version was the newest: what is shown is older.
    app.until("the words", "return !!(document.getElementById('offline') || {}).textContent").await?;
    let said = app.text("offline").await?;
    ensure!(!said.contains("数据截至"), "{said}");
    host.serve(versions.folders[1].path())?;
    app.open(PAGE).await?;
    costs(app, NEW).await?;
    kept(app, &versions.second).await?;
    host.kill();
    app.open(PAGE).await?;
    costs(app, NEW).await?;
    Ok(())
}

fn is_new(name: &str) -> bool {
    name.starts_with("new-")
}

#[test]
fn a_version_with_a_missing_file_is_not_taken() -> Result<()> {
    with_two_versions(Engine::Chromium, async |app, host, versions| {
        a_bad_second(app, host, versions, |files| files.retain(|name, _| !is_new(name))).await
    })
}

#[test]
fn a_version_with_half_a_file_is_not_taken() -> Result<()> {
    with_two_versions(Engine::Chromium, async |app, host, versions| {
        a_bad_second(app, host, versions, |files| {
            for (_, bytes) in files.iter_mut().filter(|(name, _)| is_new(name)) {
                bytes.truncate(bytes.len() / 2);
            }
        })
        .await
    })
}

/// A file that comes to a stop halfway: for longer than the worker waits, then for less.
#[test]
fn a_version_on_a_slow_line_is_taken_if_it_comes_in_time() -> Result<()> {
    with_two_versions(Engine::Chromium, async |app, host, versions| {
        app.open(PAGE).await?;
        app.ready().await?;
        kept(app, &versions.first).await?;
        // The same worker, but for its minute.
        let mut hasty = versions.second.clone();
        let worker = hasty.get_mut("worker.js").context("the worker")?;
        let text = String::from_utf8(std::mem::take(worker))?;
        ensure!(text.matches("},6e4)").count() == 1, "where is the minute? {text}");
        *worker = text.replace("},6e4)", "},500)").into_bytes();
        let hasty = written(&hasty)?;
        let pause = Duration::from_secs(3);

        let states = "const [done] = arguments;
            navigator.serviceWorker.getRegistration().then((registration) => {
                const states = [];
                const watch = (worker) => worker && worker.addEventListener('statechange', () => states.push(worker.state));
                registration.addEventListener('updatefound', () => watch(registration.installing));
                watch(registration.installing);
                registration.update().catch(() => {});
                const wait = () => states.length ? done(states[0]) : setTimeout(wait, 50);
                wait();
            });";
        let line = SlowLine::to(host, &hasty, "new-", pause)?;
        let state = app.window.execute_async(states, vec![]).await?;
        ensure!(*state.json() == json!("redundant"), "with half a second to come in: {}", state.json());
        drop(line);
        let _line = SlowLine::to(host, &versions.folders[1], "new-", pause)?;
        app.open(PAGE).await?;
        kept(app, &versions.second).await
    })
}

/// A page that is open takes a new version by itself, and nobody answers anything twice.
#[test]
fn an_open_page_takes_the_new_version_and_keeps_the_answers() -> Result<()> {
    with_two_versions(Engine::Chromium, async |app, host, versions| {
        app.open(PAGE).await?;
        app.ready().await?;
        Question::of(app).answer("local").await?;
        Question::of(app).answer("none").await?;
        app.type_into("year", "1980").await?;
        host.serve(versions.folders[1].path())?;
        // Something typed is not sent yet: the page stays.
        app.script("window.same = true; dispatchEvent(new Event('online'))").await?;
        tokio::time::sleep(Duration::from_secs(2)).await;
        says(app, "return window.same", &json!(true)).await?;
        Question::of(app).date("1980", "5", "20").await?;
        app.until("the page is another one", "return !window.same && document.documentElement.dataset.ready === 'app'")
            .await?;
        Question::of(app).in_no_group().await?;
        costs(app, NEW).await?;
        Ok(())
    })
}

/// The new version may be a while on its way. What is typed meanwhile is not lost to it, nor is the version.
#[test]
fn what_is_typed_while_a_new_version_is_on_its_way_stays() -> Result<()> {
    with_two_versions(Engine::Chromium, async |app, host, versions| {
        app.open(PAGE).await?;
        app.ready().await?;
        // A worker gives a page only when it has it whole; from then on the line is felt.
        kept(app, &versions.first).await?;
        app.open(PAGE).await?;
        app.ready().await?;
        Question::of(app).answer("local").await?;
        Question::of(app).answer("none").await?;
        app.find("year").await?;
        let _line = SlowLine::to(host, &versions.folders[1], "141123/2026/", Duration::from_secs(2))?;
        // As a person types, not as a driver does, which would wait for the page that is coming.
        app.script(
            "window.same = true;
            addEventListener('beforeunload', () => setTimeout(() => {
                const year = document.getElementById('year');
                year.value = '1980';
                year.dispatchEvent(new Event('input', { bubbles: true }));
                window.typed = true;
            }, 500), { once: true });
            dispatchEvent(new Event('online'));",
        )
        .await?;
        app.until("something is typed", "return window.typed === true").await?;
        tokio::time::sleep(Duration::from_secs(4)).await;
        says(app, "return window.same && document.getElementById('year').value", &json!("1980")).await?;
        Question::of(app).date("1980", "5", "20").await?;
        app.until("the page is another one", ANOTHER).await?;
        Question::of(app).in_no_group().await?;
        costs(app, NEW).await
    })
}

#[test]
fn two_windows_come_through_an_update() -> Result<()> {
    with_two_versions(Engine::Chromium, async |app, host, versions| {
        app.open(PAGE).await?;
        answer(app).await?;
        costs(app, OLD).await?;
        kept(app, &versions.first).await?;
        let old = app.window.window().await?;
        let new = app.window.new_tab().await?;
        host.serve(versions.folders[1].path())?;
        app.window.switch_to_window(new).await?;
        app.open(PAGE).await?;
        costs(app, NEW).await?;
        kept(app, &versions.second).await?;
        // What the old window was built with is still there for it.
        host.kill();
        app.window.switch_to_window(old).await?;
        let parts = "const [done] = arguments;
            const parts = performance.getEntriesByType('resource').map((entry) => entry.name)
                .filter((name) => /-[\\da-f]{16}\\./.test(name));
            Promise.all(parts.map((name) => fetch(name).then((answer) => answer.ok)))
                .then((all) => done(new Set(parts).size === 4 && all.every(Boolean)), (error) => done(String(error)));";
        let answer = app.window.execute_async(parts, vec![]).await?;
        ensure!(answer.json() == &json!(true), "{:?}", answer.json());
        app.find("family").await?;
        app.click("family").await?;
        app.find("total-amount").await?;
        // And it is one of the new version once it moves on with a network.
        host.serve(versions.folders[1].path())?;
        app.script("dispatchEvent(new Event('online'))").await?;
        app.until(
            "the new version",
            &format!("return document.documentElement.dataset.version === '{}'", version(&versions.second)?),
        )
        .await?;
        app.ready().await?;
        app.expect_text("total-amount", NEW).await
    })
}

/// To the result, in a browser that gives less than others: this script runs before those of the page.
fn the_app_works(before: &str) -> Result<()> {
    app::run(Engine::Chromium, Screen::Phone, async |app| {
        let tools = app.window.cdp();
        tools.send_raw("Page.enable", json!({})).await?;
        tools.send_raw("Page.addScriptToEvaluateOnNewDocument", json!({ "source": before })).await?;
        app.open(PAGE).await?;
        app.ready().await?;
        answer(app).await?;
        costs(app, OLD).await?;
        // Whatever the page says about the network comes within this time.
        tokio::time::sleep(Duration::from_secs(1)).await;
        ensure!(!app.has("offline").await?, "there is a network");
        Ok(())
    })
}

#[test]
fn the_app_works_where_storage_throws() -> Result<()> {
    the_app_works(
        "for (const name of ['localStorage', 'sessionStorage', 'caches', 'indexedDB'])
             Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });",
    )
}

#[test]
fn the_app_works_where_a_worker_is_refused() -> Result<()> {
    the_app_works("navigator.serviceWorker.register = () => Promise.reject(new DOMException('no', 'SecurityError'));")
}

// A host without https, where browsers have no workers.
in_each_browser!(the_app_works_where_there_are_no_workers, async |app| {
    if app.engine == Engine::WebKit {
        // It resolves no names made up for tests; elsewhere it has workers.
        app.open(PAGE).await?;
    } else {
        app.window.goto(format!("{}{PAGE}", ours(app.home()))).await?;
        says(app, "return 'serviceWorker' in navigator", &json!(false)).await?;
    }
    app.ready().await?;
    answer(app).await?;
    costs(app, OLD).await?;
    Ok(())
});

#[test]
fn the_app_works_on_a_full_disk() -> Result<()> {
    app::run(Engine::Chromium, Screen::Phone, async |app| {
        let tools = app.window.cdp();
        let origin = app.home().trim_end_matches('/');
        tools.send_raw("Storage.overrideQuotaForOrigin", json!({ "origin": origin, "quotaSize": 100_000 })).await?;
        app.open(PAGE).await?;
        app.ready().await?;
        answer(app).await?;
        costs(app, OLD).await?;
        app.until("the worker gives up", "return navigator.serviceWorker.getRegistration !== undefined").await?;
        let look = "const [done] = arguments;
            setTimeout(() => navigator.serviceWorker.getRegistration()
                .then((found) => done(!found || !found.active), (error) => done(String(error))), 3000);";
        let answer = app.window.execute_async(look, vec![]).await?;
        ensure!(answer.json() == &json!(true), "{:?}", answer.json());
        // The next visit is as good as this one.
        app.open(PAGE).await?;
        costs(app, OLD).await?;
        Ok(())
    })
}

#[test]
fn the_app_can_be_installed() -> Result<()> {
    app::run(Engine::Chromium, Screen::Phone, async |app| {
        app.open("").await?;
        app.ready().await?;
        app.until("the manifest is named", "return !!document.querySelector('link[rel=manifest]')").await?;
        let tools = app.window.cdp();
        let manifest = tools.send_raw("Page.getAppManifest", json!({})).await?;
        ensure!(manifest["errors"] == json!([]), "{manifest}");
        ensure!(manifest["data"].as_str().is_some_and(|text| text.contains("standalone")), "{manifest}");
        let errors = tools.send_raw("Page.getInstallabilityErrors", json!({})).await?;
        let errors = errors["installabilityErrors"].as_array().context("a list")?;
        // Tests run in a window of its own kind; nothing else may be missing.
        let ids: Vec<&str> = errors.iter().filter_map(|error| error["errorId"].as_str()).collect();
        if !ids.iter().all(|id| *id == "in-incognito") {
            bail!("{ids:?}");
        }
        Ok(())
    })
}

/// A folder with one of the files handed on and nothing beside it, and its address.
fn handed_on(name: &str) -> Result<(TempDir, String)> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join(name);
    std::fs::copy(paths::dist().join(name), &file)?;
    let address = format!("file://{}?on=2026-02-10", file.display());
    Ok((folder, address))
}

/// The file about one county, and the file with all of them, opened from a folder.
fn a_file_handed_on_leads_to_an_amount(engine: Engine) -> Result<()> {
    let (_folder, one) = handed_on(&single::name("141123"))?;
    let (_other, all) = handed_on(single::ALL)?;
    app::run_at(&one, engine, Screen::Phone, async |app| {
        app.open("").await?;
        app.ready().await?;
        ensure!(app.text("offline").await?.contains("数据截至"));
        answer(app).await?;
        costs(app, OLD).await?;
        // Some browsers keep one store for all files.
        app.click("forget").await?;
        app.find("answer-local").await?;

        app.window.goto(&all).await?;
        app.ready().await?;
        app.click("county-141123-2026").await?;
        app.find("answer-local").await?;
        answer(app).await?;
        costs(app, OLD).await?;
        // Back to the choice, and to another county.
        app.click("to-counties").await?;
        app.find("search").await?;
        app.click("county-43xxxx-2026").await?;
        app.until(
            "the other county",
            "return /43xxxx/.test(location.hash) && !!document.querySelector('[data-question]')",
        )
        .await
    })
}

#[test]
fn a_file_handed_on_leads_to_an_amount_in_chromium() -> Result<()> {
    a_file_handed_on_leads_to_an_amount(Engine::Chromium)
}

#[test]
fn a_file_handed_on_leads_to_an_amount_in_firefox() -> Result<()> {
    a_file_handed_on_leads_to_an_amount(Engine::Firefox)
}

#[test]
fn a_file_handed_on_leads_to_an_amount_in_webkit() -> Result<()> {
    a_file_handed_on_leads_to_an_amount(Engine::WebKit)
}

/// Which also fails on anything that the policy in the file forbids.
#[test]
fn a_file_handed_on_leads_to_an_amount_in_chromium_86() -> Result<()> {
    let steps = [
        Step::Click("answer-local"),
        Step::Click("answer-none"),
        Step::Fill("year", "1980"),
        Step::Fill("month", "5"),
        Step::Fill("day", "20"),
        Step::Click("next"),
        Step::Click("unknown"),
        Step::Text("result-amount"),
    ];
    let (_folder, one) = handed_on(&single::name("141123"))?;
    let texts = chromium86::run_at(&one, &steps)?;
    ensure!(texts == [OLD], "{texts:?}");
    let (_folder, all) = handed_on(single::ALL)?;
    let texts = chromium86::run_at(&all, &[&[Step::Click("county-141123-2026")], &steps[..]].concat())?;
    ensure!(texts == [OLD], "{texts:?}");
    Ok(())
}

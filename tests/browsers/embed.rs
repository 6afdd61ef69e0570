//! The app in pages of others: it fits, it stays out of the way, and nobody can talk it into anything.
//!
//! Portal and app stand on two hosts that browsers take for strangers to each other and for insecure, unless a test says
//! otherwise: what works there works anywhere.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use canbao_e2e::app::{self, App};
use canbao_e2e::driver::{Engine, Screen};
use canbao_e2e::in_each_browser;
use canbao_e2e::pages::question::Question;
use canbao_e2e::pages::result::ResultPage;
use canbao_e2e::portal::{Portal, ours};
use serde_json::json;
use thirtyfour::prelude::*;
use xtask::bundle::Files;

/// Shows a page of a portal, with `{app}` in it for the app's address, and runs a test there.
fn on_portal(engine: Engine, screen: Screen, body: &str, test: impl AsyncFnOnce(&App) -> Result<()>) -> Result<()> {
    app::run_changed(dated, engine, screen, async |app| {
        let portal = Portal::serve([("", body.replace("{app}", &ours(app.home()))), ("evil", EVIL.to_owned())])?;
        app.window.goto(portal.url()).await?;
        test(app).await
    })
}

/// A widget shows what holds today. So that the tests hold on any day, the page of 兴县 leads to itself on a day in the
/// central period, under another name for the folder.
fn dated(files: &mut Files) {
    const PAGE: &str = "141123/2026/index.html";
    let lead = "<!doctype html><meta http-equiv=refresh content='0;url=../dated/?on=2026-02-10'>";
    let page = files.insert(PAGE.to_owned(), lead.as_bytes().to_vec()).expect("the page");
    files.insert(PAGE.replace("2026", "dated"), page);
}

/// A page that would like to be taken for the app.
const EVIL: &str = "<script>parent.postMessage({ canbao: 1, type: 'height', height: 5000 }, '*')</script>evil";

/// Goes on in the n-th frame of the portal's page.
async fn into_frame(app: &App, at: usize) -> Result<()> {
    app.window.enter_default_frame().await?;
    let frames = app.window.find_all(By::Css("iframe")).await?;
    frames.into_iter().nth(at).context("the portal has too few frames")?.enter_frame().await?;
    Ok(())
}

/// Goes on in the portal's own page.
async fn into_portal(app: &App) -> Result<()> {
    Ok(app.window.enter_default_frame().await?)
}

/// Waits until the n-th frame shows everything of its page and hardly more, and returns its height.
async fn fits(app: &App, at: usize) -> Result<i64> {
    into_frame(app, at).await?;
    app.until(
        "the frame is as high as its page",
        "const root = document.documentElement;
         const lowest = Math.max(...[root, ...document.querySelectorAll('main > *')]
             .map((element) => element.getBoundingClientRect().bottom + scrollY));
         return root.scrollHeight <= innerHeight && innerHeight - lowest < 12;",
    )
    .await?;
    let height = app.script("return innerHeight").await?;
    height.as_i64().context("a height")
}

/// The portal's two widgets: one as plain as can be, one with everything set.
const WIDGETS: &str = "<h1>县门户</h1>
    <script src='{app}embed.js' data-county=141123 data-year=2026 data-height=300></script>
    <p id=between>两个县</p>
    <script src='{app}embed.js' data-county=140823 data-year=2024 data-theme='#c7000b' data-title='闻喜县医保'></script>
    <script>
      window.heard = [];
      addEventListener('message', (event) => heard.push(event.data));
    </script>";

fn two_widgets(engine: Engine) -> Result<()> {
    on_portal(engine, Screen::Phone, WIDGETS, async |app| {
        // The second one's year is over: it shows what it has to say as soon as the late part is there.
        into_frame(app, 1).await?;
        app.until("the year is over", "return !!document.querySelector('.result')").await?;
        let second = fits(app, 1).await?;
        let first = fits(app, 0).await?;
        // The first tells its height anew for each page; the second does not move meanwhile.
        let question = Question::of(app);
        question.answer("local").await?;
        question.answer("none").await?;
        let date = fits(app, 0).await?;
        ensure!(date != first, "the page with a date happens to be as high as the first: {date}");
        question.date("1980", "5", "20").await?;
        question.in_no_group().await?;
        ResultPage::of(app).await?;
        ensure!(fits(app, 0).await? > date, "the result is no higher than a question");
        assert_eq!(fits(app, 1).await?, second);

        into_portal(app).await?;
        let titles = app.script("return [...document.querySelectorAll('iframe')].map((frame) => frame.title)").await?;
        assert_eq!(titles, json!(["居民医保：交多少、哪天前交、去哪里交", "闻喜县医保"]));
        // Nothing pushes itself up: once all is there, no frame says anything any more.
        let said = "return heard.length";
        let before = app.script(said).await?;
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert_eq!(app.script(said).await?, before);
        // Heights and moves are all that a portal hears.
        let kinds = "return [...new Set(heard.map((m) => Object.keys(m).join() + ' ' + m.type))].sort()";
        assert_eq!(app.script(kinds).await?, json!(["canbao,type move", "canbao,type,height height"]));

        let colour =
            "return getComputedStyle(document.querySelector('.bar, .small')).getPropertyValue('--main').trim()";
        into_frame(app, 0).await?;
        assert_eq!(app.script(colour).await?, "#0b6b3a");
        into_frame(app, 1).await?;
        assert_eq!(app.script(colour).await?, "rgb(199,0,11)");
        Ok(())
    })
}

#[test]
fn two_widgets_are_as_high_as_what_they_show_in_chromium() -> Result<()> {
    two_widgets(Engine::Chromium)
}

#[test]
fn two_widgets_are_as_high_as_what_they_show_in_firefox() -> Result<()> {
    two_widgets(Engine::Firefox)
}

#[test]
fn a_wide_frame_shows_what_stands_beside_the_result() -> Result<()> {
    on_portal(Engine::Chromium, Screen::Computer, WIDGETS, async |app| {
        fits(app, 0).await?;
        let question = Question::of(app);
        question.answer("local").await?;
        question.answer("none").await?;
        question.date("1980", "5", "20").await?;
        question.in_no_group().await?;
        ResultPage::of(app).await?;
        fits(app, 0).await?;
        Ok(())
    })
}

/// Sandboxed by the loader, and by a portal that has read how to and gives as little as possible.
#[test]
fn a_sandboxed_frame_leads_to_a_result() -> Result<()> {
    let body = "<script src='{app}embed.js' data-county=141123 data-year=2026 data-sandbox></script>
        <iframe sandbox='allow-scripts' height=640 src='{app}141123/2026/'></iframe>";
    on_portal(Engine::Chromium, Screen::Phone, body, async |app| {
        for at in [0, 1] {
            into_frame(app, at).await?;
            app.find("heading").await?;
            app.until("the script for frames has run", LISTENING).await?;
            let stored = app.script("try { return !localStorage } catch { return 'throws' }").await?;
            assert_eq!(stored, "throws");
            let question = Question::of(app);
            question.answer("local").await?;
            question.answer("none").await?;
            question.date("1980", "5", "20").await?;
            question.in_no_group().await?;
            ResultPage::of(app).await?;
        }
        fits(app, 0).await?;
        Ok(())
    })
}

/// What the first frame weighs on the portal, as a portal would notice it.
const HEIGHT: &str = "return document.querySelector('iframe').offsetHeight";

#[test]
fn forged_and_malformed_messages_move_no_frame() -> Result<()> {
    let body = format!("{WIDGETS}<iframe src='{{app}}141123/2026/'></iframe><iframe src=evil></iframe>");
    on_portal(Engine::Chromium, Screen::Phone, &body, async |app| {
        fits(app, 0).await?;
        into_portal(app).await?;
        let height = app.script(HEIGHT).await?;
        let forge = "{ canbao: 1, type: 'height', height: 5000 }";

        // From the portal's own page, and from a frame that is none of ours.
        app.script(&format!("postMessage({forge}, '*')")).await?;
        into_frame(app, 3).await?;
        app.script(&format!("parent.postMessage({forge}, '*')")).await?;
        // From our own host, but not from the loader's frame.
        into_frame(app, 2).await?;
        app.find("heading").await?;
        app.script(&format!("parent.postMessage({forge}, '*')")).await?;
        // From the very frame, but nothing that means anything.
        into_frame(app, 0).await?;
        app.script(
            "for (const message of [null, 0, 'canbao', [], {}, { canbao: 1 }, { type: 'height', height: 5000 },
                 { canbao: '1', type: 'height', height: 5000 }, { canbao: 2, type: 'height', height: 5000 },
                 { canbao: 1, type: 'HEIGHT', height: 5000 }, { canbao: 1, type: 'height' },
                 { canbao: 1, type: 'height', height: '5000' }, { canbao: 1, type: 'height', height: [5000] },
                 { canbao: 1, type: 'height', height: NaN }, { canbao: 1, type: 'height', height: Infinity },
                 { canbao: 1, type: 'title', title: 'x' }]) parent.postMessage(message, '*')",
        )
        .await?;
        into_portal(app).await?;
        app.until("the messages have arrived", "return heard.some((m) => m && m.type === 'title')").await?;
        assert_eq!(app.script(HEIGHT).await?, height);

        // Even the app itself moves it only so far.
        into_frame(app, 0).await?;
        app.script("parent.postMessage({ canbao: 1, type: 'height', height: 1e9 }, '*')").await?;
        into_portal(app).await?;
        app.until("a height has arrived", "return document.querySelector('iframe').offsetHeight > 5000").await?;
        assert_eq!(app.script(HEIGHT).await?, 12004);

        // From the very frame, but somebody else has moved in.
        app.script("heard.length = 0; document.querySelectorAll('iframe')[1].src = 'evil'").await?;
        app.until("the other page has spoken", "return heard.length > 0").await?;
        assert_ne!(app.script("return document.querySelectorAll('iframe')[1].offsetHeight").await?, 5004);
        Ok(())
    })
}

#[test]
fn no_message_changes_an_answer() -> Result<()> {
    on_portal(Engine::Chromium, Screen::Phone, WIDGETS, async |app| {
        fits(app, 0).await?;
        Question::of(app).answer("local").await?;
        fits(app, 0).await?;
        let shown = "return document.getElementById('app').innerHTML + document.documentElement.style.cssText
                         + localStorage.getItem('canbao')";
        let before = app.script(shown).await?;

        into_portal(app).await?;
        let forge =
            "for (const message of [null, 'answer residence away', { canbao: 1, type: 'answer', key: 'residence',
                 value: 'away' }, { canbao: 1, type: 'step', step: 'forget' }, { step: 'forget' },
                 { canbao: 1, type: 'theme', theme: '#000000' }, { canbao: 2, type: 'measure' }])";
        app.script(&format!("{forge} frames[0].postMessage(message, '*')")).await?;
        // Not from the page around it: the frame beside it is not asked for its height either.
        into_frame(app, 1).await?;
        app.find("heading").await?;
        app.script(&format!("{forge} parent.frames[0].postMessage(message, '*')")).await?;
        into_portal(app).await?;
        app.script("heard.length = 0").await?;
        into_frame(app, 1).await?;
        app.script("parent.frames[0].postMessage({ canbao: 1, type: 'measure' }, '*')").await?;
        into_frame(app, 0).await?;
        // A message sent afterwards has arrived: so have those before it.
        let round = "const [done] = arguments; addEventListener('message', () => setTimeout(done, 50), { once: true });
                     postMessage(0, '*')";
        app.window.execute_async(round, vec![]).await?;
        assert_eq!(app.script(shown).await?, before);
        into_portal(app).await?;
        assert_eq!(app.script("return heard.length").await?, 0);

        // The one thing that the page around it may ask.
        app.script("frames[0].postMessage({ canbao: 1, type: 'measure' }, '*')").await?;
        app.until("the height is told", "return heard.some((m) => m.type === 'height')").await?;
        Ok(())
    })
}

/// The colour comes with the address, so a hostile link may carry one: only a legible colour is one.
#[test]
fn only_a_legible_colour_is_taken() -> Result<()> {
    app::run(Engine::Chromium, Screen::Phone, async |app| {
        let values = [
            "#c7000b",
            "#0b4da2",
            "#C7000B",
            "#ffffff",
            "#ffcc00",
            "#e4f2ea",
            "#c7000b00",
            "#red",
            "#c7000g",
            "#url(x)",
        ];
        let home = app.home();
        let frames = values.map(|value| format!("<iframe src=\"{home}{value}\"></iframe>")).concat();
        let portal = Portal::serve([("", frames)])?;
        app.window.goto(portal.secure_url()).await?;
        let mut taken = Vec::new();
        for (at, value) in values.into_iter().enumerate() {
            into_frame(app, at).await?;
            app.until("the script for frames has run", LISTENING).await?;
            if app.script("return document.documentElement.style.cssText").await? != "" {
                taken.push(value);
            }
        }
        assert_eq!(taken, ["#c7000b", "#0b4da2", "#C7000B"]);
        // Nobody's frame, nobody's colour.
        app.window.goto(format!("{home}#c7000b")).await?;
        app.find("heading").await?;
        assert_eq!(app.script("return document.documentElement.style.cssText").await?, "");
        Ok(())
    })
}

/// The script for frames has been loaded, and scripts run as a whole.
const LISTENING: &str = "return performance.getEntriesByType('resource').some((e) => e.name.endsWith('/frame.js'))
    && document.readyState === 'complete'";

#[test]
fn a_step_scrolls_to_its_page_only_when_that_begins_above_the_window() -> Result<()> {
    let body = format!("<div style='height:400px'>新闻</div>{WIDGETS}<div style='height:2000px'></div>");
    on_portal(Engine::Chromium, Screen::Phone, &body, async |app| {
        fits(app, 0).await?;
        let top = "return Math.round(document.querySelector('iframe').getBoundingClientRect().top)";
        into_portal(app).await?;
        app.script("document.querySelector('iframe').scrollIntoView(true); scrollBy(0, -50)").await?;
        app.until("it has scrolled", &format!("{top} === 50")).await?;
        into_frame(app, 0).await?;
        Question::of(app).answer("local").await?;
        fits(app, 0).await?;
        into_portal(app).await?;
        assert_eq!(app.script(top).await?, 50, "whoever sees the beginning is left alone");

        app.script("document.querySelector('iframe').scrollIntoView(true); scrollBy(0, 150)").await?;
        app.until("it has scrolled", &format!("{top} === -150")).await?;
        into_frame(app, 0).await?;
        // As a finger taps: WebDriver would scroll for itself.
        let tap = "document.querySelector('[data-testid=answer-none]').click()";
        app.script(tap).await?;
        into_portal(app).await?;
        // At its top, or where the browser likes to have the heading that gets the focus.
        let seen = "const { top } = document.querySelector('iframe').getBoundingClientRect();
            return Math.round(top) >= 0 && top < innerHeight / 2";
        app.until("the new page's beginning is in view", seen).await?;
        Ok(())
    })
}

/// A portal's page that is loading itself is slow to follow, and nothing tells a frame out of sight of what that changes.
#[test]
fn a_frame_out_of_sight_looks_at_its_height_again() -> Result<()> {
    let body = format!("<div style='height:3000px'>新闻</div>{WIDGETS}");
    on_portal(Engine::Chromium, Screen::Phone, &body, async |app| {
        let heights = "heard.filter((m) => m && m.type === 'height').length";
        // Now and then Chromium does not lay out at all what was never in sight, and then it has no height to tell.
        app.script("document.querySelector('iframe').scrollIntoView()").await?;
        into_frame(app, 0).await?;
        app.ready().await?;
        app.until("it is laid out", "return document.documentElement.getBoundingClientRect().height > 0").await?;
        into_portal(app).await?;
        app.until("both have told theirs", &format!("return {heights} > 1")).await?;
        // However long that took: it has told it just now. It is asked until it answers.
        app.script("scrollTo(0, 0); heard.length = 0").await?;
        let ask = "frames[0].postMessage({ canbao: 1, type: 'measure' }, '*')";
        app.until("it is told", &format!("if ({heights} > 0) return true; {ask}; return false")).await?;
        into_frame(app, 0).await?;
        let higher = "document.body.style.paddingBottom = '99px';
             return Math.ceil(document.documentElement.getBoundingClientRect().bottom + scrollY)";
        let height = app.script(higher).await?;
        into_portal(app).await?;
        let told = format!("return heard.some((m) => m.type === 'height' && m.height === {height})");
        app.until("the new height is told", &told).await
    })
}

#[test]
fn a_program_that_breaks_off_in_a_frame_says_so_in_sight() -> Result<()> {
    let body = format!("<div style='height:400px'>新闻</div>{WIDGETS}<div style='height:2000px'></div>");
    on_portal(Engine::Chromium, Screen::Phone, &body, async |app| {
        into_frame(app, 0).await?;
        let question = Question::of(app);
        question.answer("local").await?;
        question.answer("none").await?;
        app.script("Object.defineProperty(Document.prototype, 'title', { set: Element.prototype.remove })").await?;
        for (field, value) in [("year", "1980"), ("month", "5"), ("day", "20")] {
            app.fill(field, value).await?;
        }
        app.click("next").await?;
        fits(app, 0).await?;
        let middle =
            "const { top, height } = document.querySelector('#waiting.failed .trouble').getBoundingClientRect();
             return top + height / 2";
        let middle = app.script(middle).await?;
        into_portal(app).await?;
        let seen = format!(
            "const y = document.querySelector('iframe').getBoundingClientRect().top + {middle};
             return y > 0 && y < innerHeight"
        );
        app.until("what it says is in sight", &seen).await
    })
}

// Where a worker could be had, because the hosts count as secure. A page of its own asks for one after two seconds.
in_each_browser!(a_frame_installs_nothing, async |app| {
    let frame = format!("<iframe src=\"{}141123/2026/?on=2026-02-10\"></iframe>", app.home());
    let portal = Portal::serve([("", frame)])?;
    app.window.goto(portal.secure_url()).await?;
    into_frame(app, 0).await?;
    app.click("answer-local").await?;
    let workers = async |before: &str| {
        let count = format!(
            "const [done] = arguments;
             {before}.then(() => navigator.serviceWorker.getRegistrations()).then((all) => done(all.length), done)"
        );
        anyhow::Ok(app.window.execute_async(count, vec![]).await?.json().clone())
    };
    assert_eq!(workers("new Promise((over) => setTimeout(over, 3000))").await?, json!(0));
    // It could have.
    assert_eq!(workers("navigator.serviceWorker.register('/worker.js')").await?, json!(1));
    Ok(())
});

/// On every page, alone and in a frame.
#[test]
fn nobody_but_the_own_host_is_asked_for_anything() -> Result<()> {
    on_portal(Engine::Chromium, Screen::Phone, WIDGETS, async |app| {
        fits(app, 0).await?;
        own_only(app, &ours(app.home())).await?;
        app.open("").await?;
        app.find("heading").await?;
        own_only(app, app.home()).await?;
        app.open("141123/dated/?on=2026-02-10").await?;
        let question = Question::of(app);
        question.answer("local").await?;
        question.answer("none").await?;
        question.date("1980", "5", "20").await?;
        question.in_no_group().await?;
        ResultPage::of(app).await?;
        own_only(app, app.home()).await?;
        app.click("about").await?;
        app.find("heading").await?;
        own_only(app, app.home()).await
    })
}

/// Everything that the page has asked for so far came from this host.
async fn own_only(app: &App, host: &str) -> Result<()> {
    let names = app.script("return performance.getEntriesByType('resource').map((entry) => entry.name)").await?;
    let names: Vec<String> = serde_json::from_value(names)?;
    ensure!(names.iter().any(|name| name.ends_with(".wasm")), "the list is not complete: {names:?}");
    for name in names {
        ensure!(name.starts_with(host), "{name} was asked for");
    }
    Ok(())
}

#[test]
fn the_example_of_the_javascript_api_runs() -> Result<()> {
    app::run(Engine::Chromium, Screen::Phone, async |app| {
        app.open("sdk/example.html").await?;
        app.until("the notices are there", "return document.forms[0].elements.notice.length > 1").await?;
        app.script(
            "const { elements } = document.forms[0];
             elements.notice.value = '141123-2026';
             elements.on.value = '2026-02-10';
             document.forms[0].requestSubmit()",
        )
        .await?;
        app.until("an amount", "return /^\\d+ 元/.test(document.querySelector('[role=status]').textContent)").await
    })
}

//! Everybody can read and press everything: old eyes, big thumbs, dark rooms, screen readers.
//!
//! A machine finds only part of what keeps people out, but it finds that on every page and in every look, after every
//! change: axe-core's rules for WCAG 2.2 A and AA, sizes of what is pressed, width in narrow windows, movement.

use anyhow::{Context, Result, ensure};
use canbao_e2e::app::{self, App};
use canbao_e2e::driver::{Engine, Screen};
use canbao_e2e::pages::question::Question;
use canbao_e2e::tour::{Look, STOPS, go};
use serde_json::json;
use thirtyfour::prelude::*;
use xtask::paths;

fn on_a_phone(test: impl AsyncFnOnce(&App) -> Result<()>) -> Result<()> {
    app::run(Engine::Chromium, Screen::Phone, test)
}

/// What axe finds wrong on the page. What it cannot tell about contrast is wrong too: no ink of ours lies on a picture.
async fn violations(app: &App) -> Result<Vec<String>> {
    if app.script("return typeof axe").await? == "undefined" {
        let axe = std::fs::read_to_string(paths::node().join("node_modules/axe-core/axe.min.js"))
            .context("axe-core is missing: run `cargo x setup`")?;
        app.window.execute(axe, vec![]).await?;
    }
    let run = "const [done] = arguments;
        const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
        const rules = { 'color-contrast': { enabled: true }, 'target-size': { enabled: true } };
        const told = (kind) => ({ id, nodes }) => nodes.map(({ target, any, all, none }) =>
            `${id} (${kind}) ${target}: ${[...any, ...all, ...none].map(({ message }) => message).join(' ')}`);
        axe.run(document, { runOnly: { type: 'tag', values }, rules }).then(({ violations, incomplete, passes }) => done({
            count: passes.length,
            found: [
                ...violations.flatMap(told('wrong')),
                ...incomplete.filter(({ id }) => id === 'color-contrast').flatMap(told('unsure')),
            ],
        }), (error) => done({ count: 0, found: [String(error)] }));";
    let result = app.window.execute_async(run, vec![]).await?;
    let result = result.json();
    let found: Vec<String> = serde_json::from_value(result["found"].clone())?;
    // A page on which hardly a rule had anything to look at was not looked at.
    ensure!(result["count"].as_u64() >= Some(12), "only {} rules passed; {found:?}", result["count"]);
    Ok(found)
}

/// What axe finds in every look.
async fn in_any_look(app: &App) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for look in Look::ALL {
        look.put_on(app).await?;
        found.extend(violations(app).await?.into_iter().map(|what| format!("{look:?}: {what}")));
    }
    Look::Light.put_on(app).await?;
    Ok(found)
}

#[test]
fn axe_finds_nothing_on_a_page_that_cannot_start() -> Result<()> {
    let without = |files: &mut xtask::bundle::Files| files.retain(|name, _| !name.contains(".wasm"));
    app::run_changed(without, Engine::Chromium, Screen::Phone, async |app| {
        app.open("141123/2026/").await?;
        app.window.query(By::Css("html[data-ready=failed]")).first().await?;
        let found = in_any_look(app).await?;
        ensure!(found.is_empty(), "{}", found.join("\n"));
        Ok(())
    })
}

/// That axe finds what is wrong: without this the other tests would also pass where it looked at nothing.
#[test]
fn axe_finds_what_is_wrong() -> Result<()> {
    on_a_phone(async |app| {
        go(app, STOPS[1]).await?;
        app.script("document.querySelector('h1').style.color = '#bbb'").await?;
        app.script("document.querySelector('.answer').textContent = ''").await?;
        let found = violations(app).await?;
        for rule in ["color-contrast", "button-name"] {
            ensure!(found.iter().any(|what| what.starts_with(rule)), "{rule} is not in {found:?}");
        }
        Ok(())
    })
}

/// What is pressed and too small for a thumb: 60 pixels high where it is the thing to do on a page, 44 by 44 everywhere
/// else. A box to tick is as large as the label around it. Excepted, as in WCAG 2.5.8, is a link within a sentence: one
/// that is laid out in a line with words of its paragraph beside it. There is none now.
const SMALL: &str = "
    const pressed = 'a[href], button, summary, input, textarea, select';
    const main = '.answer, .main, .quiet, .action, .phone, .box, input[type=text], input[type=search]';
    const inSentence = (element) => element.matches('a') && getComputedStyle(element).display === 'inline'
        && [...element.parentNode.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    const found = [];
    let count = 0;
    for (const element of document.querySelectorAll(pressed)) {
        const target = element.type === 'checkbox' ? element.closest('label') : element;
        const { width, height } = target.getBoundingClientRect();
        if (!element.checkVisibility() || inSentence(element)) continue;
        count += 1;
        const least = target.matches(main) ? 60 : 44;
        if (width < 44 || height < least) {
            const words = (target.textContent || target.dataset.testid || '').trim().slice(0, 20);
            found.push(`${target.tagName} ${target.className} ${words}: ${width} x ${height}`);
        }
    }
    return { count, found };";

/// What is too small to press on a phone and on a computer.
async fn too_small(app: &App) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for screen in [Screen::Computer, Screen::Phone] {
        let (width, height) = screen.size();
        resize(app, width, height).await?;
        let measured = app.script(SMALL).await?;
        ensure!(measured["count"].as_u64() >= Some(3), "nothing was measured: {measured}");
        let here: Vec<String> = serde_json::from_value(measured["found"].clone())?;
        found.extend(here.into_iter().map(|what| format!("{screen:?}: {what}")));
    }
    Ok(found)
}

/// Makes the window as wide as this; it stays a phone.
async fn resize(app: &App, width: u32, height: u32) -> Result<()> {
    let size = json!({ "width": width, "height": height, "deviceScaleFactor": 2, "mobile": true });
    app.window.cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await?;
    Ok(())
}

/// What reaches beyond the window's side: at 320 pixels, and at 320 pixels and 200 %, as if it had 160.
async fn too_wide(app: &App) -> Result<Vec<String>> {
    let measure = "const beyond = [...document.querySelectorAll('body *')].filter(
            (element) => element.getBoundingClientRect().right > innerWidth);
        const first = beyond.slice(0, 3).map((element) => element.outerHTML.slice(0, 120)).join('; ');
        return [document.documentElement.scrollWidth, innerWidth, first]";
    let mut found = Vec::new();
    for width in [320, 160] {
        let narrow = json!({ "width": width, "height": 400, "deviceScaleFactor": 2, "mobile": false });
        app.window.cdp().send_raw("Emulation.setDeviceMetricsOverride", narrow).await?;
        let measured = app.script(measure).await?;
        ensure!(measured[1] == width, "the window is {} wide, not {width}", measured[1]);
        if measured[0].as_u64() > measured[1].as_u64() {
            found.push(format!("{width} pixels: {measured}"));
        }
    }
    let (width, height) = Screen::Phone.size();
    resize(app, width, height).await?;
    Ok(found)
}

/// What moves on the page, and for how long. What only waits, and then is there, does not move.
const MOVING: &str = "return [...document.querySelectorAll('*')].flatMap((element) => {
        const style = getComputedStyle(element);
        const long = (times) => times.split(',').some((time) => parseFloat(time) > 0);
        const moves = long(style.transitionDuration) || long(style.animationDuration);
        return moves || style.scrollBehavior === 'smooth' ? [`${element.tagName} ${element.className}`] : [];
    })";

/// What moves, also for somebody who asks for no less movement.
async fn moving(app: &App) -> Result<Vec<String>> {
    let media = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "no-preference" }] });
    app.window.cdp().send_raw("Emulation.setEmulatedMedia", media).await?;
    Ok(serde_json::from_value(app.script(MOVING).await?)?)
}

/// The sizes, weights and figures of type on a page: what the style says and what browsers make of elements by themselves.
const TYPE: &str = "
    const kinds = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
        const { fontSize, fontWeight, fontVariantNumeric } = getComputedStyle(element);
        kinds.add([fontSize, fontWeight, fontVariantNumeric].join(' '));
    }
    return [...kinds].sort()";

/// More than five sizes and weights of type: each is work of a tap (ADR 11).
async fn too_many_types(app: &App) -> Result<Option<String>> {
    let kinds: Vec<String> = serde_json::from_value(app.script(TYPE).await?)?;
    ensure!(kinds.len() > 1, "no type was found: {kinds:?}");
    Ok((kinds.len() > 5).then(|| format!("types: {}", kinds.join(", "))))
}

/// One walk over all pages, with all that is folded open. What is found on any of them comes out at the end.
#[test]
fn every_page_can_be_read_and_pressed_by_everybody() -> Result<()> {
    on_a_phone(async |app| {
        let mut found = Vec::new();
        for stop in STOPS {
            let looked = async {
                go(app, stop).await?;
                app.script("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })").await?;
                let mut here = in_any_look(app).await?;
                here.extend(too_many_types(app).await?);
                here.extend(too_small(app).await?);
                here.extend(too_wide(app).await?);
                here.extend(moving(app).await?.into_iter().map(|what| format!("{what} moves")));
                anyhow::Ok(here)
            };
            let here = looked.await.with_context(|| stop.name)?;
            found.extend(here.into_iter().map(|what| format!("{}: {what}", stop.name)));
        }
        ensure!(found.is_empty(), "{}", found.join("\n"));
        Ok(())
    })
}

/// A figure that is cut off is a wrong date to who reads it again. What is typed is measured in the field that holds it.
#[test]
fn a_date_is_seen_whole_in_large_type() -> Result<()> {
    on_a_phone(async |app| {
        app.open("141123/2026/?on=2026-02-10").await?;
        let question = Question::of(app);
        question.answer("local").await?;
        question.answer("none").await?;
        app.click("larger").await?;
        for width in [360, 320] {
            resize(app, width, 740).await?;
            let cut = "return [['year', '1980'], ['month', '12'], ['day', '28']].flatMap(([id, figures]) => {
                const field = document.getElementById(id);
                field.value = figures;
                return field.scrollWidth > field.clientWidth ? [`${id} is cut off`] : [];
            })";
            let cut: Vec<String> = serde_json::from_value(app.script(cut).await?)?;
            ensure!(cut.is_empty(), "{width} pixels: {}", cut.join(", "));
        }
        Ok(())
    })
}

/// That the walk measures: it would find a small button, a wide word and a movement.
#[test]
fn what_is_small_or_wide_or_moves_is_found() -> Result<()> {
    on_a_phone(async |app| {
        go(app, STOPS[1]).await?;
        let found = [too_small(app).await?, too_wide(app).await?, moving(app).await?].concat();
        ensure!(found.is_empty(), "{}", found.join("\n"));
        let style = "const { style } = document.querySelector('.answer');
            [style.minHeight, style.padding, style.width, style.transition] = ['50px', '0', '330px', 'color 0.1s']";
        app.script(style).await?;
        ensure!(moving(app).await?.len() == 1, "a colour that fades in moves");
        ensure!(too_small(app).await?.len() == 2, "50 pixels are too few for an answer, on both screens");
        ensure!(!too_wide(app).await?.is_empty(), "330 pixels are too many for narrow windows");
        Ok(())
    })
}

//! What must work in every browser.

mod accessible;
mod embed;
mod family;
mod faults;
mod golden;
mod golden_pages;
mod keyboard;
mod offline;
mod result;
mod spoken;
mod staff;

use std::fs::File;
use std::time::Duration;

use anyhow::Result;
use canbao_e2e::app;
use canbao_e2e::chromium86::{self, Step};
use canbao_e2e::driver::{Engine, Screen};
use canbao_e2e::in_each_browser;
use canbao_e2e::pages::counties::Counties;
use canbao_e2e::pages::question::Question;
use canbao_e2e::pages::result::ResultPage;
use serde_json::json;
use thirtyfour::prelude::*;
use xtask::{archive, bundle, paths};
use zip::ZipArchive;

in_each_browser!(choosing_a_county_leads_to_the_first_question, async |app| {
    let page = Counties::open(app, "?on=2026-03-10").await?;
    page.choose("141123-2026").await?;
    Ok(())
});

in_each_browser!(an_ordinary_person_sees_amount_last_day_and_clauses, async |app| {
    Counties::open(app, "?on=2026-02-10").await?.choose("141123-2026").await?;
    let question = Question::of(app);
    question.answer("local").await?;
    question.answer("none").await?;
    question.date("1980", "5", "20").await?;
    question.in_no_group().await?;
    let result = ResultPage::of(app).await?;
    assert_eq!(result.amount().await?, "400");
    assert_eq!(result.deadline().await?.as_deref(), Some("2026-02-25"));
    let why = result.why().await?;
    assert!(why.contains('三'), "{why}");
    Ok(())
});

in_each_browser!(not_knowing_is_an_answer, async |app| {
    Counties::open(app, "?on=2026-02-10").await?.choose("141123-2026").await?;
    let question = Question::of(app);
    question.answer("local").await?;
    question.answer("none").await?;
    question.date("1980", "5", "20").await?;
    app.click("unknown").await?;
    // Which group is not known: the ordinary amount first, and that there are others.
    let result = ResultPage::of(app).await?;
    assert_eq!(result.amount().await?, "400");
    app.find("several").await?;
    Ok(())
});

/// What the page's link has fetched in advance is what the script then gets: over the line it comes once. (WebKit fetches
/// a module again in any case, with a digest or without.)
fn the_program_comes_once(engine: Engine) -> Result<()> {
    app::run(engine, Screen::Phone, async |app| {
        app.open("141123/2026/?on=2026-02-10").await?;
        app.ready().await?;
        let came = "return performance.getEntriesByType('resource').filter((entry) =>
            entry.name.includes('/canbao-app_bg-') && entry.transferSize > 0).length";
        assert_eq!(app.script(came).await?, json!(1));
        Ok(())
    })
}

#[test]
fn the_program_comes_once_in_chromium() -> Result<()> {
    the_program_comes_once(Engine::Chromium)
}

#[test]
fn the_program_comes_once_in_firefox() -> Result<()> {
    the_program_comes_once(Engine::Firefox)
}

in_each_browser!(the_words_shown_while_waiting_go_away, async |app| {
    app.open("141123/2026/?on=2026-02-10").await?;
    app.ready().await?;
    assert!(!app.window.find(By::Id("waiting")).await?.is_displayed().await?);
    Ok(())
});

/// A tap on the first question of the static page, before the program has arrived, is an answer.
#[test]
fn what_is_tapped_before_the_app_has_arrived_counts() -> Result<()> {
    app::run(Engine::Chromium, Screen::Phone, async |app| {
        app.open("141123/2026/?on=2026-02-10").await?;
        // The page as it is before boot.js has loaded the program: the same script, told of a tap at once.
        let question = app.window.find(By::Css("[data-question=residence]")).await;
        assert!(question.is_ok(), "the first question is in the page");
        app.click("answer-local").await?;
        app.ready().await?;
        let next = app.window.query(By::Css("[data-question=other_plan]"));
        next.wait(Duration::from_secs(10), Duration::from_millis(50)).first().await?;
        Ok(())
    })
}

in_each_browser!(a_double_tap_answers_one_question, async |app| {
    Counties::open(app, "?on=2026-02-10").await?.choose("141123-2026").await?;
    app.window.query(By::Css("#app:not(.fresh)")).first().await?;
    // Both taps from within the page, so that no slow machine comes between them.
    let taps = "const tap = () => document.querySelector('.answer').dispatchEvent(
                    new MouseEvent('click', { bubbles: true, detail: 1 }));
                const shown = () => document.querySelector('[data-question]').dataset.question;
                const [done] = arguments;
                const first = shown();
                tap();
                setTimeout(() => {
                    const second = shown();
                    tap();
                    setTimeout(() => done([first, second, shown()]), 20);
                }, 20);";
    let shown: Vec<String> = serde_json::from_value(app.window.execute_async(taps, vec![]).await?.json().clone())?;
    assert_ne!(shown[0], shown[1]);
    assert_eq!(shown[1], shown[2]);
    Ok(())
});

/// What lies under the finger when the groups come is a box to tick, and the button that led there no button of a step.
#[test]
fn a_double_tap_on_next_ticks_nothing_and_is_sent_once() -> Result<()> {
    app::run(Engine::Chromium, Screen::Phone, async |app| {
        app.open("141123/2026/?on=2026-02-10").await?;
        let question = Question::of(app);
        question.answer("local").await?;
        question.answer("none").await?;
        let date = "document.querySelector('#year').value = '1958';
                    document.querySelector('#month').value = '3';
                    document.querySelector('#day').value = '2';";
        app.window.query(By::Css("#app:not(.fresh) [data-question=birth_date]")).first().await?;
        app.window.execute(date, vec![]).await?;
        // Both taps from within the page; the second as on the box, and as on a button to send what was ticked.
        let taps = "const tap = (at) => document.querySelector(at).dispatchEvent(
                        new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 }));
                    const [done] = arguments;
                    tap('[data-testid=next]');
                    setTimeout(() => {
                        tap('.box');
                        tap('.box:nth-child(3) input');
                        tap('[data-testid=next]');
                        setTimeout(() => done([
                            document.querySelector('[data-question]').dataset.question,
                            document.querySelectorAll(':checked').length,
                            document.querySelector('#problem').textContent,
                        ]), 50);
                    }, 50);";
        let shown = app.window.execute_async(taps, vec![]).await?;
        assert_eq!(shown.json(), &json!(["groups", 0, ""]));
        Ok(())
    })
}

in_each_browser!(the_javascript_api_loads, async |app| {
    app.open("").await?;
    let kind = app.module("sdk/index.js", "await module.ready(); return typeof module.evaluate;").await?;
    assert_eq!(kind, "function");
    Ok(())
});

/// What a portal is given to host it itself: all of the bundle, working in whatever folder it is unpacked into.
#[test]
fn the_zip_file_leads_to_an_amount() -> Result<()> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("index.html"), "portal")?;
    ZipArchive::new(File::open(archive::pack()?)?)?.extract(folder.path().join("yibao"))?;
    assert!(bundle::read(&folder.path().join("yibao/canbao"))? == bundle::read(&paths::dist())?, "not the same files");
    app::run_on(folder.path(), Engine::Chromium, Screen::Phone, async |app| {
        app.open("yibao/canbao/141123/2026/?on=2026-02-10").await?;
        app.ready().await?;
        let question = Question::of(app);
        question.answer("local").await?;
        question.answer("none").await?;
        question.date("1980", "5", "20").await?;
        question.in_no_group().await?;
        assert_eq!(ResultPage::of(app).await?.amount().await?, "400");
        Ok(())
    })
}

#[test]
fn an_ordinary_person_gets_an_amount_in_chromium_86() -> Result<()> {
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
    let texts = chromium86::run("141123/2026/?on=2026-02-10", &steps)?;
    assert_eq!(texts, ["400"]);
    Ok(())
}

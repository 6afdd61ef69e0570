//! What must work in every browser.

use std::time::Duration;

use anyhow::Result;
use canbao_e2e::app;
use canbao_e2e::chromium86::{self, Step};
use canbao_e2e::driver::{Engine, Screen};
use canbao_e2e::in_each_browser;
use canbao_e2e::pages::counties::Counties;
use thirtyfour::prelude::*;
use xtask::{bundle, paths};

in_each_browser!(choosing_a_county_leads_to_the_first_question, async |app| {
    let page = Counties::open(app, "?on=2026-03-10").await?;
    page.choose("141123-2026").await?;
    Ok(())
});

in_each_browser!(the_words_shown_while_waiting_go_away, async |app| {
    Counties::open(app, "").await?;
    assert!(app.window.find_all(By::Id("waiting")).await?.is_empty());
    Ok(())
});

in_each_browser!(the_javascript_api_loads, async |app| {
    app.open("").await?;
    let kind = app
        .module(
            "sdk/index.js",
            "await module.ready(); return typeof module.evaluate;",
        )
        .await?;
    assert_eq!(kind, "function");
    Ok(())
});

/// The page says what to do when the app cannot start: here because its module is not there.
#[test]
fn a_page_that_cannot_start_says_so() -> Result<()> {
    let mut files = bundle::read(&paths::dist())?;
    files.retain(|name, _| !name.contains(".wasm"));
    let folder = tempfile::tempdir()?;
    let site = folder.path().join("dist");
    bundle::write(&files, &site)?;
    app::run_on(&site, Engine::Chromium, Screen::Phone, async |app| {
        app.open("").await?;
        let advice = app.window.query(By::ClassName("trouble"));
        // Sooner than the eight seconds after which it shows on a line that is merely slow.
        let shown = advice.wait(Duration::from_secs(4), Duration::from_millis(50));
        shown.and_displayed().first().await?;
        Ok(())
    })
}

#[test]
fn choosing_a_county_works_in_chromium_86() -> Result<()> {
    let heading = Step::Text("heading");
    let choose = Step::Click("county-141123-2026");
    let texts = chromium86::run("?on=2026-03-10", &[heading, choose, heading])?;
    assert_ne!(texts[0], texts[1]);
    Ok(())
}

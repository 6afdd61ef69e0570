//! The list of counties, the household, and two windows of the app: what needs a real page, a real store, real typing.

use anyhow::Result;
use canbao_e2e::app::{self, App};
use canbao_e2e::driver::{Engine, Screen};
use canbao_e2e::pages::question::Question;
use thirtyfour::prelude::*;

const COUNTY: &str = "141123/2026/?on=2026-02-10";

fn in_chromium(test: impl AsyncFnOnce(&App) -> Result<()>) -> Result<()> {
    app::run(Engine::Chromium, Screen::Phone, test)
}

/// An ordinary adult, from the second question on where the first is answered already.
async fn ordinary(app: &App) -> Result<()> {
    let question = Question::of(app);
    question.answer("none").await?;
    question.date("1980", "5", "20").await?;
    question.in_no_group().await
}

async fn shown(app: &App, id: &str) -> Result<bool> {
    Ok(app.window.find(By::Css(format!("[data-testid=\"{id}\"]"))).await?.is_displayed().await?)
}

#[test]
fn a_county_is_found_by_the_first_letters_of_its_pinyin() -> Result<()> {
    in_chromium(async |app| {
        app.open("?on=2026-02-10").await?;
        // Even before the part of the program has come that can search.
        app.ready().await?;
        app.type_into("search", "WX").await?;
        let sifted = "return document.querySelector('[data-testid=county-141123-2026]').offsetParent === null";
        app.until("what was typed is searched for", sifted).await?;
        assert!(shown(app, "county-140823-2024").await?);
        let field = app.find("search").await?;
        field.send_keys("zzz").await?;
        assert!(!shown(app, "county-140823-2024").await?);
        assert!(!app.text("not-found").await?.is_empty());
        field.clear().await?;
        field.send_keys("兴").await?;
        app.click("county-141123-2026").await?;
        app.find("answer-local").await?;
        let address = app.window.current_url().await?;
        assert!(address.path().ends_with("/141123/"));
        assert_eq!(address.query(), Some("on=2026-02-10"), "the day goes along, also in the list that was searched");
        Ok(())
    })
}

#[test]
fn the_county_seen_last_is_offered_first() -> Result<()> {
    in_chromium(async |app| {
        app.open(COUNTY).await?;
        Question::of(app).answer("local").await?;
        app.open("").await?;
        app.click("resume").await?;
        app.find("answer-none").await?;
        assert!(!app.has("answer-local").await?, "the first question is answered");
        Ok(())
    })
}

#[test]
fn a_household_has_a_sum_and_one_tap_deletes_it() -> Result<()> {
    in_chromium(async |app| {
        app.open(COUNTY).await?;
        Question::of(app).answer("local").await?;
        ordinary(app).await?;
        app.find("result-kind").await?;
        app.click("family").await?;
        app.expect_text("total-amount", "400").await?;
        app.type_into("nickname-new", "妈妈").await?;
        app.click("add").await?;
        // Where she lives is known; she is named over the questions.
        app.find("answer-none").await?;
        assert!(app.text("subject").await?.starts_with("妈妈"));
        ordinary(app).await?;
        app.find("result-kind").await?;
        app.window.refresh().await?;
        app.find("result-kind").await?;
        app.click("family").await?;
        app.expect_text("total-amount", "800").await?;
        assert!(!app.window.current_url().await?.as_str().contains("妈"));
        app.click("forget").await?;
        app.find("answer-local").await?;
        let kept = app.window.execute("return Object.keys(localStorage).join();", vec![]).await?;
        assert_eq!(kept.json().as_str(), Some(""));
        Ok(())
    })
}

#[test]
fn going_back_from_one_person_leads_to_the_other() -> Result<()> {
    in_chromium(async |app| {
        app.open(COUNTY).await?;
        Question::of(app).answer("local").await?;
        app.click("family").await?;
        app.click("add").await?;
        app.find("subject").await?;
        app.click("back").await?;
        app.find("person-2").await?;
        app.click("back").await?;
        app.find("answer-none").await?;
        app.expect_text("subject", "我 · 兴县 2026 年度居民医保").await
    })
}

#[test]
fn two_windows_share_one_household() -> Result<()> {
    in_chromium(async |app| {
        app.open(COUNTY).await?;
        Question::of(app).answer("local").await?;
        let first = app.window.window().await?;
        let second = app.window.new_tab().await?;
        app.window.switch_to_window(second).await?;
        app.open(COUNTY).await?;
        app.find("answer-none").await?;
        app.click("family").await?;
        app.click("add").await?;
        app.find("subject").await?;
        // Back in the first window, which knew one person only.
        app.window.switch_to_window(first).await?;
        Question::of(app).answer("none").await?;
        app.click("family").await?;
        app.find("person-1").await?;
        app.find("person-2").await?;
        Ok(())
    })
}

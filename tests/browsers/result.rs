//! The result page and what can be done with it: on paper, in the calendar, as text, larger.

use anyhow::{Context, Result, ensure};
use canbao_e2e::app::{self, App};
use canbao_e2e::driver::{Engine, Screen};
use canbao_e2e::pages::question::Question;
use canbao_e2e::pages::result::ResultPage;
use serde_json::json;
use thirtyfour::common::print::PrintParameters;

const PAGE: &str = "141123/2026/?on=2026-02-10";

/// Answers for an ordinary person, up to the result.
async fn to_result(app: &App) -> Result<()> {
    app.open(PAGE).await?;
    let question = Question::of(app);
    question.answer("local").await?;
    question.answer("none").await?;
    question.date("1980", "5", "20").await?;
    question.in_no_group().await?;
    ResultPage::of(app).await?;
    Ok(())
}

/// Whether the page is wider than the window.
async fn too_wide(app: &App) -> Result<bool> {
    let wide = app.script("return document.documentElement.scrollWidth > window.innerWidth").await?;
    wide.as_bool().context("yes or no")
}

fn on_a_phone(test: impl AsyncFnOnce(&App) -> Result<()>) -> Result<()> {
    app::run(Engine::Chromium, Screen::Phone, test)
}

#[test]
fn the_result_fits_on_one_sheet_of_paper() -> Result<()> {
    on_a_phone(async |app| {
        to_result(app).await?;
        let paper = app.window.print_page(PrintParameters::default()).await?;
        let pages = paper.windows(11).filter(|part| *part == b"/Type /Page").count();
        let trees = paper.windows(12).filter(|part| *part == b"/Type /Pages").count();
        assert_eq!(pages - trees, 1);
        Ok(())
    })
}

/// What is wrong with the notice's text is said on paper too, and the fold below the app is no part of the result.
#[test]
fn paper_has_the_warnings_and_nothing_of_the_fold_below() -> Result<()> {
    on_a_phone(async |app| {
        to_result(app).await?;
        let seen = "return ['.warning summary', '#sheet > summary'].map(
            (part) => document.querySelector(part).getClientRects().length > 0)";
        assert_eq!(app.script(seen).await?, json!([true, true]));
        app.window.cdp().send_raw("Emulation.setEmulatedMedia", json!({ "media": "print" })).await?;
        assert_eq!(app.script(seen).await?, json!([true, false]));
        Ok(())
    })
}

#[test]
fn what_matters_stands_open_on_paper_and_is_shut_again() -> Result<()> {
    on_a_phone(async |app| {
        to_result(app).await?;
        let open = "document.querySelectorAll('.first .printed[open]').length";
        app.script(&format!("window.print = () => window.onPaper = {open}")).await?;
        app.click("print").await?;
        let on_paper = app.script("return window.onPaper").await?;
        ensure!(on_paper.as_u64() > Some(0), "{on_paper} parts are open on paper");
        app.script("window.dispatchEvent(new Event('afterprint'))").await?;
        assert_eq!(app.script(&format!("return {open}")).await?, json!(0));
        Ok(())
    })
}

#[test]
fn the_result_is_copied_as_text() -> Result<()> {
    on_a_phone(async |app| {
        to_result(app).await?;
        app.script("addEventListener('copy', () => window.copied = document.activeElement.value)").await?;
        app.click("copy").await?;
        app.changed_text("done", "").await?;
        let copied = app.script("return window.copied").await?;
        let copied = copied.as_str().context("a text was copied")?;
        ensure!(copied.contains("400") && copied.contains("2026年2月25日"), "{copied}");
        Ok(())
    })
}

#[test]
fn the_last_day_is_saved_as_a_calendar_file() -> Result<()> {
    on_a_phone(async |app| {
        to_result(app).await?;
        app.script(
            "const make = URL.createObjectURL; URL.createObjectURL = (file) => (window.file = file, make(file))",
        )
        .await?;
        app.click("save").await?;
        app.changed_text("done", "").await?;
        let read = "const [done] = arguments; window.file.text().then(done)";
        let file = app.window.execute_async(read, vec![]).await?;
        let file = file.json().as_str().context("a file")?.to_owned();
        ensure!(file.starts_with("BEGIN:VCALENDAR\r\n") && file.ends_with("END:VCALENDAR\r\n"), "{file:?}");
        ensure!(file.contains("DTSTART;VALUE=DATE:20260225\r\n"), "{file:?}");
        Ok(())
    })
}

#[test]
fn the_address_that_is_shared_holds_no_answer() -> Result<()> {
    on_a_phone(async |app| {
        to_result(app).await?;
        app.script(
            "addEventListener('copy', () => window.shared = document.activeElement.value);
             if (navigator.share) navigator.share = async ({ url }) => { window.shared = url; };",
        )
        .await?;
        app.click("share").await?;
        let shared = app.script("return window.shared").await?;
        let shared = shared.as_str().context("an address")?;
        ensure!(shared.ends_with("/141123/2026/"), "{shared}");
        Ok(())
    })
}

#[test]
fn wechat_is_told_where_the_rest_is() -> Result<()> {
    on_a_phone(async |app| {
        let wechat = "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 \
                      Chrome/86.0.4240.99 Mobile Safari/537.36 MMWEBID/1 MicroMessenger/8.0.2";
        let tools = app.window.cdp();
        tools.send_raw("Network.setUserAgentOverride", json!({ "userAgent": wechat })).await?;
        to_result(app).await?;
        app.find("in-wechat").await?;
        app.find("copy").await?;
        for nothing in ["print", "save", "share"] {
            ensure!(!app.has(nothing).await?, "{nothing} does not work in WeChat");
        }
        Ok(())
    })
}

#[test]
fn large_type_is_kept_and_leaves_the_page_as_wide_as_the_window() -> Result<()> {
    on_a_phone(async |app| {
        app.open(PAGE).await?;
        app.find("heading").await?;
        let size = "return parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)";
        let before = app.script(size).await?.as_f64();
        app.click("larger").await?;
        let after = app.script(size).await?.as_f64();
        ensure!(after > before, "{before:?} {after:?}");
        to_result(app).await?;
        ensure!(app.script(size).await?.as_f64() > before);
        ensure!(!too_wide(app).await?);
        app.click("larger").await?;
        app.open(PAGE).await?;
        app.find("heading").await?;
        assert_eq!(app.script(size).await?.as_f64(), before);
        Ok(())
    })
}

#[test]
fn a_narrow_window_at_twice_the_size_scrolls_one_way_only() -> Result<()> {
    on_a_phone(async |app| {
        to_result(app).await?;
        let tools = app.window.cdp();
        // 320 pixels, and 320 pixels at 200 %.
        for width in [320, 160] {
            let narrow = json!({ "width": width, "height": 400, "deviceScaleFactor": 2, "mobile": false });
            tools.send_raw("Emulation.setDeviceMetricsOverride", narrow).await?;
            ensure!(!too_wide(app).await?, "{width} pixels");
        }
        Ok(())
    })
}

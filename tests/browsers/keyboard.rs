//! All of it without touching the screen: with a keyboard, and so with a switch or a screen reader, which use the same
//! ways.
//!
//! Each new page has to say that it is there: its heading takes the focus, which is read out, and the window's title
//! tells it from the page before. Wherever Tab leads, one has to see where one is.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use canbao_e2e::app::{self, App};
use canbao_e2e::driver::{Engine, Screen};
use serde_json::{Value, json};

use thirtyfour::prelude::*;

const PATIENCE: Duration = Duration::from_secs(10);

/// No page of the way has more to press than this.
const MOST_TABS: usize = 60;

/// Defines one test that runs in Chromium and in Firefox.
macro_rules! by_keyboard {
    ($name:ident, $test:expr) => {
        mod $name {
            use super::*;
            #[test]
            fn chromium() -> Result<()> {
                app::run(Engine::Chromium, Screen::Computer, $test)
            }
            #[test]
            fn firefox() -> Result<()> {
                app::run(Engine::Firefox, Screen::Computer, $test)
            }
        }
    };
}

async fn press(app: &App, keys: impl Into<TypingData>) -> Result<()> {
    Ok(app.window.action_chain().send_keys(keys).perform().await?)
}

/// Presses Tab with Shift.
async fn back_tab(app: &App) -> Result<()> {
    let keys = app.window.action_chain().key_down(Key::Shift.value()).send_keys(Key::Tab).key_up(Key::Shift.value());
    Ok(keys.perform().await?)
}

/// What has the focus: what it is for, its tag and words, and whether one sees that it has it.
async fn focused(app: &App) -> Result<Value> {
    let read = "const element = document.activeElement;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        const { top, bottom } = element.getBoundingClientRect();
        return {
            id: element.dataset.testid ?? '',
            tag: element.tagName,
            text: element.textContent.trim(),
            seen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && bottom > 0 && top < innerHeight,
        }";
    Ok(app.window.execute(read, vec![]).await?.json().clone())
}

/// Goes on with Tab, or back, until what is named has the focus.
async fn move_to(app: &App, id: &str, back: bool) -> Result<()> {
    let mut passed = Vec::new();
    for _ in 0..MOST_TABS {
        if back {
            back_tab(app).await?
        } else {
            press(app, Key::Tab).await?
        }
        let here = focused(app).await?;
        // Past the last element a browser goes through its own parts: then nothing in the page has it.
        ensure!(here["tag"] == "BODY" || here["seen"] == true, "one does not see where one is: {here}");
        if here["id"] == id {
            return Ok(());
        }
        passed.push(here["id"].to_string());
    }
    bail!("Tab does not lead to {id} in {:?}, but over {passed:?}", app.engine)
}

async fn tab_to(app: &App, id: &str) -> Result<()> {
    move_to(app, id, false).await
}

/// Moves to a button and presses it with a key.
async fn press_on(app: &App, id: &str, key: Key) -> Result<()> {
    tab_to(app, id).await?;
    press(app, key).await
}

/// The page that has come: its heading, which has the focus, and its title. Both are other ones than before.
async fn next_page(app: &App, before: &(String, String)) -> Result<(String, String)> {
    let start = Instant::now();
    loop {
        let here = focused(app).await?;
        let page = (here["text"].as_str().unwrap_or_default().to_owned(), app.window.title().await?);
        if here["tag"] == "H1" && page.0 != before.0 && page.1 != before.1 {
            return Ok(page);
        }
        ensure!(start.elapsed() < PATIENCE, "after {before:?} comes {here} with the title {:?}", page.1);
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}

/// The first question: nothing has the focus in a page that a link led to, as everywhere on the web.
async fn first_question(app: &App) -> Result<(String, String)> {
    app.open("141123/2026/?on=2026-02-10").await?;
    app.ready().await?;
    Ok((app.text("heading").await?, app.window.title().await?))
}

by_keyboard!(from_the_county_to_the_result_and_back, async |app| {
    app.open("?on=2026-02-10").await?;
    app.ready().await?;
    // Searching by typing, then on to what was found.
    tab_to(app, "search").await?;
    press(app, "xx").await?;
    let dated = "return document.querySelector('[data-testid=county-141123-2026]').href.endsWith(location.search)";
    app.until("the links have the day of the address", dated).await?;
    press_on(app, "county-141123-2026", Key::Enter).await?;
    app.find("answer-local").await?;
    app.ready().await?;
    ensure!(app.window.current_url().await?.path().ends_with("/141123/"));
    let residence = (app.text("heading").await?, app.window.title().await?);

    press_on(app, "answer-local", Key::Enter).await?;
    let plan = next_page(app, &residence).await?;
    // Space presses a button as Enter does.
    press_on(app, "answer-none", Key::Space).await?;
    let birth = next_page(app, &plan).await?;
    for (field, digits) in [("year", "1980"), ("month", "5"), ("day", "20")] {
        tab_to(app, field).await?;
        press(app, digits).await?;
    }
    // Enter in the last field is "next".
    press(app, Key::Enter).await?;
    let groups = next_page(app, &birth).await?;
    // What is folded opens, a box is ticked and emptied again with Space.
    press_on(app, "group-dibao", Key::Space).await?;
    let ticked = async || {
        let count = "return document.querySelectorAll('input:checked').length";
        anyhow::Ok(app.window.execute(count, vec![]).await?.json().as_u64())
    };
    assert_eq!(ticked().await?, Some(1));
    press(app, Key::Space).await?;
    assert_eq!(ticked().await?, Some(0));
    move_to(app, "answer-none", true).await?;
    press(app, Key::Enter).await?;
    next_page(app, &groups).await?;
    app.expect_text("result-amount", "400").await?;

    // Back with the page's own button, over every page to the first question.
    let mut page = (app.text("heading").await?, app.window.title().await?);
    for before in [&groups, &birth, &plan] {
        move_to(app, "back", true).await?;
        press(app, Key::Enter).await?;
        page = next_page(app, &page).await?;
        assert_eq!(page.0, before.0);
    }
    // What was answered is there, and marked for whoever does not see the colour.
    let given = app.find("answer-none").await?;
    assert_eq!(given.attr("aria-pressed").await?.as_deref(), Some("true"));
    move_to(app, "back", true).await?;
    press(app, Key::Enter).await?;
    next_page(app, &page).await?;
    app.find("answer-local").await?;
    ensure!(!app.has("back").await?, "there is no way further back");
    Ok(())
});

by_keyboard!(what_is_wrong_with_a_date_is_told_where_it_is_mended, async |app| {
    let first = first_question(app).await?;
    press_on(app, "answer-local", Key::Enter).await?;
    let second = next_page(app, &first).await?;
    press_on(app, "answer-none", Key::Enter).await?;
    next_page(app, &second).await?;
    for (field, digits) in [("year", "1980"), ("month", "2"), ("day", "30")] {
        tab_to(app, field).await?;
        press(app, digits).await?;
    }
    press(app, Key::Enter).await?;
    let said = app.changed_text("problem", "").await?;
    let here = focused(app).await?;
    ensure!(here["id"] == "day" && here["seen"] == true, "the focus is at {here}");
    let tied = "const told = document.activeElement.getAttribute('aria-describedby');
        const place = document.getElementById(told);
        return [place?.textContent, place?.getAttribute('role')]";
    let tied = app.window.execute(tied, vec![]).await?;
    let tied: [String; 2] = serde_json::from_value(tied.json().clone()).context("the field says what is wrong")?;
    assert_eq!(tied, [said.clone(), "alert".to_owned()]);
    let wrong = "return [...document.querySelectorAll('[aria-invalid=true]')].map(({ id }) => id)";
    assert_eq!(*app.window.execute(wrong, vec![]).await?.json(), json!(["day"]));
    // What was typed is still there and can be mended at once.
    assert_eq!(app.find("year").await?.prop("value").await?.as_deref(), Some("1980"));
    press(app, Key::Backspace).await?;
    press(app, Key::Backspace).await?;
    press(app, Key::Enter).await?;
    app.changed_text("problem", &said).await?;
    assert_eq!(*app.window.execute(wrong, vec![]).await?.json(), json!(["day"]));
    press(app, "2").await?;
    // The day is right now, and another field is not.
    move_to(app, "year", true).await?;
    press(app, "x").await?;
    press(app, Key::Enter).await?;
    app.changed_text("problem", "").await?;
    assert_eq!(*app.window.execute(wrong, vec![]).await?.json(), json!(["year"]));
    press(app, Key::Backspace).await?;
    press(app, "1980").await?;
    press(app, Key::Enter).await?;
    app.find("answer-none").await?;
    Ok(())
});

by_keyboard!(folds_open_and_the_notice_can_be_read, async |app| {
    first_question(app).await?;
    press_on(app, "larger", Key::Enter).await?;
    let large = "return document.documentElement.classList.contains('larger')";
    assert_eq!(app.window.execute(large, vec![]).await?.json().as_bool(), Some(true));
    // Why it is asked, then what the notice says: the fold under the page has no name for tests, but it is last.
    let open = "return document.activeElement.parentNode.open ?? null";
    let mut folds = 0;
    for _ in 0..MOST_TABS {
        press(app, Key::Tab).await?;
        let here = focused(app).await?;
        if here["tag"] == "SUMMARY" {
            press(app, if folds == 0 { Key::Enter } else { Key::Space }).await?;
            assert_eq!(app.window.execute(open, vec![]).await?.json().as_bool(), Some(true), "{here}");
            folds += 1;
        } else if here["tag"] == "BODY" {
            break;
        }
    }
    ensure!(folds >= 2, "only {folds} folds");
    ensure!(app.window.find(By::Css("#sheet table")).await?.is_displayed().await?);
    Ok(())
});

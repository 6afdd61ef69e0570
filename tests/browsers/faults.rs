//! When something outside the app is broken: a store that refuses, a file that does not come, a clock that is wrong, an
//! address that leads nowhere.
//!
//! A person who meets one of these cannot tell it from a fault of their own. So each time a plain sentence says what is
//! the matter, there is a way on, no answer is lost, and no amount is shown that does not hold.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use canbao_e2e::app::{self, App};
use canbao_e2e::driver::{Engine, Screen};
use canbao_e2e::in_each_browser;
use canbao_e2e::pages::question::Question;
use canbao_e2e::pages::result::ResultPage;
use serde_json::json;
use thirtyfour::prelude::*;
use xtask::bundle::{self, Files};
use xtask::{missing, paths};

const PAGE: &str = "141123/2026/?on=2026-02-10";
/// The same, on the day that the device says.
const TODAY: &str = "141123/2026/";

fn in_chromium(test: impl AsyncFnOnce(&App) -> Result<()>) -> Result<()> {
    app::run(Engine::Chromium, Screen::Phone, test)
}

/// Has a script run in every page from now on, before anything of the page's own.
async fn before_every_page(app: &App, source: &str) -> Result<()> {
    let script = json!({ "source": source });
    app.window.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", script).await?;
    Ok(())
}

/// The key of the question on screen.
async fn asked(app: &App) -> Result<String> {
    let key = app.script("return document.querySelector('[data-question]')?.dataset.question ?? ''").await?;
    Ok(key.as_str().unwrap_or_default().to_owned())
}

/// Waits for a question.
async fn expect_question(app: &App, key: &str) -> Result<()> {
    app.ready().await?;
    let question = app.window.query(By::Css(format!("[data-question={key}]")));
    let shown = question.wait(Duration::from_secs(10), Duration::from_millis(25)).and_displayed().first().await;
    ensure!(shown.is_ok(), "instead of {key} there is {:?}: {}", asked(app).await?, text(app).await?);
    Ok(())
}

/// All words on the page.
async fn text(app: &App) -> Result<String> {
    let text = app.script("return document.body.innerText").await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

/// Whether the page says something, not only somewhere in its file.
async fn ensure_says(app: &App, words: &str) -> Result<()> {
    let text = text(app).await?;
    ensure!(text.contains(words), "{words:?} is not said: {text}");
    Ok(())
}

/// Two answers, up to the date of birth.
async fn two_answers(app: &App) -> Result<()> {
    app.ready().await?;
    let question = Question::of(app);
    question.answer("local").await?;
    question.answer("none").await?;
    expect_question(app, "birth_date").await
}

/// The other answers of an ordinary adult.
async fn other_answers(app: &App) -> Result<()> {
    let question = Question::of(app);
    question.date("1980", "5", "20").await?;
    question.in_no_group().await
}

async fn ensure_amount(app: &App, amount: &str) -> Result<()> {
    let found = ResultPage::of(app).await?.amount().await?;
    ensure!(found == amount, "{found} yuan");
    Ok(())
}

/// In a browser that keeps nothing: all answers stand until the page is closed, also when going back and forth and over
/// a reload, and it is said that they will be gone then.
fn nothing_is_kept_and_it_is_said(source: &str) -> Result<()> {
    in_chromium(async |app| {
        before_every_page(app, source).await?;
        app.open(PAGE).await?;
        two_answers(app).await?;
        app.window.refresh().await?;
        expect_question(app, "birth_date").await?;
        other_answers(app).await?;
        ensure_amount(app, "400").await?;
        ensure!(!app.text("unkept").await?.is_empty());
        app.window.refresh().await?;
        ensure_amount(app, "400").await?;
        ensure!(!app.text("unkept").await?.is_empty(), "it is said after a reload too");
        app.window.back().await?;
        expect_question(app, "groups").await?;
        app.script("window.dispatchEvent(new Event('focus'))").await?;
        app.window.forward().await?;
        ensure_amount(app, "400").await?;
        app.click("larger").await?;
        app.click("family").await?;
        app.expect_text("total-amount", "400").await?;
        ensure!(!app.text("unkept").await?.is_empty());
        Ok(())
    })
}

#[test]
fn a_store_that_throws_costs_no_answer() -> Result<()> {
    nothing_is_kept_and_it_is_said(
        "for (const name of ['getItem', 'setItem', 'removeItem', 'key'])
            Storage.prototype[name] = () => { throw new Error('broken'); };",
    )
}

#[test]
fn a_store_that_is_full_costs_no_answer() -> Result<()> {
    nothing_is_kept_and_it_is_said(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };",
    )
}

#[test]
fn a_store_that_is_not_there_costs_no_answer() -> Result<()> {
    nothing_is_kept_and_it_is_said(
        "Object.defineProperty(window, 'localStorage', {
            get() { throw new DOMException('denied', 'SecurityError'); } });",
    )
}

#[test]
fn a_store_that_breaks_in_the_middle_costs_no_answer() -> Result<()> {
    in_chromium(async |app| {
        app.open(PAGE).await?;
        two_answers(app).await?;
        app.script("Storage.prototype.getItem = () => { throw new Error('broken'); }").await?;
        app.script("Storage.prototype.setItem = () => { throw new Error('broken'); }").await?;
        other_answers(app).await?;
        ensure_amount(app, "400").await?;
        ensure!(!app.text("unkept").await?.is_empty());
        Ok(())
    })
}

#[test]
fn where_answers_are_kept_nothing_is_said_of_it() -> Result<()> {
    in_chromium(async |app| {
        app.open(PAGE).await?;
        two_answers(app).await?;
        other_answers(app).await?;
        ensure_amount(app, "400").await?;
        ensure!(!app.has("unkept").await?);
        Ok(())
    })
}

/// Where the program does not start, that is said at once, not only after the fifteen seconds after which it shows on a
/// line that is merely slow; and what the notice says stands open.
async fn says_that_it_cannot_start(app: &App) -> Result<()> {
    app.open(TODAY).await?;
    says_that_it_stopped(app).await
}

async fn says_that_it_stopped(app: &App) -> Result<()> {
    let advice = app.window.query(By::ClassName("trouble"));
    let shown = advice.wait(Duration::from_secs(4), Duration::from_millis(50)).and_displayed().first().await?;
    ensure!(shown.text().await?.contains("刷新"), "{}", shown.text().await?);
    ensure!(app.window.find(By::Css("#sheet table")).await?.is_displayed().await?);
    // A tap on what looks alive does not promise a page that never comes.
    app.window.execute("document.querySelector('[data-step]')?.click()", vec![]).await?;
    ensure!(shown.text().await?.contains("刷新"), "{}", shown.text().await?);
    Ok(())
}

// An error in the middle of the program, here of a call it makes: it is as good as gone then. A function of the browser's
// own throws it: of one that WebDriver puts into the page the page would be told nothing.
in_each_browser!(a_program_that_breaks_off_says_so_and_a_reload_loses_nothing, async |app| {
    app.open(PAGE).await?;
    two_answers(app).await?;
    app.script("Object.defineProperty(Document.prototype, 'title', { set: Element.prototype.remove })").await?;
    for (field, value) in [("year", "1980"), ("month", "5"), ("day", "20")] {
        app.fill(field, value).await?;
    }
    app.click("next").await?;
    says_that_it_stopped(app).await?;
    app.window.refresh().await?;
    expect_question(app, "groups").await?;
    Question::of(app).in_no_group().await?;
    ensure_amount(app, "400").await
});

/// Throws in a listener, later, and into the window, and notes it.
const THEIRS: &str = "
    self.thrown = new Set();
    const thrower = (name) => () => {
        self.thrown.add(name);
        throw new Error('theirs');
    };
    addEventListener('focusin', thrower('focusin'));
    addEventListener('click', () => {
        for (const error of [null, new Error('theirs')]) dispatchEvent(new ErrorEvent('error', { error }));
        setTimeout(thrower('later'));
    });
    addEventListener('click', thrower('click'));
";

/// Nothing of ours: a script that WeChat or an extension has put into the page. One that listens for the focus is called
/// by the program itself. Each engine writes a trace in its own way. WebDriver's scripts throw nothing here: Firefox gives
/// them the page's own address.
#[test]
fn an_error_of_another_script_stops_nothing() -> Result<()> {
    let theirs = |files: &mut Files| {
        let page = files.get_mut("141123/2026/index.html").expect("the page");
        let text = String::from_utf8(std::mem::take(page)).expect("a page");
        *page = text.replace("</body>", "<script src=/theirs.js></script></body>").into_bytes();
        files.insert("theirs.js".to_owned(), THEIRS.as_bytes().to_vec());
    };
    for engine in [Engine::Chromium, Engine::Firefox, Engine::WebKit] {
        app::run_changed(theirs, engine, Screen::Phone, async |app| {
            app.open(PAGE).await?;
            two_answers(app).await?;
            other_answers(app).await?;
            ensure_amount(app, "400").await?;
            assert_eq!(app.script("return [...self.thrown].sort()").await?, json!(["click", "focusin", "later"]));
            ensure!(!app.window.find(By::ClassName("trouble")).await?.is_displayed().await?);
            Ok(())
        })
        .with_context(|| format!("{engine:?}"))?;
    }
    Ok(())
}

/// The same of code that has no address, as what WeChat runs in the page.
#[test]
fn an_error_of_code_without_an_address_stops_nothing() -> Result<()> {
    for engine in [Engine::Chromium, Engine::WebKit] {
        app::run(engine, Screen::Phone, async |app| {
            app.open(PAGE).await?;
            app.ready().await?;
            app.script(THEIRS).await?;
            two_answers(app).await?;
            other_answers(app).await?;
            ensure_amount(app, "400").await?;
            assert_eq!(app.script("return [...self.thrown].sort()").await?, json!(["click", "focusin", "later"]));
            ensure!(!app.window.find(By::ClassName("trouble")).await?.is_displayed().await?);
            Ok(())
        })
        .with_context(|| format!("{engine:?}"))?;
    }
    Ok(())
}

fn changed(change: impl FnOnce(&mut Files), test: impl AsyncFnOnce(&App) -> Result<()>) -> Result<()> {
    app::run_changed(change, Engine::Chromium, Screen::Phone, test)
}

#[test]
fn a_page_that_cannot_start_says_so() -> Result<()> {
    changed(|files| files.retain(|name, _| !name.contains(".wasm")), says_that_it_cannot_start)
}

#[test]
fn a_damaged_program_says_so() -> Result<()> {
    let damage = |files: &mut Files| {
        for (_, content) in files.iter_mut().filter(|(name, _)| name.contains(".wasm")) {
            *content = b"<html>please pay for this wireless network</html>".to_vec();
        }
    };
    changed(damage, says_that_it_cannot_start)
}

#[test]
fn a_damaged_notice_says_so() -> Result<()> {
    let damage = |files: &mut Files| {
        for (_, page) in files.iter_mut().filter(|(name, _)| name.ends_with("index.html")) {
            let text = String::from_utf8(std::mem::take(page)).expect("a page");
            *page = text.replace("id=\"notice\">", "id=\"notice\">A").into_bytes();
        }
    };
    changed(damage, says_that_it_cannot_start)
}

/// The line broke before all of it had come.
#[test]
fn a_page_that_was_cut_off_says_so() -> Result<()> {
    for end in ["self.wasm_bindgen", "<script type=\"text/plain\"", "141123-2026", "</body>"] {
        let cut = |files: &mut Files| {
            let page = files.get_mut("141123/2026/index.html").expect("the page");
            let at = String::from_utf8_lossy(page).rfind(end).expect("a place to cut at");
            page.truncate(at);
        };
        if end == "</body>" {
            // Nothing that is needed is missing.
            changed(cut, async |app| {
                app.open(TODAY).await?;
                app.ready().await
            })?;
        } else {
            changed(cut, says_that_it_cannot_start)?;
        }
    }
    Ok(())
}

/// The program's script in every page, with another in its place.
fn with_script(files: &mut Files, change: impl Fn(&str) -> String) {
    const END: &str = "</script>";
    let pages = files.iter_mut().filter(|(name, _)| name.ends_with("index.html") && !name.starts_with("staff/"));
    for (_, page) in pages {
        let text = String::from_utf8(std::mem::take(page)).expect("a page");
        let inside = text.find("self.wasm_bindgen").expect("the script");
        let start = text[..inside].rfind("<script>").expect("its start");
        let end = inside + text[inside..].find(END).expect("its end") + END.len();
        *page = [&text[..start], &change(&text[start..end]), &text[end..]].concat().into_bytes();
    }
}

/// It would work; but somebody on the way has written into it.
#[test]
fn a_script_that_is_not_as_it_was_built_is_not_run() -> Result<()> {
    let meddle = |script: &str| script.replace("</script>", ";document.title = 'written into'</script>");
    changed(|files| with_script(files, meddle), says_that_it_cannot_start)
}

/// A section that means nothing, so that the module is another one and still runs.
const SECTION: [u8; 4] = [0, 2, 1, b'x'];

#[test]
fn a_module_that_is_not_as_it_was_built_is_not_run() -> Result<()> {
    let meddle = |files: &mut Files| {
        for (_, module) in files.iter_mut().filter(|(name, _)| name.starts_with("canbao-app_bg-")) {
            module.extend_from_slice(&SECTION);
        }
    };
    for engine in [Engine::Chromium, Engine::Firefox, Engine::WebKit] {
        app::run_changed(meddle, engine, Screen::Phone, says_that_it_cannot_start)?;
    }
    Ok(())
}

/// The pages after the questions are in it; the questions are not, and go on.
#[test]
fn a_late_part_that_is_not_as_it_was_built_is_not_run() -> Result<()> {
    let meddle = |files: &mut Files| {
        for (_, module) in files.iter_mut().filter(|(name, _)| name.starts_with("split_late-")) {
            module.extend_from_slice(&SECTION);
        }
    };
    changed(meddle, async |app| {
        app.open(PAGE).await?;
        two_answers(app).await?;
        other_answers(app).await?;
        app.find("again").await?;
        ensure_says(app, "您的回答都在").await?;
        Ok(())
    })
}

/// Nor are the others; the app goes without them.
#[test]
fn a_style_that_is_not_as_it_was_built_is_not_used() -> Result<()> {
    let meddle = |files: &mut Files| {
        for (name, content) in files.iter_mut() {
            if name.starts_with("late-") {
                content.extend_from_slice(b"main{display:none}");
            } else if name.starts_with("offline-") {
                content.extend_from_slice(b";document.title = 'written into'");
            }
        }
    };
    changed(meddle, async |app| {
        app.open(PAGE).await?;
        two_answers(app).await?;
        other_answers(app).await?;
        ensure_amount(app, "400").await?;
        ensure!(app.window.title().await? != "written into");
        Ok(())
    })
}

#[test]
fn a_missing_script_says_so() -> Result<()> {
    changed(|files| with_script(files, |_| String::new()), says_that_it_cannot_start)
}

#[test]
fn a_browser_without_webassembly_is_told_so() -> Result<()> {
    in_chromium(async |app| {
        before_every_page(app, "delete window.WebAssembly").await?;
        says_that_it_cannot_start(app).await
    })
}

/// Takes the late part of the program away: by its address, as a line that breaks would.
async fn late_part_comes(app: &App, comes: bool) -> Result<()> {
    let tools = app.window.cdp();
    tools.send_raw("Network.enable", json!({})).await?;
    tools.send_raw("Network.setCacheDisabled", json!({ "cacheDisabled": true })).await?;
    let urls = if comes { json!([]) } else { json!(["*split_*.wasm"]) };
    tools.send_raw("Network.setBlockedURLs", json!({ "urls": urls })).await?;
    Ok(())
}

#[test]
fn a_result_that_does_not_come_is_waited_for_and_comes_with_all_answers() -> Result<()> {
    in_chromium(async |app| {
        late_part_comes(app, false).await?;
        app.open(PAGE).await?;
        two_answers(app).await?;
        other_answers(app).await?;
        app.find("again").await?;
        ensure_says(app, "您的回答都在").await?;
        app.click("again").await?;
        app.find("again").await?;
        late_part_comes(app, true).await?;
        app.click("again").await?;
        ensure_amount(app, "400").await
    })
}

#[test]
fn a_result_that_is_not_on_the_host_says_so_and_a_reload_loses_nothing() -> Result<()> {
    changed(
        |files| files.retain(|name, _| !name.starts_with("split_")),
        async |app| {
            app.open(PAGE).await?;
            two_answers(app).await?;
            other_answers(app).await?;
            app.find("again").await?;
            app.window.refresh().await?;
            app.find("again").await?;
            ensure_says(app, "您的回答都在").await?;
            // The way on besides: the questions, and what the notice says.
            app.click("back").await?;
            expect_question(app, "groups").await?;
            app.settled().await?;
            app.window.find(By::Css("#sheet > summary")).await?.click().await?;
            ensure!(app.window.find(By::Css("#sheet table")).await?.is_displayed().await?);
            Ok(())
        },
    )
}

#[test]
fn a_reload_in_the_middle_loses_nothing() -> Result<()> {
    in_chromium(async |app| {
        app.open(PAGE).await?;
        two_answers(app).await?;
        app.window.refresh().await?;
        expect_question(app, "birth_date").await?;
        // Nor does closing the window and coming back.
        app.window.goto("about:blank").await?;
        app.open(PAGE).await?;
        expect_question(app, "birth_date").await?;
        other_answers(app).await?;
        ensure_amount(app, "400").await
    })
}

#[test]
fn coming_back_from_another_page_finds_all_as_it_was() -> Result<()> {
    in_chromium(async |app| {
        app.open(PAGE).await?;
        two_answers(app).await?;
        app.open("").await?;
        app.find("search").await?;
        app.window.back().await?;
        expect_question(app, "birth_date").await?;
        app.window.back().await?;
        expect_question(app, "other_plan").await?;
        app.window.forward().await?;
        expect_question(app, "birth_date").await?;
        other_answers(app).await?;
        ensure_amount(app, "400").await
    })
}

/// The device says that it is this moment, in UTC.
async fn at(app: &App, moment: &str) -> Result<()> {
    before_every_page(app, &format!("Date.now = () => Date.parse('{moment}')")).await
}

#[test]
fn a_clock_far_behind_shows_no_amount_and_is_named() -> Result<()> {
    in_chromium(async |app| {
        at(app, "1999-01-01T04:00:00Z").await?;
        app.open(TODAY).await?;
        app.ready().await?;
        app.click("see-result").await?;
        app.find("early").await?;
        ensure_says(app, "1999年1月1日").await?;
        ensure_says(app, "日期不对").await?;
        ensure!(!app.has("result-amount").await?);
        app.click("family").await?;
        app.find("early").await?;
        ensure!(!app.has("total-amount").await?);
        Ok(())
    })
}

#[test]
fn a_clock_far_ahead_shows_no_amount_and_is_named() -> Result<()> {
    in_chromium(async |app| {
        at(app, "2050-01-01T04:00:00Z").await?;
        app.open(TODAY).await?;
        app.find("over").await?;
        ensure_says(app, "2050年1月1日").await?;
        ensure_says(app, "已经结束").await?;
        for amount in ["result-amount", "other-1-amount"] {
            ensure!(!app.has(amount).await?, "{amount} is shown");
        }
        app.click("family").await?;
        app.find("over").await?;
        ensure!(!app.has("total-amount").await?);
        Ok(())
    })
}

/// The last day is over when the person comes back: nothing else was tapped.
#[test]
fn a_result_left_open_past_midnight_is_made_anew() -> Result<()> {
    in_chromium(async |app| {
        at(app, "2026-02-25T15:50:00Z").await?;
        app.open("141123/2026/").await?;
        two_answers(app).await?;
        other_answers(app).await?;
        app.find("result-amount").await?;
        ensure_says(app, "就是今天").await?;
        let later = "Date.now = () => Date.parse('2026-02-26T03:50:00Z');
                     document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));";
        app.window.execute(later, vec![]).await?;
        app.settled().await?;
        ensure_says(app, "2026年2月26日").await?;
        ensure!(!app.window.find(By::Tag("main")).await?.text().await?.contains("就是今天"));
        Ok(())
    })
}

/// Half an hour before and after midnight in Beijing: a day in Los Angeles or on Kiritimati is another one.
#[test]
fn the_day_is_that_of_beijing_wherever_the_device_is() -> Result<()> {
    in_chromium(async |app| {
        for zone in ["America/Los_Angeles", "Pacific/Kiritimati", "Asia/Shanghai"] {
            let set = json!({ "timezoneId": zone });
            app.window.cdp().send_raw("Emulation.setTimezoneOverride", set).await?;
            for (moment, day) in [("2026-02-25T15:30:00Z", "2026年2月25日"), ("2026-02-25T16:30:00Z", "2026年2月26日")]
            {
                at(app, moment).await?;
                // From elsewhere: at the same address a browser would stay at its place in the history.
                app.window.goto("about:blank").await?;
                app.open(TODAY).await?;
                let here = app.script("return Intl.DateTimeFormat().resolvedOptions().timeZone").await?;
                ensure!(here == zone, "the device is in {here}");
                app.ready().await?;
                app.click("see-result").await?;
                app.find("result-kind").await?;
                ensure_says(app, &format!("按 {day}")).await.with_context(|| format!("{moment} in {zone}"))?;
            }
        }
        Ok(())
    })
}

/// What is typed is to stand in no address, however a form comes to be sent: the page prevents it, and its policy forbids
/// it.
#[test]
fn no_form_is_ever_sent() -> Result<()> {
    in_chromium(async |app| {
        at(app, "2026-02-10T04:00:00Z").await?;
        app.open(TODAY).await?;
        app.ready().await?;
        two_answers(app).await?;
        expect_question(app, "birth_date").await?;
        let prevented = app
            .script(
                "const event = new Event('submit', { bubbles: true, cancelable: true });
                 document.querySelector('form').dispatchEvent(event);
                 return event.defaultPrevented",
            )
            .await?;
        ensure!(prevented == true);
        app.script("window.stays = true; document.querySelector('form').requestSubmit()").await?;
        expect_question(app, "birth_date").await?;
        let here = app.script("return [location.search, window.stays]").await?;
        ensure!(here == json!(["", true]), "{here}");
        other_answers(app).await?;
        ensure_amount(app, "400").await
    })
}

#[test]
fn an_address_with_nonsense_behind_it_still_leads_to_the_notice() -> Result<()> {
    in_chromium(async |app| {
        at(app, "2026-02-10T04:00:00Z").await?;
        for rest in ["?on=nonsense", "?on=", "?on=2026-02-30", "?on", "?&&=&on=%%%", "#nowhere", "?on=99999-01-01"] {
            app.open(&format!("{TODAY}{rest}")).await?;
            expect_question(app, "residence").await.with_context(|| rest.to_owned())?;
        }
        two_answers(app).await?;
        other_answers(app).await?;
        ensure_amount(app, "400").await?;
        // It is said which day all this is worked out for: today.
        ensure_says(app, "2026年2月10日").await
    })
}

#[test]
fn what_others_left_in_the_history_and_the_store_is_no_obstacle() -> Result<()> {
    in_chromium(async |app| {
        app.open(PAGE).await?;
        app.ready().await?;
        let entries = [
            json!("3 1 question no_such_question"),
            json!("0 99 result of nothing"),
            json!("-1 x counties"),
            json!(""),
            json!({ "somebody": "else's" }),
            json!(7),
        ];
        for entry in entries {
            app.window.execute("history.replaceState(arguments[0], '')", vec![entry.clone()]).await?;
            app.window.refresh().await?;
            expect_question(app, "residence").await.with_context(|| entry.to_string())?;
        }
        let texts =
            ["\u{0}\u{fffd}", "{\"json\": true}", "canbao 99 \nnotice 141123-2026 \ntext residence mars\nint groups x"];
        for kept in texts {
            let fill = "for (const store of [localStorage, sessionStorage])
                for (const name of ['canbao', 'canbao/141123-2026', 'canbao-larger'])
                    store.setItem(name, arguments[0]);
                history.replaceState(null, '')";
            app.window.execute(fill, vec![json!(kept)]).await?;
            app.open(PAGE).await?;
            expect_question(app, "residence").await.with_context(|| kept.to_owned())?;
        }
        two_answers(app).await?;
        other_answers(app).await?;
        ensure_amount(app, "400").await
    })
}

/// The choice of a county stands in the page before the app does, and one may type into it at once.
#[test]
fn what_is_typed_into_the_search_before_the_app_has_started_counts() -> Result<()> {
    in_chromium(async |app| {
        // The program cannot have come before the page is parsed.
        let typing = "document.addEventListener('DOMContentLoaded', () => {
            const field = document.querySelector('[data-search]');
            field.focus();
            field.value = 'xingxian';
        })";
        before_every_page(app, typing).await?;
        app.open("?on=2026-02-10").await?;
        app.ready().await?;
        let sifted = "return document.querySelector('[data-testid=county-140823-2024]').offsetParent === null";
        app.until("what was typed is searched for", sifted).await?;
        app.type_into("search", "g").await?;
        let value = app.script("return document.activeElement.value").await?;
        ensure!(value == "xingxiang", "{value}");
        Ok(())
    })
}

#[test]
fn an_address_that_leads_nowhere_says_so_and_leads_to_the_counties() -> Result<()> {
    in_chromium(async |app| {
        for address in ["999999/", "999999/2026/", "141123/2031/", "141123/2026/index.php", "nonsense", "141123/2031"] {
            let place = || address.to_owned();
            app.open(address).await?;
            let status = "const [done] = arguments; fetch(location.href).then(({ status }) => done(status))";
            assert_eq!(app.window.execute_async(status, vec![]).await?.json(), &json!(404), "{address}");
            app.ready().await.with_context(place)?;
            // Once the app has put its own list in place of the file's, the words are still there.
            tokio::time::sleep(Duration::from_millis(300)).await;
            let said = app.window.find(By::Id("missing")).await?;
            ensure!(said.is_displayed().await? && said.text().await?.contains("没有这个页面"), "{address}");
            app.type_into("search", "xingxian").await?;
            app.click("county-141123-2026").await.with_context(place)?;
            app.window.query(By::Css("#sheet")).first().await.with_context(place)?;
            app.ready().await.with_context(place)?;
            ensure!(app.window.current_url().await?.path() == "/141123/", "{address}");
        }
        Ok(())
    })
}

/// Where the files lie in a folder of the host, and the host sends their page for all that is missing.
#[test]
fn an_address_that_leads_nowhere_in_a_folder_leads_to_its_counties() -> Result<()> {
    let folder = tempfile::tempdir()?;
    for (name, content) in bundle::read(&paths::dist())? {
        let file = folder.path().join("a/yibao").join(&name);
        std::fs::create_dir_all(file.parent().context("a file in a folder")?)?;
        std::fs::write(file, &content)?;
        if name == missing::NAME {
            std::fs::write(folder.path().join(name), content)?;
        }
    }
    std::fs::write(folder.path().join("index.html"), "portal")?;
    app::run_on(folder.path(), Engine::Chromium, Screen::Phone, async |app| {
        for address in ["999999/", "141123/2031/", "141123/2026/pages/index.php?from=chat#top", "nonsense"] {
            let place = || address.to_owned();
            app.open(&format!("a/yibao/{address}")).await?;
            app.ready().await.with_context(place)?;
            ensure!(app.window.find(By::Id("missing")).await?.is_displayed().await?, "{address}");
            app.click("county-141123-2026").await.with_context(place)?;
            app.window.query(By::Css("#sheet")).first().await.with_context(place)?;
            app.ready().await.with_context(place)?;
            ensure!(app.window.current_url().await?.path() == "/a/yibao/141123/", "{address}");
        }
        // Not in the folder: what it is asked for lies in none of those above, and the page goes without the app.
        app.open("a/").await?;
        ensure!(app.window.find(By::Id("missing")).await?.is_displayed().await?);
        Ok(())
    })
}

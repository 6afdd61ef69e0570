//! The staff page: what is shown, copied and saved there is what the engine says.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use canbao_e2e::app::{self, App};
use canbao_e2e::driver::{Engine, Screen};
use serde_json::json;
use thirtyfour::prelude::*;
use xtask::bundle::Files;

const NOTICE: &str = "141123-2026";
const DAY: &str = "2026-02-10";
const ADDRESS: &str = "https://www.example.gov.cn/canbao/141123/";

/// Chooses as staff would, but in one go.
async fn choose(app: &App, id: &str, value: &str) -> Result<()> {
    let set = format!(
        "const field = document.getElementById('{id}');
         if (field.type === 'checkbox') field.checked = {value:?} === 'on'; else field.value = {value:?};
         field.dispatchEvent(new Event('change', {{ bubbles: true }}));"
    );
    app.script(&set).await?;
    Ok(())
}

async fn open(app: &App) -> Result<()> {
    app.open(&format!("staff/?on={DAY}")).await?;
    app.until("the page has started", "return document.documentElement.dataset.ready === 'staff'").await?;
    choose(app, "notice", NOTICE).await?;
    choose(app, "address", ADDRESS).await
}

#[test]
fn the_material_is_what_the_engine_says() -> Result<()> {
    app::run(Engine::Chromium, Screen::Computer, async |app| {
        open(app).await?;
        let made = canbao_staff::pieces(NOTICE, DAY, ADDRESS).map_err(anyhow::Error::msg)?;
        assert_eq!(app.script("return document.getElementById('message').value").await?, made.message);
        assert_eq!(app.script("return document.getElementById('announcement').value").await?, made.announcement);
        // Files made in the page may be saved, but not fetched: the policy is strict. So they are seen being made.
        app.script(
            "window.made = new Map();
             const { createObjectURL } = URL;
             URL.createObjectURL = (blob) => {
                 const address = createObjectURL(blob);
                 made.set(address, blob);
                 return address;
             };",
        )
        .await?;
        choose(app, "notice", NOTICE).await?;
        let files = "const [done] = arguments;
            Promise.all([...document.querySelectorAll('[data-save]')].map((link) => made.get(link.href).text()))
                .then(done, (error) => done(String(error)))";
        let files = app.window.execute_async(files, vec![]).await?.json().clone();
        assert_eq!(files, json!([made.poster, made.phone, made.calendar]));
        let names = "return [...document.querySelectorAll('[data-save]')].map((link) => link.download)";
        let expected = ["poster.svg", "phone.svg", "calendar.ics"].map(|name| format!("{NOTICE}-{name}"));
        assert_eq!(app.script(names).await?, json!(expected));

        // As pictures: both are drawn, and the phone's has its size as PNG too.
        app.until("the posters are drawn",
            "return [...document.querySelectorAll('figure img')].every((image) => image.complete && image.naturalWidth)",
        )
        .await?;
        let png = "const [done] = arguments;
            HTMLAnchorElement.prototype.click = function () {
                createImageBitmap(made.get(this.href))
                    .then(({ width, height }) => done([this.download, width, height]), (e) => done(String(e)));
            };
            document.querySelector('#phone [data-png]').dispatchEvent(new MouseEvent('click', { bubbles: true }));";
        let png = app.window.execute_async(png, vec![]).await?.json().clone();
        assert_eq!(png, json!([format!("{NOTICE}-phone.png"), 1080, 1920]));
        Ok(())
    })
}

#[test]
fn the_line_to_copy_is_the_one_that_made_the_preview() -> Result<()> {
    app::run(Engine::Chromium, Screen::Computer, async |app| {
        open(app).await?;
        let home = app.home();
        let snippet = "return document.getElementById('snippet').textContent";
        // From where residents are sent; the preview comes from here.
        let there = ADDRESS.trim_end_matches("141123/");
        let plain = |from: &str| format!("<script src=\"{from}embed.js\" data-county=\"141123\"></script>");
        assert_eq!(app.script(snippet).await?, plain(there));
        for (id, value) in [("pinned", "on"), ("theme", "#0b4da2"), ("height", "800")] {
            choose(app, id, value).await?;
        }
        let full = format!(
            "<script src=\"{there}embed.js\" data-county=\"141123\" data-year=\"2026\" data-theme=\"#0b4da2\" \
             data-height=\"800\"></script>"
        );
        assert_eq!(app.script(snippet).await?, full);
        let frames = "return [...document.querySelectorAll('.preview iframe')].map((frame) => frame.src)";
        let expected = format!("{home}141123/2026/#0b4da2");
        app.until("two previews", "return document.querySelectorAll('.preview iframe').length === 2").await?;
        assert_eq!(app.script(frames).await?, json!([expected, expected]));
        let widths = "return [...document.querySelectorAll('.preview iframe')].map((frame) => frame.clientWidth)";
        let widths: Vec<i64> = serde_json::from_value(app.script(widths).await?)?;
        ensure!(widths[0] < 380 && widths[1] >= 1024, "{widths:?}");

        let [line, from] = ["frame", "base"].map(|id| format!("return document.getElementById('{id}').textContent"));
        let line = app.script(&line).await?;
        let begin = format!("<iframe src=\"{there}141123/2026/#0b4da2\"");
        ensure!(line.as_str().context("text")?.starts_with(&begin), "{line}");
        for (address, base) in [
            (format!("{ADDRESS}2026/index.html"), there),
            // Nobody knows what these lead to: from here then, as is said.
            ("https://www.example.gov.cn/yb".to_owned(), home),
            ("https://www.example.gov.cn/canbao/140823/".to_owned(), home),
            ("example".to_owned(), home),
        ] {
            choose(app, "address", &address).await?;
            assert_eq!(app.script(&from).await?, base, "{address}");
            let line = app.script(snippet).await?;
            ensure!(line.as_str().context("text")?.contains(&format!("src=\"{base}embed.js\"")), "{line}");
        }

        let frame = app.window.find(By::Css("#preview-phone iframe")).await?;
        frame.enter_frame().await?;
        app.ready().await?;
        // Whatever it asks or says on the day of the test.
        app.find("heading").await?;
        Ok(())
    })
}

#[test]
fn what_cannot_be_publicised_is_said_and_not_made() -> Result<()> {
    app::run(Engine::Chromium, Screen::Computer, async |app| {
        open(app).await?;
        let problem = "return document.getElementById('problem').textContent";
        let hidden = "return document.getElementById('material').hidden";
        for (id, value) in [("address", "example"), ("notice", "140823-2024")] {
            choose(app, id, value).await?;
            let said = app.script(problem).await?;
            ensure!(!said.as_str().context("text")?.is_empty(), "{id} {value} is taken");
            assert_eq!(app.script(hidden).await?, json!(true));
        }
        // What was typed for a county is kept; put right, all is there again.
        choose(app, "notice", NOTICE).await?;
        choose(app, "address", ADDRESS).await?;
        assert_eq!(app.script(problem).await?, json!(""));
        assert_eq!(app.script(hidden).await?, json!(false));

        // What there is and what there is not.
        let shown = "return ['calendar-file', 'no-calendar'].map((id) => !document.getElementById(id).hidden)";
        assert_eq!(app.script(shown).await?, json!([true, false]));
        let gaps = "return document.getElementById('gaps').textContent";
        assert_eq!(app.script(gaps).await?, json!(canbao_staff::pieces(NOTICE, DAY, ADDRESS).expect("material").gaps));
        choose(app, "on", "2026-03-10").await?;
        assert_eq!(app.script(hidden).await?, json!(false));
        assert_eq!(app.script(shown).await?, json!([false, true]));
        Ok(())
    })
}

/// Its script and its module alike: material that somebody on the way has written into is none.
#[test]
fn nothing_of_it_runs_that_is_not_as_it_was_built() -> Result<()> {
    // A comment, and a section that means nothing: both would run.
    let changes: [(&str, &str, &[u8]); 2] =
        [("staff/staff-", ".js", b"//"), ("staff/canbao-staff_bg-", ".wasm", &[0, 2, 1, b'x'])];
    for (begin, end, more) in changes {
        let meddle = |files: &mut Files| {
            let file = files.iter_mut().find(|(name, _)| name.starts_with(begin) && name.ends_with(end));
            file.expect("a file of the page").1.extend_from_slice(more);
        };
        app::run_changed(meddle, Engine::Chromium, Screen::Computer, async |app| {
            app.open("staff/").await?;
            let told = app.window.query(By::Id("told")).and_displayed().first().await?;
            tokio::time::sleep(Duration::from_secs(2)).await;
            ensure!(!told.text().await?.is_empty(), "{begin}");
            ensure!(app.script("return document.documentElement.dataset.ready || ''").await? == json!(""), "{begin}");
            ensure!(app.script("return document.getElementById('material').hidden").await? == json!(true), "{begin}");
            Ok(())
        })?;
    }
    Ok(())
}

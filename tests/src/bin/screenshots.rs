//! Pictures of every page as a phone and a computer show it, for the README and for looking at: `cargo x screenshots`.
//!
//! A phone in light, in dark and with large type, a computer in light; all of each page, not only what fits.

use anyhow::{Context, Result};
use canbao_e2e::app::{self, App};
use canbao_e2e::driver::{Engine, Screen};
use serde_json::{Value, json};
use thirtyfour::support::base64_decode;
use xtask::paths;

/// How a page is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Light,
    Dark,
    Large,
}

/// A page: its name, its address, and what is answered to get there. `skip` leaves a question open, `none` is in no
/// group, digits with dots are a date, anything else is an answer's value; `+button` taps that button.
const PAGES: [(&str, &str, &[&str]); 14] = [
    ("counties", "", &[]),
    ("question-choice", "141123/2026/?on=2026-02-10", &[]),
    ("question-date", "141123/2026/?on=2026-02-10", &["local", "none"]),
    ("question-date-problem", "141123/2026/?on=2026-02-10", &["local", "none", "+next"]),
    ("question-groups", "141123/2026/?on=2026-02-10", &["local", "none", "1980.5.20"]),
    ("result-pay", "141123/2026/?on=2026-02-10", &["local", "none", "1980.5.20", "+answer-none"]),
    ("result-pay-long-before", "141123/2026/?on=2025-11-10", &["local", "none", "1980.5.20", "+answer-none"]),
    ("result-open", "141123/2026/?on=2025-11-10", &["local", "none", "skip", "skip"]),
    ("result-early", "141123/2026/?on=2025-10-20", &["+see-result"]),
    ("result-elsewhere", "141123/2026/?on=2026-02-10", &["away"]),
    ("result-unstated", "140823/2024/?on=2024-05-10", &["+see-result"]),
    ("result-wait", "43xxxx/2026/?on=2026-03-10", &["local", "none", "1980.5.20", "+see-result"]),
    ("result-over", "141123/2026/?on=2027-02-10", &["+see-result"]),
    ("about", "141123/2026/?on=2026-02-10", &["+about"]),
];

fn main() -> Result<()> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    for (screen, looks) in
        [(Screen::Phone, &[Look::Light, Look::Dark, Look::Large][..]), (Screen::Computer, &[Look::Light])]
    {
        app::run(Engine::Chromium, screen, async |app| {
            for (name, address, answers) in PAGES {
                if wanted.is_empty() || wanted.iter().any(|wanted| name.contains(wanted.as_str())) {
                    go(app, address, answers).await.with_context(|| name.to_owned())?;
                    for &look in looks {
                        keep(app, &format!("{name}-{screen:?}-{look:?}").to_lowercase(), look).await?;
                    }
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Opens a page afresh and answers its questions.
async fn go(app: &App, address: &str, answers: &[&str]) -> Result<()> {
    app.open(address).await?;
    app.window.execute("localStorage.clear(); sessionStorage.clear()", vec![]).await?;
    app.window.execute("history.replaceState(null, '')", vec![]).await?;
    app.open(address).await?;
    app.find("heading").await?;
    for answer in answers {
        if let Some(button) = answer.strip_prefix('+') {
            if app.has(button).await? {
                app.click(button).await?;
            }
        } else if *answer == "skip" {
            app.click("unknown").await?;
        } else if let [year, month, day] = answer.split('.').collect::<Vec<_>>()[..] {
            for (id, value) in [("year", year), ("month", month), ("day", day)] {
                app.find(id).await?.send_keys(value).await?;
            }
            app.click("next").await?;
        } else {
            app.click(&format!("answer-{answer}")).await?;
        }
    }
    // The page after the last tap.
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    Ok(())
}

async fn keep(app: &App, name: &str, look: Look) -> Result<()> {
    let tools = app.window.cdp();
    let scheme = if look == Look::Dark { "dark" } else { "light" };
    let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
    tools.send_raw("Emulation.setEmulatedMedia", media).await?;
    let larger = json!(look == Look::Large);
    let turn = "document.documentElement.classList.toggle('larger', arguments[0])";
    app.window.execute(turn, vec![larger]).await?;
    let shot = json!({ "captureBeyondViewport": true, "format": "png" });
    let shot = tools.send_raw("Page.captureScreenshot", whole(app, shot).await?).await?;
    let picture = shot["data"].as_str().context("a picture")?;
    let folder = paths::root().join("target/screenshots");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join(format!("{name}.png")), base64_decode(picture)?)?;
    println!("target/screenshots/{name}.png");
    Ok(())
}

/// All of the page, at one pixel for each of its own.
async fn whole(app: &App, mut shot: Value) -> Result<Value> {
    let size = "return [document.documentElement.scrollWidth, document.documentElement.scrollHeight]";
    let size = app.window.execute(size, vec![]).await?;
    shot["clip"] = json!({ "x": 0, "y": 0, "width": size.json()[0], "height": size.json()[1], "scale": 1 });
    Ok(shot)
}

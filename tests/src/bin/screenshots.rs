//! Pictures of every page as a phone and a computer show it, for the README and for looking at: `cargo x screenshots`.
//!
//! A phone in light, in dark and with large type, a computer in light; all of each page, not only what fits.

use anyhow::{Context, Result};
use canbao_e2e::app::{self, App};
use canbao_e2e::driver::{Engine, Screen};
use canbao_e2e::tour::{Look, STOPS, go};
use serde_json::{Value, json};
use thirtyfour::support::base64_decode;
use xtask::paths;

fn main() -> Result<()> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    for (screen, looks) in [(Screen::Phone, &Look::ALL[..]), (Screen::Computer, &[Look::Light])] {
        app::run(Engine::Chromium, screen, async |app| {
            for stop in STOPS {
                let name = stop.name;
                if wanted.is_empty() || wanted.iter().any(|wanted| name.contains(wanted.as_str())) {
                    go(app, stop).await.with_context(|| name.to_owned())?;
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

async fn keep(app: &App, name: &str, look: Look) -> Result<()> {
    let tools = app.window.cdp();
    look.put_on(app).await?;
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

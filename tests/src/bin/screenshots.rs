//! Pictures of the app as a phone and a computer show it, for the README and for looking at: `cargo x screenshots`.

use anyhow::Result;
use canbao_e2e::app::{self, App};
use canbao_e2e::driver::{Engine, Screen};
use xtask::paths;

fn main() -> Result<()> {
    for (name, screen) in [("phone", Screen::Phone), ("computer", Screen::Computer)] {
        app::run(Engine::Chromium, screen, async |app| {
            app.open("").await?;
            app.find("heading").await?;
            keep(app, &format!("start-{name}")).await
        })?;
    }
    Ok(())
}

async fn keep(app: &App, name: &str) -> Result<()> {
    let folder = paths::root().join("target/screenshots");
    std::fs::create_dir_all(&folder)?;
    app.window.screenshot(&folder.join(format!("{name}.png"))).await?;
    println!("target/screenshots/{name}.png");
    Ok(())
}

//! The first page: choosing a place and a year.

use anyhow::{Context, Result, ensure};

use crate::app::App;

/// The first page.
pub struct Counties<'a> {
    app: &'a App,
    rest: String,
}

impl<'a> Counties<'a> {
    /// Opens it, with what follows the app's address: `""`, or `"?on=2026-03-10"`.
    pub async fn open(app: &'a App, rest: &str) -> Result<Self> {
        app.open(rest).await?;
        app.ready().await?;
        app.find("heading").await?;
        Ok(Self { app, rest: rest.to_owned() })
    }

    /// Follows the link to a notice by its id, and returns the heading of its page. The day asked for goes along, which
    /// a link does not take.
    pub async fn choose(&self, notice: &str) -> Result<String> {
        let link = self.app.find(&format!("county-{notice}")).await?;
        if self.rest.is_empty() {
            link.click().await?;
        } else {
            // The property, not the attribute: WebKit's driver resolves the latter where others leave it as written.
            let address = link.prop("href").await?.context("the county is no link")?;
            self.app.window.goto(format!("{address}{}", self.rest)).await?;
        }
        self.app.ready().await?;
        let heading = self.app.text("heading").await?;
        ensure!(!heading.is_empty(), "the page of the notice has no heading");
        Ok(heading)
    }
}

//! The first page: choosing a place and a year.

use anyhow::{Result, ensure};
use thirtyfour::prelude::*;

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

    /// Follows the link to a notice by its id, and returns the heading of its page. The day asked for goes along, as
    /// soon as the app's own list is there.
    pub async fn choose(&self, notice: &str) -> Result<String> {
        let link = format!("[data-testid=county-{notice}][href*='/{}']", self.rest);
        self.app.window.query(By::Css(link)).and_displayed().first().await?.click().await?;
        self.app.find("to-counties").await?;
        self.app.ready().await?;
        let address = self.app.window.current_url().await?;
        ensure!(address.as_str().ends_with(&self.rest), "the day is lost at {address}");
        let heading = self.app.text("heading").await?;
        ensure!(!heading.is_empty(), "the page of the notice has no heading");
        Ok(heading)
    }
}

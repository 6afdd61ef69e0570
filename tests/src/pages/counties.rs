//! The first page: choosing a place and a year.

use anyhow::{Result, ensure};

use crate::app::App;

/// The first page.
pub struct Counties<'a>(&'a App);

impl<'a> Counties<'a> {
    /// Opens it, with what follows the app's address: `""`, or `"?on=2026-03-10"`.
    pub async fn open(app: &'a App, rest: &str) -> Result<Self> {
        app.open(rest).await?;
        app.find("heading").await?;
        Ok(Self(app))
    }

    /// Chooses a notice by its id, and returns the heading of the page that comes next.
    pub async fn choose(&self, notice: &str) -> Result<String> {
        let before = self.0.text("heading").await?;
        self.0.click(&format!("county-{notice}")).await?;
        let after = self.0.changed_text("heading", &before).await?;
        ensure!(!after.is_empty(), "the page after the first has no heading");
        Ok(after)
    }
}

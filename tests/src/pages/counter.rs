//! The stub page that proves the pipeline: a button that counts its clicks.

use anyhow::Result;

use crate::app::App;

/// The stub page.
pub struct Counter<'a>(&'a App);

impl<'a> Counter<'a> {
    /// Opens it.
    pub async fn open(app: &'a App) -> Result<Self> {
        app.open("").await?;
        app.find("counter").await?;
        Ok(Self(app))
    }

    /// Clicks the button.
    pub async fn count(&self) -> Result<()> {
        self.0.click("counter").await
    }

    /// Waits until the button shows this number.
    pub async fn expect(&self, number: u32) -> Result<()> {
        self.0.expect_text("counter", &number.to_string()).await
    }
}

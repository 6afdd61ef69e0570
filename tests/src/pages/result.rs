//! The result.

use anyhow::Result;
use thirtyfour::prelude::*;

use crate::app::App;

/// The outcome to plan by, as it stands on the page.
pub struct ResultPage<'a>(&'a App);

impl<'a> ResultPage<'a> {
    /// Waits for it.
    pub async fn of(app: &'a App) -> Result<Self> {
        app.find("result-kind").await?;
        Ok(Self(app))
    }

    /// The amount in yuan.
    pub async fn amount(&self) -> Result<String> {
        self.0.text("result-amount").await
    }

    /// The last day, `YYYY-MM-DD`.
    pub async fn deadline(&self) -> Result<Option<String>> {
        Ok(self.0.find("result-deadline").await?.attr("datetime").await?)
    }

    /// The clauses behind it, all text.
    pub async fn why(&self) -> Result<String> {
        self.0.settled().await?;
        let why = self.0.find("why-result").await?;
        why.find(By::Tag("summary")).await?.click().await?;
        Ok(why.text().await?)
    }
}

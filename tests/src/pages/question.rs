//! A question: one at a time.

use anyhow::Result;

use crate::app::App;

/// The question shown now.
pub struct Question<'a>(&'a App);

impl<'a> Question<'a> {
    /// The question shown now.
    pub fn of(app: &'a App) -> Self {
        Self(app)
    }

    async fn and_wait(&self, click: &str) -> Result<()> {
        let before = self.0.text("heading").await?;
        self.0.click(click).await?;
        self.0.changed_text("heading", &before).await?;
        Ok(())
    }

    /// Takes an answer by its value.
    pub async fn answer(&self, value: &str) -> Result<()> {
        self.and_wait(&format!("answer-{value}")).await
    }

    /// Says that one does not know.
    pub async fn unknown(&self) -> Result<()> {
        self.and_wait("unknown").await
    }

    /// Types a date and goes on.
    pub async fn date(&self, year: &str, month: &str, day: &str) -> Result<()> {
        for (id, value) in [("year", year), ("month", month), ("day", day)] {
            self.0.fill(id, value).await?;
        }
        self.and_wait("next").await
    }

    /// Says that one is in none of the groups, and goes on.
    pub async fn in_no_group(&self) -> Result<()> {
        self.0.click("answer-none").await?;
        if self.0.has("answer-none").await? {
            self.0.click("next").await?;
        }
        Ok(())
    }
}

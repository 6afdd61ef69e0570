//! Every page of the app, how one gets there, and how it can be looked at: for tests that hold on all pages, and for
//! pictures.

use anyhow::Result;
use serde_json::json;

use crate::app::App;

/// How a page is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// As it is by day.
    Light,
    /// On a device set to dark.
    Dark,
    /// With the app's large type.
    Large,
}

impl Look {
    /// Every one of them.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Large];

    /// Has the page looked at like this. Chromium only.
    ///
    /// # Errors
    /// When the browser does not do it.
    pub async fn put_on(self, app: &App) -> Result<()> {
        let scheme = if self == Self::Dark { "dark" } else { "light" };
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        app.window.cdp().send_raw("Emulation.setEmulatedMedia", media).await?;
        let turn = "document.documentElement.classList.toggle('larger', arguments[0])";
        app.window.execute(turn, vec![json!(self == Self::Large)]).await?;
        Ok(())
    }
}

/// A page, and the way there.
#[derive(Clone, Copy, Debug)]
pub struct Stop {
    /// Its name.
    pub name: &'static str,
    /// Its address.
    pub address: &'static str,
    /// What is answered to get there: `skip` leaves a question open, digits with dots are a date, `+button` taps that
    /// button, anything else is an answer's value; `none` is in no group too.
    pub answers: &'static [&'static str],
    /// What is on this page and on none before it.
    pub shows: &'static str,
}

const fn stop(
    name: &'static str,
    address: &'static str,
    answers: &'static [&'static str],
    shows: &'static str,
) -> Stop {
    Stop { name, address, answers, shows }
}

/// The pages.
pub const STOPS: [Stop; 21] = [
    stop("counties", "", &[], "search"),
    stop("question-choice", "141123/2026/?on=2026-02-10", &[], "answer-local"),
    stop("question-date", "141123/2026/?on=2026-02-10", &["local", "none"], "year"),
    stop("question-date-problem", "141123/2026/?on=2026-02-10", &["local", "none", "+next"], "problem"),
    stop("question-groups", "141123/2026/?on=2026-02-10", &["local", "none", "1980.5.20"], "group-dibao"),
    stop(
        "question-number",
        "43xxxx/2026/?on=2026-06-10",
        &["local", "none", "1980.5.20", "employee", "2026.5.20"],
        "answer-12",
    ),
    stop(
        "question-number-typed",
        "140621/2025/?on=2025-06-10",
        &["local", "none", "1980.5.20", "none", "none", "none"],
        "number",
    ),
    stop("result-pay", "141123/2026/?on=2026-02-10", &["local", "none", "1980.5.20", "none"], "result-amount"),
    stop(
        "result-pay-long-before",
        "141123/2026/?on=2025-11-10",
        &["local", "none", "1980.5.20", "none"],
        "result-periods",
    ),
    stop("result-open", "141123/2026/?on=2025-11-10", &["local", "none", "skip", "skip"], "several"),
    stop("result-early", "141123/2026/?on=2025-10-20", &["+see-result"], "several"),
    stop("result-elsewhere", "141123/2026/?on=2026-02-10", &["away"], "result-kind"),
    stop("result-unstated", "140823/2024/?on=2024-05-10", &["+see-result"], "result-kind"),
    stop("result-wait", "43xxxx/2026/?on=2026-03-10", &["local", "none", "1980.5.20", "+see-result"], "result-kind"),
    stop("result-over", "141123/2026/?on=2027-02-10", &[], "over"),
    stop("result-clock-wrong", "141123/2026/?on=1999-02-10", &["+see-result"], "early"),
    stop(
        "result-conflict",
        "141123/2026/?on=2026-06-10",
        &["local", "none", "1980.5.20", "employee", "+see-result", "+change-birth_date", "2026.3.1"],
        "conflict",
    ),
    stop("family-one", "141123/2026/?on=2026-02-10", &["+family"], "person-1"),
    stop(
        "family-two",
        "141123/2026/?on=2026-02-10",
        &["local", "none", "1980.5.20", "none", "+family", "+add", "+family"],
        "person-2",
    ),
    stop("about", "141123/2026/?on=2026-02-10", &["+about"], "sources"),
    stop("no-such-page", "999999/2030/", &[], "search"),
];

/// Opens a page afresh and answers its questions.
///
/// # Errors
/// When a step of the way cannot be taken.
pub async fn go(app: &App, Stop { address, answers, shows, .. }: Stop) -> Result<()> {
    app.open(address).await?;
    app.window.execute("localStorage.clear(); sessionStorage.clear()", vec![]).await?;
    app.window.execute("history.replaceState(null, '')", vec![]).await?;
    app.open(address).await?;
    app.ready().await?;
    app.find("heading").await?;
    for answer in answers {
        if let Some(button) = answer.strip_prefix('+') {
            app.click(button).await?;
        } else if *answer == "skip" {
            app.click("unknown").await?;
        } else if let [year, month, day] = answer.split('.').collect::<Vec<_>>()[..] {
            for (id, value) in [("year", year), ("month", month), ("day", day)] {
                app.fill(id, value).await?;
            }
            app.click("next").await?;
        } else {
            app.click(&format!("answer-{answer}")).await?;
        }
    }
    app.find(shows).await?;
    // Until the second tap of a double tap would count: then all of the page is there.
    app.settled().await
}

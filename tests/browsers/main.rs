//! What must work in every browser.

use anyhow::Result;
use canbao_e2e::chromium86::{self, Step};
use canbao_e2e::in_each_browser;
use canbao_e2e::pages::counter::Counter;

in_each_browser!(the_counter_counts, async |app| {
    let page = Counter::open(app).await?;
    page.count().await?;
    page.count().await?;
    page.expect(2).await
});

in_each_browser!(the_words_shown_while_waiting_go_away, async |app| {
    Counter::open(app).await?;
    assert!(
        app.window
            .find_all(thirtyfour::By::Id("waiting"))
            .await?
            .is_empty()
    );
    Ok(())
});

in_each_browser!(the_javascript_api_loads, async |app| {
    app.open("").await?;
    let kind = app
        .module(
            "sdk/index.js",
            "await module.ready(); return typeof module.evaluate;",
        )
        .await?;
    assert_eq!(kind, "function");
    Ok(())
});

#[test]
fn the_counter_counts_in_chromium_86() -> Result<()> {
    let texts = chromium86::run("", &[Step::Click("counter"), Step::Text("counter")])?;
    assert_eq!(texts, ["1"]);
    Ok(())
}

//! Golden cases through the pages: what a person reads after answering is what the engine says.
//!
//! `golden.rs` holds that the engine is the same in a browser. Between it and a person's eyes lie the questions, their
//! forms and the page of the result, where a swapped answer or a wrong field would show a wrong amount with nobody
//! complaining. So cases of every notice are answered question by question, as they are asked, and the page of the
//! result is read back.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use canbao_e2e::app::{self, App};
use canbao_e2e::driver::{Engine, Screen};
use serde_json::{Value, json};

use crate::golden::{natively, requests};

/// So many cases of a notice at the most, spread evenly over those there are.
const OF_EACH: usize = 30;

/// Answers every question on screen from the case until a result is there, and reads that. What the case does not know
/// is left open. Taps come from inside the page and count no pointer, as those of a screen reader: so no time is lost
/// to the protection from double taps. What is not shown is not tapped.
const ANSWER: &str = r#"
    const [answers, done] = arguments;
    const find = (id) => document.querySelector(`[data-testid="${id}"]`);
    const seen = (id) => {
        const element = find(id);
        if (!element || !element.getClientRects().length) throw new Error(`${id} is not shown`);
        return element;
    };
    const tap = (id) => seen(id).dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    const type = (id, value) => { seen(id).value = value; };
    const answer = (value) => {
        if (value === undefined) return tap("unknown");
        if (find("year")) {
            ["year", "month", "day"].forEach((id, at) => type(id, value.split("-")[at]));
            return tap("next");
        }
        if (find("number")) {
            type("number", String(value));
            return tap("next");
        }
        if (!Array.isArray(value)) return tap(`answer-${value}`);
        if (!value.length) return tap("answer-none");
        const others = find("other-groups");
        if (others) others.open = true;
        value.forEach((group) => tap(`group-${group}`));
        return tap("next");
    };
    const question = () => document.querySelector("[data-question]")?.dataset.question;
    const result = () => document.querySelector(".result [data-kind]");
    const until = async (there) => {
        for (const start = performance.now(); !there(); ) {
            if (performance.now() - start > 10000) throw new Error(`stays at: ${document.body.innerText}`);
            await new Promise((wake) => setTimeout(wake, 5));
        }
    };
    const all = async () => {
        await until(() => document.documentElement.dataset.ready === "app");
        const asked = [];
        for (let key; (key = question()); ) {
            asked.push(key);
            answer(answers[key]);
            // The rest of a long page comes with the frames after the first.
            const whole = () => !document.documentElement.dataset.waits;
            await until(() => question() !== key && (question() || result()) && whole());
        }
        await until(result);
        const deadline = find("result-deadline");
        return {
            asked,
            kind: result().dataset.kind,
            amount: find("result-amount")?.innerText ?? null,
            deadline: deadline ? deadline.getAttribute("datetime") : null,
        };
    };
    all().then(done, (error) => done({ error: String(error) }));
"#;

/// Cases in which nothing is left open, by notice: each request with what its page has to show.
fn cases() -> Result<BTreeMap<String, Vec<(Value, Value)>>> {
    let mut of_notices: BTreeMap<String, Vec<(Value, Value)>> = BTreeMap::new();
    for request in requests()? {
        let response = natively(&request)?;
        if response["settled"] == true {
            let id = request["notice"].as_str().context("a notice id")?.to_owned();
            of_notices.entry(id).or_default().push((request, shown(&response)));
        }
    }
    for cases in of_notices.values_mut() {
        let every = cases.len().div_ceil(OF_EACH);
        *cases = std::mem::take(cases).into_iter().step_by(every).collect();
    }
    Ok(of_notices)
}

/// What the page of a response with one outcome has to show.
fn shown(response: &Value) -> Value {
    if response["over"] == true {
        return json!({ "kind": "over", "amount": null, "deadline": null });
    }
    let outcome = &response["outcomes"][0];
    let amount = if outcome["kind"] == "pay" { &outcome["fee"]["payable"] } else { &Value::Null };
    let deadline = &outcome["deadline"];
    let day = if deadline["safe"].is_null() { &deadline["latest"] } else { &deadline["safe"] };
    json!({ "kind": outcome["kind"], "amount": amount, "deadline": day })
}

/// The page's result for a request, and the questions it asked.
async fn answered(app: &App, request: &Value) -> Result<(Value, Vec<String>)> {
    let text = |key: &str| request[key].as_str().with_context(|| format!("the request has no {key}"));
    let (code, year) = text("notice")?.rsplit_once('-').context("an id of code and year")?;
    // Nothing of the case before: neither its answers nor, where the address is the same, its place in the history.
    app.window.execute("localStorage.clear(); history.replaceState(null, '')", vec![]).await?;
    app.open(&format!("{code}/{year}/?on={}", text("on")?)).await?;
    let read = app.window.execute_async(ANSWER, vec![request["answers"].clone()]).await?;
    let mut read = read.json().clone();
    ensure!(read.get("error").is_none(), "{}", read["error"]);
    let asked = serde_json::from_value(read["asked"].take())?;
    read.as_object_mut().context("what was read")?.remove("asked");
    Ok((read, asked))
}

#[test]
fn the_pages_show_what_the_engine_says_in_golden_cases() -> Result<()> {
    app::run(Engine::Chromium, Screen::Phone, async |app| {
        app.open("").await?;
        let cases = cases()?;
        assert_eq!(cases.len(), canbao_baked::index().len(), "every notice has cases");
        let (mut count, mut questions) = (0, BTreeMap::<String, usize>::new());
        for (request, expected) in cases.values().flatten() {
            let (shown, asked) = answered(app, request).await.with_context(|| request.to_string())?;
            ensure!(shown == *expected, "{request}, asked {asked:?}: {shown} instead of {expected}");
            count += 1;
            for key in asked {
                *questions.entry(key).or_default() += 1;
            }
        }
        ensure!(count >= 60, "only {count} cases");
        // A day, groups, a choice, a number, yes or no: each form was filled in.
        for key in ["birth_date", "groups", "residence", "employee_months", "employee_gap"] {
            ensure!(questions.contains_key(key), "no case was asked {key}: {questions:?}");
        }
        Ok(())
    })
}

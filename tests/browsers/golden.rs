//! The golden cases in a browser: the wasm of the JavaScript API answers each of them as the native engine does. That the
//! native engine answers them right is the business of `canbao cases`.

use anyhow::{Context, Result};
use canbao_e2e::in_each_browser;
use canbao_engine::answers::LooseRequest;
use canbao_engine::evaluate::evaluate_request;
use serde_json::{Value, json};
use std::fs;
use xtask::paths;

/// Every request of the golden cases beside the notices.
pub fn requests() -> Result<Vec<Value>> {
    let mut requests = Vec::new();
    for place in fs::read_dir(paths::root().join("policies"))? {
        for file in fs::read_dir(place?.path())? {
            let file = file?.path();
            if !file.to_string_lossy().ends_with(".cases.toml") {
                continue;
            }
            let cases: Value =
                toml::from_str(&fs::read_to_string(&file)?).with_context(|| file.display().to_string())?;
            for case in cases["case"].as_array().into_iter().flatten() {
                let answers = case.get("answers").cloned().unwrap_or_else(|| json!({}));
                requests.push(json!({ "notice": cases["notice"], "on": case["on"], "answers": answers }));
            }
        }
    }
    Ok(requests)
}

/// The native engine's answer to a request.
pub fn natively(request: &Value) -> Result<Value> {
    let loose: LooseRequest = serde_json::from_value(request.clone())?;
    let id = request["notice"].as_str().context("a notice id")?;
    let program = canbao_baked::program(id).map_err(|error| anyhow::anyhow!("{id}: {error}"))?;
    Ok(match evaluate_request(&program, &loose) {
        Ok(response) => serde_json::to_value(response)?,
        Err(error) => json!({ "error": error.answers }),
    })
}

in_each_browser!(the_javascript_api_answers_the_golden_cases_as_the_native_engine_does, async |app| {
    app.open("").await?;
    let requests = requests()?;
    assert!(requests.len() > 600, "only {} cases were found", requests.len());
    let body = format!(
        "await module.ready(); return {}.map(request => {{ try {{ return module.evaluate(request); }} \
         catch (error) {{ return {{ error: error.answers }}; }} }});",
        serde_json::to_string(&requests)?
    );
    let answered = app.module("sdk/index.js", &body).await?;
    let answered = answered.as_array().context("a list of responses")?;
    assert_eq!(answered.len(), requests.len());
    for (request, response) in requests.iter().zip(answered) {
        assert_eq!(*response, natively(request)?, "{request}");
    }
    Ok(())
});

//! Who may know whom, and what the engine and the browser get to see.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use xtask::command;

fn cargo(line: &str) -> String {
    command::output(command::cargo().args(line.split(' '))).expect("cargo answers")
}

/// The workspace's packages, each with the packages it is built from: names only, without those for tests.
fn packages() -> BTreeMap<String, BTreeSet<String>> {
    let metadata: Value =
        serde_json::from_str(&cargo("metadata --no-deps --locked --format-version 1")).expect("metadata in JSON");
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let name = |value: &Value| value["name"].as_str().unwrap_or_default().to_owned();
    let needs = |package: &Value| {
        list(&package["dependencies"]).iter().filter(|needed| needed["kind"] != "dev").map(name).collect()
    };
    list(&metadata["packages"]).iter().map(|package| (name(package), needs(package))).collect()
}

/// Everything that a package is compiled with, a line for each package or feature.
fn tree(package: &str, rest: &str) -> Vec<String> {
    let text = cargo(&format!("tree --locked --package {package} --edges normal,no-proc-macro{rest} --prefix none"));
    let lines: BTreeSet<String> = text.lines().map(str::to_owned).collect();
    lines.into_iter().collect()
}

#[test]
fn every_room_knows_only_those_below() {
    let packages = packages();
    let ours = |needs: &BTreeSet<String>| {
        needs.iter().filter(|name| packages.contains_key(*name)).cloned().collect::<Vec<_>>().join(" ")
    };
    let found: BTreeMap<&str, String> = packages.iter().map(|(name, needs)| (name.as_str(), ours(needs))).collect();
    let allowed = [
        ("canbao-policy", ""),
        ("canbao-engine", "canbao-policy"),
        ("canbao-baked", "canbao-engine canbao-policy"),
        ("canbao-app", "canbao-baked canbao-engine canbao-material canbao-policy"),
        ("canbao-cli", "canbao-baked canbao-engine canbao-material canbao-policy"),
        ("canbao-fuzz", "canbao-baked canbao-engine canbao-policy"),
        ("canbao-js", "canbao-baked canbao-engine canbao-policy"),
        ("canbao-material", "canbao-engine canbao-policy"),
        ("canbao-staff", "canbao-app canbao-baked canbao-material"),
        ("canbao-e2e", "xtask"),
        ("xtask", "canbao-app canbao-baked"),
    ];
    assert_eq!(found, allowed.map(|(name, needs)| (name, needs.to_owned())).into());
}

#[test]
fn the_engine_stands_on_numbers_dates_and_nothing_else() {
    let mut names: Vec<String> = tree("canbao-engine", " --target all")
        .iter()
        .filter_map(|line| line.split(' ').next().map(str::to_owned))
        .collect();
    names.dedup();
    assert_eq!(
        names,
        ["arrayvec", "canbao-engine", "canbao-policy", "chrono", "num-traits", "rust_decimal", "serde", "serde_core"]
    );
    for feature in tree("canbao-engine", ",features --target all") {
        for clock in ["chrono feature \"now\"", "chrono feature \"clock\"", "chrono feature \"wasmbind\""] {
            assert!(!feature.starts_with(clock), "{feature}");
        }
    }
}

/// Leptos itself brings a TOML reader for its own settings, which the linker leaves out; ours hangs on `author`.
#[test]
fn the_reader_of_notices_is_not_in_the_browser() {
    for package in ["canbao-app", "canbao-js"] {
        let lines = tree(package, ",features --target wasm32-unknown-unknown");
        let has = |start: &str| lines.iter().any(|line| line.starts_with(start));
        assert!(has("canbao-policy v"), "the tree of {package} has another form than expected");
        assert!(!has("canbao-policy feature \"author\""), "{package} is built with the reader");
        assert!(!has("canbao-engine feature \"schema\""), "{package} is built with schemas");
        assert!(!has("canbao-cli"), "{package} is built with the command line");
    }
    let sdk = tree("canbao-js", " --target wasm32-unknown-unknown");
    assert!(!sdk.iter().any(|line| line.starts_with("toml ") || line.starts_with("serde_json ")), "{sdk:?}");
}

/// Without decimals there is no arithmetic with money; the others are weighed in docs/adr.
#[test]
fn the_app_has_nothing_to_calculate_or_route_with() {
    let app = &packages()["canbao-app"];
    for without in ["rust_decimal", "serde_json", "toml", "leptos_router"] {
        assert!(!app.contains(without), "the app depends on {without}");
    }
}

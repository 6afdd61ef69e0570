//! What the source text may not say.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use xtask::{bundle, paths};

/// A line of code: not a comment, and not of a file's tests.
pub struct Line {
    pub file: String,
    pub number: usize,
    pub text: String,
}

impl Line {
    pub fn place(&self) -> String {
        format!("{}:{}: {}", self.file, self.number, self.text.trim())
    }
}

/// The lines of all Rust files below these folders of the workspace.
pub fn code(folders: &[&str]) -> Vec<Line> {
    let mut lines = Vec::new();
    for folder in folders {
        for path in rust_files(&paths::root().join(folder)) {
            let text = std::fs::read_to_string(&path).expect("a source file reads");
            let file = path.strip_prefix(paths::root()).unwrap_or(&path).display().to_string();
            let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
            let numbered = code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
            lines.extend(numbered.map(|(at, line)| Line { file: file.clone(), number: at + 1, text: line.to_owned() }));
        }
    }
    assert!(!lines.is_empty(), "{folders:?} hold no code: has a folder moved?");
    lines
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a source folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The texts of the notices below a folder of the workspace, each with its file. Labels of clauses are none.
pub fn notice_texts(folder: &str) -> Vec<(String, String)> {
    let files = bundle::read(&paths::root().join(folder)).expect("a folder of notices");
    let mut texts = Vec::new();
    for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".toml") && !name.ends_with(".cases.toml")) {
        let text = std::str::from_utf8(text).expect("a text");
        let notice = toml::Value::Table(toml::from_str(text).expect("a notice"));
        let clauses = notice["clause"].as_array().into_iter().flatten();
        let labels: BTreeSet<&str> = clauses.filter_map(|clause| clause["label"].as_str()).collect();
        let mut all = Vec::new();
        gather(&notice, &mut all);
        let texts_of = all.into_iter().filter(|text| !labels.contains(text));
        texts.extend(texts_of.map(|text| (format!("{folder}/{name}"), text.to_owned())));
    }
    assert!(!texts.is_empty(), "{folder} holds no notice: has it moved?");
    texts
}

fn gather<'n>(value: &'n toml::Value, texts: &mut Vec<&'n str>) {
    match value {
        toml::Value::String(text) => texts.push(text),
        toml::Value::Array(items) => items.iter().for_each(|item| gather(item, texts)),
        toml::Value::Table(fields) => fields.iter().for_each(|(_, field)| gather(field, texts)),
        _ => {}
    }
}

/// The lines that say one of these words and are no exception.
fn saying(lines: &[Line], words: &[&str], but: &dyn Fn(&Line) -> bool) -> Vec<String> {
    let said = lines.iter().filter(|line| words.iter().any(|word| line.text.contains(word)));
    said.filter(|line| !but(line)).map(Line::place).collect()
}

fn none(found: &[String]) {
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_engine_and_the_model_touch_nothing_outside() {
    let lines = code(&["crates/engine/src", "crates/policy/src"]);
    let outside = [
        "std::fs",
        "std::io",
        "std::env",
        "std::net",
        "std::process",
        "std::thread",
        "std::time",
        "Utc::now",
        "Local::now",
        "Instant",
        "SystemTime",
        "println!",
        "eprintln!",
        "dbg!",
        "RandomState",
        "extern \"",
    ];
    none(&saying(&lines, &outside, &|_| false));
    // JavaScript has only floats: a whole one is taken as a number where a request comes in, and nowhere else.
    let at_the_door = |line: &Line| line.text.contains("fn visit_f64") || line.text.contains("whole as f64");
    none(&saying(&lines, &["f32", "f64"], &at_the_door));
}

/// A poster's day and address are given, its lengths are whole, and it is the same text wherever it is made.
#[test]
fn material_is_pure() {
    let lines = code(&["crates/material/src"]);
    let outside = ["std::fs", "std::io", "std::env", "std::net", "std::time", "println!", "SystemTime", "f32", "f64"];
    none(&saying(&lines, &outside, &|_| false));
}

#[test]
fn only_one_room_of_the_app_touches_the_browser() {
    let lines = code(&["src"]);
    let browser = ["web_sys", "js_sys", "wasm_bindgen", "gloo", "leptos"];
    none(&saying(&lines, &browser, &|line| line.file.starts_with("src/browser/")));
}

/// One does 交, and what it is called is 缴费: two words for one thing read like two things. A notice's data may use the
/// notice's names for it as well.
#[test]
fn paying_has_one_word() {
    let differs = |text: &str, names: &[&str]| {
        let rest = names.iter().fold(text.to_owned(), |rest, name| rest.replace(name, ""));
        rest.contains('缴') || rest.contains("交费")
    };
    let lines = code(&["src/text", "crates/material/src/text"]);
    let lines = lines.iter().filter(|line| differs(&line.text, &["缴费"])).map(Line::place);
    let names = ["缴费", "缴纳", "征缴", "补缴", "代缴", "免缴"];
    // What `canbao new` writes becomes one.
    let skeleton = include_str!("../../crates/cli/src/skeleton/notice.toml").lines();
    let skeleton = skeleton.map(|line| ("the skeleton".to_owned(), line.to_owned()));
    let texts = notice_texts("policies").into_iter().chain(skeleton).filter(|(_, text)| differs(text, &names));
    none(&lines.chain(texts.map(|(file, text)| format!("{file}: {text}"))).collect::<Vec<_>>());
}

/// The page's policy forbids other hosts; this says that it does not talk to its own host either.
#[test]
fn no_answer_leaves_the_device_or_enters_the_address() {
    let lines = code(&["src"]);
    let network = [
        "fetch",
        "XmlHttpRequest",
        "WebSocket",
        "EventSource",
        "send_beacon",
        "RtcPeer",
        "FormData",
        "submit()",
        "set_cookie",
        "post_message",
    ];
    none(&saying(&lines, &network, &|_| false));
    let address = ["set_href", "set_search", "set_hash", ".assign(", "set_location", "open_with_url"];
    none(&saying(&lines, &address, &|_| false));
    // History entries keep the address as it is: their last argument is the new one.
    none(&saying(&lines, &["_state_with_url"], &|line| line.text.contains(", \"\", None)")));
}

/// So that what people read can be reviewed as one text.
#[test]
fn only_the_room_of_texts_speaks_chinese() {
    let lines = code(&["src", "crates/material/src"]);
    let is_chinese = |line: &&Line| line.text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let elsewhere = lines.iter().filter(is_chinese).filter(|line| !line.file.contains("src/text/"));
    none(&elsewhere.map(Line::place).collect::<Vec<_>>());
}

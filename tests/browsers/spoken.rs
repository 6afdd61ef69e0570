//! What a screen reader is told: the accessibility tree of each page on the main path, as Chromium builds it.
//!
//! `spoken.txt` beside this file has what a listener must hear, a line for each thing in the order in which it comes: its
//! role, how it stands, its name, and after a dash what describes it. Text without a role of its own is a line of text.
//! How a certain screen reader words this is its own affair. After a change of the pages, run the test with
//! `UPDATE_EXPECT=1` and read the difference aloud.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use canbao_e2e::app::{self, App};
use canbao_e2e::driver::{Engine, Screen};
use canbao_e2e::pages::question::Question;
use canbao_e2e::pages::result::ResultPage;
use serde_json::{Value, json};

/// Roles that only hold others together.
const SILENT: [&str; 5] = ["RootWebArea", "generic", "none", "LabelText", "Legend"];

/// Roles whose name is all that is to be heard of them here.
const WHOLE: [&str; 8] =
    ["DisclosureTriangle", "button", "checkbox", "heading", "link", "searchbox", "table", "textbox"];

/// Roles that hold things of which each is heard for itself.
const HOLDING: [&str; 3] = ["DescriptionList", "group", "list"];

/// How something stands that a listener is told with its name.
const STATES: [&str; 6] = ["focused", "checked", "pressed", "expanded", "invalid", "disabled"];

/// The tree of one page.
struct Tree(BTreeMap<String, Value>);

impl Tree {
    async fn of(app: &App) -> Result<(Self, String)> {
        let tree = app.window.cdp().send_raw("Accessibility.getFullAXTree", json!({})).await?;
        let nodes = tree["nodes"].as_array().context("a tree")?;
        let id = |node: &Value| node["nodeId"].as_str().unwrap_or_default().to_owned();
        let root = nodes.first().map(id).context("a root")?;
        Ok((Self(nodes.iter().map(|node| (id(node), node.clone())).collect()), root))
    }

    fn children(&self, node: &Value) -> Vec<&Value> {
        let ids = node["childIds"].as_array().into_iter().flatten();
        ids.filter_map(|id| self.0.get(id.as_str()?)).collect()
    }

    /// The text in a node, or nothing if something else than text is in it.
    fn text(&self, node: &Value) -> Option<String> {
        match role(node) {
            "StaticText" => Some(said(node, "name").to_owned()),
            role if WHOLE.contains(&role) || HOLDING.contains(&role) => None,
            _ => self.children(node).into_iter().map(|child| self.text(child)).collect(),
        }
    }

    /// What is heard of a node and of what is in it.
    fn hear(&self, node: &Value, depth: usize, out: &mut Vec<String>) {
        let (role, name) = (role(node), said(node, "name"));
        let is_silent = node["ignored"] == json!(true) || SILENT.contains(&role) || role == "group" && name.is_empty();
        let text = if is_silent { None } else { self.text(node) };
        if !is_silent {
            let states = node["properties"].as_array().into_iter().flatten().filter(|property| {
                let is_so = property["value"]["value"] == json!(true) || property["value"]["value"] == json!("true");
                is_so && property["name"].as_str().is_some_and(|name| STATES.contains(&name))
            });
            let mut words = vec![if role == "StaticText" { "" } else { role }];
            words.extend(states.filter_map(|state| state["name"].as_str()));
            words.push(if name.is_empty() { text.as_deref().unwrap_or_default() } else { name });
            words
                .extend(["—", said(node, "description")].into_iter().filter(|_| !said(node, "description").is_empty()));
            words.retain(|word| !word.is_empty());
            out.push(format!("{}{}", "  ".repeat(depth), words.join(" ")));
        }
        if text.is_none() && !WHOLE.contains(&role) {
            // The words of a label are heard as the name of its field.
            let heard = |child: &&Value| role != "LabelText" || self.text(child).is_none();
            for child in self.children(node).into_iter().filter(heard) {
                self.hear(child, depth + usize::from(!is_silent), out);
            }
        }
    }
}

fn said<'n>(node: &'n Value, what: &str) -> &'n str {
    node[what]["value"].as_str().unwrap_or_default()
}

fn role(node: &Value) -> &str {
    said(node, "role")
}

/// What is heard of the page that is shown.
async fn page(app: &App) -> Result<Vec<String>> {
    app.settled().await?;
    let (tree, root) = Tree::of(app).await?;
    let mut heard = Vec::new();
    tree.hear(&tree.0[&root], 0, &mut heard);
    Ok(heard)
}

/// The same without what stands around each page.
async fn main_part(app: &App) -> Result<Vec<String>> {
    let page = page(app).await?;
    let inside = page.into_iter().skip_while(|line| line != "main").skip(1);
    Ok(inside.take_while(|line| line.starts_with(' ')).collect())
}

/// Those lines of the page that say this.
async fn only(app: &App, word: &str) -> Result<Vec<String>> {
    Ok(page(app).await?.into_iter().filter(|line| line.split(' ').any(|part| part == word)).collect())
}

#[test]
fn a_listener_hears_everything_on_the_way_to_the_result() -> Result<()> {
    let mut heard = Vec::new();
    app::run(Engine::Chromium, Screen::Phone, async |app| {
        app.open("141123/2026/?on=2026-02-10").await?;
        app.ready().await?;
        let question = Question::of(app);
        heard.push(("the first question, and what stands around each", page(app).await?));
        question.answer("local").await?;
        heard.push(("the second question", main_part(app).await?));
        question.answer("none").await?;
        heard.push(("a day", main_part(app).await?));
        app.click("next").await?;
        app.find("problem").await?;
        heard.push(("a day that is missing", main_part(app).await?));
        question.date("1958", "3", "2").await?;
        heard.push(("several may be chosen", main_part(app).await?));
        app.click("group-dibao").await?;
        heard.push(("one of them is", only(app, "focused").await?));
        app.click("next").await?;
        ResultPage::of(app).await?;
        heard.push(("the result", page(app).await?));
        app.click("copy").await?;
        app.find("done").await?;
        heard.push(("after copying it", only(app, "status").await?));
        Ok(())
    })?;
    let heard: Vec<String> =
        heard.into_iter().map(|(what, lines)| format!("── {what}\n{}\n", lines.join("\n"))).collect();
    let heard = heard.join("\n");

    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("browsers/spoken.txt");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&file, &heard)?;
    }
    let expected = std::fs::read_to_string(file)?;
    let differs = expected.lines().zip(heard.lines()).find(|(expected, heard)| expected != heard);
    ensure!(expected == heard, "a listener hears something else, at first (expected, heard) {differs:#?}\n{heard}");
    Ok(())
}

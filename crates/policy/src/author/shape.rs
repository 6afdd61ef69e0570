//! Is the document shaped as the model says?
//!
//! One generic walk of a TOML document along the JSON Schema of the model. It finds every unknown key, unknown value,
//! wrong type, missing key and unreadable date or amount at once, where a deserializer stops at the first, and leaves
//! behind a [`Doc`]: every value with its place and the model type that it stands for. All further checks look things up
//! there, so none of them walks the document a second time, and a mistake in one table hides nothing in the next.

use super::near;
use super::schema::{definition, resolve, root};
use super::text::{self, Say};
use crate::model::{DateExpr, Span, Yuan};
use chrono::NaiveDate;
use serde::de::{DeserializeOwned, IntoDeserializer};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value of the document.
#[derive(Debug)]
pub(crate) struct Node<'d> {
    /// The model type it stands for; empty for plain texts, numbers and lists.
    pub(crate) kind: &'static str,
    /// The model type whose key it is under.
    pub(crate) owner: &'static str,
    /// That key.
    pub(crate) field: &'static str,
    /// Its own key, where keys are the author's (`reading`, `choice`, `number` in conditions).
    pub(crate) key: Option<&'d str>,
    /// Where that key, or else the value, is.
    pub(crate) head: Range<usize>,
    /// The value around it.
    pub(crate) parent: Option<usize>,
    /// The values directly in it.
    pub(crate) inside: Vec<usize>,
    pub(crate) value: &'d Spanned<DeValue<'d>>,
    /// Nothing in it is wrong.
    sound: bool,
}

/// The document's values, a value before what is in it.
#[derive(Debug, Default)]
pub(crate) struct Doc<'d> {
    pub(crate) nodes: Vec<Node<'d>>,
    pub(crate) mistakes: Vec<(Range<usize>, Say)>,
    /// Tables that lack keys, apart from the rest: after a mistake in the TOML itself they may be false alarms.
    pub(crate) missing: Vec<(Range<usize>, Say)>,
}

/// Where a value hangs.
#[derive(Clone)]
struct Hook<'d> {
    owner: &'static str,
    field: &'static str,
    key: Option<&'d str>,
    head: Range<usize>,
    parent: Option<usize>,
}

impl<'d> Doc<'d> {
    /// Walks the whole document.
    pub(crate) fn of(document: &'d Spanned<DeTable<'d>>) -> Self {
        let mut doc = Self::default();
        let whole = Hook { owner: "", field: "", key: None, head: 0..0, parent: None };
        doc.table(document.get_ref(), &whole, root(), "Notice", None);
        doc
    }

    /// Every value that stands for this model type.
    pub(crate) fn of_kind(&self, kind: &str) -> impl Iterator<Item = usize> {
        let kind = kind.to_owned();
        self.nodes.iter().enumerate().filter(move |(_, node)| node.kind == kind).map(|(at, _)| at)
    }

    /// The value as the model's type, unless something in it is wrong.
    pub(crate) fn get<T: DeserializeOwned>(&self, at: usize) -> Option<T> {
        let node = self.nodes.get(at)?;
        if !node.sound {
            return None;
        }
        T::deserialize(node.value.clone().into_deserializer()).ok()
    }

    /// Everything of this model type, with where it is; what is wrong in itself is left out.
    pub(crate) fn all<T: DeserializeOwned>(&self, kind: &str) -> Vec<(usize, T)> {
        self.of_kind(kind).filter_map(|at| Some((at, self.get(at)?))).collect()
    }

    /// The values directly under `field` of this one.
    pub(crate) fn under<'a>(&'a self, at: usize, field: &'a str) -> impl Iterator<Item = usize> + 'a {
        let inside = self.nodes.get(at).into_iter().flat_map(|node| node.inside.iter().copied());
        inside.filter(move |&under| self.nodes.get(under).is_some_and(|node| node.field == field))
    }

    /// The text under `field` of this value.
    pub(crate) fn text(&self, at: usize, field: &str) -> Option<(usize, &'d str)> {
        let under = self.under(at, field).next()?;
        Some((under, self.nodes.get(under)?.value.get_ref().as_str()?))
    }

    /// Where the value under `field` is, or else where this value is.
    pub(crate) fn span(&self, at: usize, field: &str) -> Range<usize> {
        match self.under(at, field).next() {
            Some(under) => self.here(under),
            None => self.here(at),
        }
    }

    /// Where the value is: for tables with a heading, the heading.
    pub(crate) fn here(&self, at: usize) -> Range<usize> {
        self.nodes.get(at).map_or(0..0, |node| node.value.span())
    }

    /// The nearest of these model types around the value, itself included.
    pub(crate) fn around(&self, at: usize, kinds: &[&str]) -> Option<usize> {
        let mut at = Some(at);
        while let Some(node) = self.nodes.get(at?) {
            if kinds.contains(&node.kind) {
                return at;
            }
            at = node.parent;
        }
        None
    }

    /// Whether `inner` is `outer` or in it.
    pub(crate) fn is_in(&self, inner: usize, outer: usize) -> bool {
        let mut at = Some(inner);
        while let Some(here) = at {
            if here == outer {
                return true;
            }
            at = self.nodes.get(here).and_then(|node| node.parent);
        }
        false
    }

    fn wrong(&mut self, span: Range<usize>, say: Say) {
        self.mistakes.push((span, say));
    }

    fn visit(&mut self, value: &'d Spanned<DeValue<'d>>, hook: Hook<'d>, schema: &'static Value) {
        let (kind, schema) = resolve(schema);
        let at = self.nodes.len();
        let Hook { owner, field, key, head, parent } = hook.clone();
        self.nodes.push(Node { kind, owner, field, key, head, parent, inside: Vec::new(), value, sound: true });
        if let Some(around) = parent.and_then(|at| self.nodes.get_mut(at)) {
            around.inside.push(at);
        }
        let before = self.mistakes.len() + self.missing.len();
        self.value(value, &hook, schema, kind, at);
        if let Some(node) = self.nodes.get_mut(at) {
            node.sound = self.mistakes.len() + self.missing.len() == before;
        }
    }

    fn value(
        &mut self,
        value: &'d Spanned<DeValue<'d>>,
        hook: &Hook<'d>,
        schema: &'static Value,
        kind: &'static str,
        at: usize,
    ) {
        if let Some(options) = schema.get("oneOf").and_then(Value::as_array) {
            return self.one_of(value, hook, options, at);
        }
        let expected = schema.get("type").and_then(Value::as_str).unwrap_or("");
        match (expected, value.get_ref()) {
            ("object", DeValue::Table(table)) => self.table(table, hook, schema, kind, Some(at)),
            ("array", DeValue::Array(items)) => {
                let Some(schema) = schema.get("items") else {
                    return;
                };
                for item in items.iter() {
                    let hook = Hook { key: None, head: item.span(), parent: Some(at), ..hook.clone() };
                    self.visit(item, hook, schema);
                }
            }
            ("string", DeValue::String(text)) => {
                if let Some(say) = unreadable(text, schema, kind) {
                    self.wrong(value.span(), say);
                }
            }
            ("integer", DeValue::Integer(number)) => {
                let number = i64::from_str_radix(number.as_str(), number.radix()).ok();
                let least = schema.get("minimum").and_then(Value::as_i64).unwrap_or(i64::from(i32::MIN));
                let most = schema.get("maximum").and_then(Value::as_i64).unwrap_or(i64::from(i32::MAX));
                if !number.is_some_and(|number| (least..=most).contains(&number)) {
                    self.wrong(value.span(), text::number_out_of_range(hook.field, least, most));
                }
            }
            ("boolean", DeValue::Boolean(_)) => {}
            _ => {
                let wanted = wanted(schema, kind);
                self.wrong(value.span(), text::wrong_type(hook.owner, hook.field, wanted, value.get_ref()));
            }
        }
    }

    fn table(
        &mut self,
        table: &'d DeTable<'d>,
        hook: &Hook<'d>,
        schema: &'static Value,
        kind: &'static str,
        at: Option<usize>,
    ) {
        let Some(known) = schema.get("properties").and_then(Value::as_object) else {
            // A table whose keys are the author's: references to readings and questions.
            let Some(inner) = schema.get("additionalProperties").filter(|inner| inner.is_object()) else {
                return;
            };
            for (key, value) in table.iter() {
                let hook = Hook { key: Some(key.get_ref()), head: key.span(), parent: at, ..hook.clone() };
                self.visit(value, hook, inner);
            }
            return;
        };
        let mut guesses = Vec::new();
        for (key, value) in table.iter() {
            match known.get_key_value(key.get_ref().as_ref()) {
                Some((field, schema)) => {
                    let hook = Hook { owner: kind, field, key: None, head: key.span(), parent: at };
                    self.visit(value, hook, schema);
                }
                None => {
                    let near = near::word(key.get_ref(), known.keys().map(String::as_str));
                    guesses.extend(near);
                    let say = match self.home_of(key.get_ref(), at) {
                        Some((home, is_table)) if near.is_none() => {
                            text::misplaced_key(key.get_ref(), kind, home, is_table)
                        }
                        _ => text::unknown_key(key.get_ref(), kind, near, known.keys().map(String::as_str)),
                    };
                    self.wrong(key.span(), say);
                }
            }
        }
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        for key in required.filter_map(Value::as_str) {
            if !table.contains_key(key) && !guesses.contains(&key) {
                // A table with a heading has its heading as place; an inline one itself; the file its beginning.
                let span = at.map_or(0..0, |at| self.here(at));
                let list = known.get(key).and_then(|schema| schema.get("type")).is_some_and(|kind| kind == "array");
                let say = text::missing_key(key, kind, list);
                self.missing.push((span, say));
            }
        }
    }

    /// Where a key that is not known here belongs: to a table around this one, or to the top of the file, and there
    /// whether with a heading of its own.
    fn home_of(&self, key: &str, at: Option<usize>) -> Option<(&'static str, bool)> {
        let mut around = self.nodes.get(at?)?.parent;
        while let Some(node) = around.and_then(|at| self.nodes.get(at)) {
            let known = definition(node.kind).and_then(|schema| schema.get("properties"));
            if known.is_some_and(|known| known.get(key).is_some()) {
                return Some((node.kind, false));
            }
            around = node.parent;
        }
        let schema = root().get("properties")?.get(key)?;
        Some(("Notice", wanted(schema, "") == Wanted::Tables))
    }

    /// One of some words, or a table with one of some keys.
    fn one_of(&mut self, value: &'d Spanned<DeValue<'d>>, hook: &Hook<'d>, options: &'static [Value], at: usize) {
        let words: BTreeMap<&'static str, &'static str> = options
            .iter()
            .filter_map(|option| {
                let meaning = option.get("description").and_then(Value::as_str).unwrap_or("");
                Some((option.get("const")?.as_str()?, meaning))
            })
            .collect();
        let tables: BTreeMap<&'static str, &'static Value> = options
            .iter()
            .filter_map(|option| option.get("properties")?.as_object()?.iter().next())
            .map(|(key, schema)| (key.as_str(), schema))
            .collect();
        // In the order of the model, not of the alphabet: that is the order of the contract.
        let order: Vec<&str> = options.iter().filter_map(|option| option.get("const")?.as_str()).collect();
        match value.get_ref() {
            DeValue::String(word) if words.contains_key(word.as_ref()) => {}
            DeValue::String(word) => {
                let near = near::word(word, words.keys().copied().chain(tables.keys().copied()))
                    .or_else(|| near::meaning(word, words.iter().map(|(word, meaning)| (*word, *meaning))));
                let say = match tables.get_key_value(near.unwrap_or_default()) {
                    Some((key, _)) => text::needs_table(hook.field, key),
                    None => text::unknown_value(hook.field, word, near, &order, tables.keys().copied()),
                };
                self.wrong(value.span(), say);
            }
            DeValue::Table(table) if !tables.is_empty() => {
                for (key, inner) in table.iter() {
                    match tables.get_key_value(key.get_ref().as_ref()) {
                        Some((field, schema)) => {
                            let owner = self.nodes.get(at).map_or("", |node| node.kind);
                            let hook = Hook { owner, field, key: None, head: key.span(), parent: Some(at) };
                            self.visit(inner, hook, schema);
                        }
                        None => {
                            let near = near::word(key.get_ref(), tables.keys().copied());
                            let say = match words.get_key_value(key.get_ref().as_ref()) {
                                Some((word, _)) => text::needs_word(hook.field, word),
                                None => text::unknown_key(key.get_ref(), hook.field, near, tables.keys().copied()),
                            };
                            self.wrong(key.span(), say);
                        }
                    }
                }
                if table.len() != 1 {
                    self.wrong(value.span(), text::exactly_one(hook.field, tables.keys().copied()));
                }
            }
            other => {
                let say = text::wrong_choice(hook.field, other, &order, tables.keys().copied());
                self.wrong(value.span(), say);
            }
        }
    }
}

/// What a schema wants, for sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Text,
    Amount,
    Date,
    Length,
    Number,
    YesNo,
    List,
    /// Tables with a heading in double brackets.
    Tables,
    Table,
}

fn wanted(schema: &Value, kind: &str) -> Wanted {
    match (kind, schema.get("type").and_then(Value::as_str).unwrap_or("")) {
        ("Yuan", _) => Wanted::Amount,
        ("Date", _) => Wanted::Date,
        ("Span", _) => Wanted::Length,
        (_, "integer") => Wanted::Number,
        (_, "boolean") => Wanted::YesNo,
        (_, "object") => Wanted::Table,
        (_, "array") => {
            let items = schema.get("items").and_then(|items| items.get("$ref")).and_then(Value::as_str).unwrap_or("");
            let object = definition(items.trim_start_matches("#/$defs/"))
                .and_then(|item| item.get("type"))
                .is_some_and(|kind| kind == "object");
            if object { Wanted::Tables } else { Wanted::List }
        }
        _ if schema.get("format").is_some_and(|format| format == "date") => Wanted::Date,
        _ => Wanted::Text,
    }
}

/// Why this text is none of its kind.
fn unreadable(text: &str, schema: &Value, kind: &str) -> Option<Say> {
    match wanted(schema, kind) {
        _ if text.trim().is_empty() => Some(text::empty_text()),
        Wanted::Amount => match text.parse::<Yuan>() {
            Err(_) => Some(text::no_amount(text)),
            Ok(amount) if amount < Yuan::ZERO => Some(text::negative_amount(text)),
            Ok(amount) if amount.0.normalize().scale() > 2 => Some(text::finer_than_fen(text)),
            Ok(_) if !plain_amount(text) => Some(text::no_amount(text)),
            Ok(_) => None,
        },
        Wanted::Date if kind.is_empty() => {
            let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == 10);
            if day.is_some() { None } else { Some(text::no_date(text)) }
        }
        Wanted::Date => text.parse::<DateExpr>().is_err().then(|| text::no_date(text)),
        Wanted::Length => text.parse::<Span>().is_err().then(|| text::no_length(text)),
        _ => None,
    }
}

/// As the schema's pattern has it: no sign, no leading zeros, at most two places.
fn plain_amount(text: &str) -> bool {
    let (whole, places) = text.split_once('.').map_or((text, None), |(whole, places)| (whole, Some(places)));
    (whole == "0" || !whole.starts_with('0')) && !whole.is_empty() && places.is_none_or(|p| (1..=2).contains(&p.len()))
}

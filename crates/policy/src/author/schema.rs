//! The JSON Schema of a notice file, made from the model's types.
//!
//! Editors complete and check against it, and the reader itself walks a document along it ([`super::shape`]): what the
//! editor says and what `canbao check` says come from the same types.

use crate::model::Notice;
use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use serde_json::Value;
use std::sync::LazyLock;

static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    let generator = SchemaSettings::draft2020_12().with_transform(Plain).into_generator();
    generator.into_root_schema_for::<Notice>().to_value()
});

/// The JSON Schema of a notice file.
///
/// ```
/// assert_eq!(canbao_policy::author::schema()["title"], "Notice");
/// ```
#[must_use]
pub fn schema() -> Value {
    SCHEMA.clone()
}

/// The text of `schema/notice.schema.json`.
#[must_use]
pub fn schema_text() -> String {
    format!("{:#}\n", *SCHEMA)
}

pub(crate) fn root() -> &'static Value {
    &SCHEMA
}

/// What a schema stands for: its name, where it is one of the model's types, and its contents.
pub(crate) fn resolve(schema: &'static Value) -> (&'static str, &'static Value) {
    let name = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix("#/$defs/"));
    match name.and_then(|name| Some((name, definition(name)?))) {
        Some(named) => named,
        None => ("", schema),
    }
}

/// The schema of one of the model's types.
pub(crate) fn definition(name: &str) -> Option<&'static Value> {
    root().get("$defs")?.get(name)
}

/// TOML has no null, and a default that only means "not written" is noise in an editor.
#[derive(Clone, Debug)]
struct Plain;

impl Transform for Plain {
    fn transform(&mut self, schema: &mut Schema) {
        schema.remove("default");
        if let Some(Value::Array(types)) = schema.get_mut("type") {
            types.retain(|kind| kind != "null");
            if let [one] = types.as_slice() {
                let one = one.clone();
                schema.insert("type".to_owned(), one);
            }
        }
        let only = match schema.get_mut("anyOf") {
            Some(Value::Array(options)) => {
                options.retain(|option| option.get("type").is_none_or(|kind| kind != "null"));
                match options.as_slice() {
                    [Value::Object(only)] => Some(only.clone()),
                    _ => None,
                }
            }
            _ => None,
        };
        if let Some(only) = only {
            schema.remove("anyOf");
            for (key, value) in only {
                schema.insert(key, value);
            }
        }
        transform_subschemas(self, schema);
    }
}

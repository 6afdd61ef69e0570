//! Short names between the program and its script. wasm-bindgen calls each function that one imports from the other by
//! what it is and a hash; a hundred such names, in both files, are 2.6 KB that no compression takes away.

use std::collections::BTreeMap;
use std::convert::Infallible;

use anyhow::{Result, anyhow, ensure};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{ExportSection, ImportSection, Module};
use wasmparser::{Export, Import, Imports, Parser};

/// A module and its script, with the names shortened in both.
///
/// # Errors
/// When the module is none, or the script does not have a name that the module asks for.
pub fn shorten(module: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let mut shorter = Module::new();
    let mut names = Names::default();
    names
        .parse_core_module(&mut shorter, Parser::new(0), module)
        .map_err(|error| anyhow!("the module cannot be read: {error}"))?;
    for name in names.0.keys() {
        ensure!(words(script).any(|word| word == name), "the script has no {name}");
    }
    let script = words(script).map(|word| names.0.get(word).map_or(word, String::as_str)).collect();
    Ok((shorter.finish(), script))
}

/// Short names by the long ones.
#[derive(Default)]
struct Names(BTreeMap<String, String>);

impl Names {
    /// The short name of one that wasm-bindgen made up. Others have a meaning: to the late part, or to people.
    fn of(&mut self, name: &str) -> String {
        if !["__wbg_", "__wbindgen_cast_", "wasm_bindgen_"].iter().any(|made| name.starts_with(made)) {
            return name.to_owned();
        }
        let next = format!("${}", self.0.len());
        self.0.entry(name.to_owned()).or_insert(next).clone()
    }
}

impl Reencode for Names {
    type Error = Infallible;

    fn parse_imports(&mut self, section: &mut ImportSection, imports: Imports<'_>) -> Result<(), Error<Infallible>> {
        // The grouped forms are newer than the browsers that this is for.
        let Imports::Single(at, import) = imports else {
            return utils::parse_imports(self, section, imports);
        };
        let name = self.of(import.name);
        utils::parse_imports(self, section, Imports::Single(at, Import { name: &name, ..import }))
    }

    fn parse_export(&mut self, exports: &mut ExportSection, export: Export<'_>) -> Result<(), Error<Infallible>> {
        let name = self.of(export.name);
        utils::parse_export(self, exports, Export { name: &name, ..export })
    }
}

/// The text cut into names and what stands between them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$');
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = rest.find(|c| part(c) != part(first)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{EntityType, ExportKind, TypeSection};

    use super::*;

    fn module(import: &str, export: &str) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let (mut imports, mut exports) = (ImportSection::new(), ExportSection::new());
        imports.import("./app_bg.js", import, EntityType::Function(0));
        exports.export(export, ExportKind::Func, 0);
        Module::new().section(&types).section(&imports).section(&exports).clone().finish()
    }

    #[test]
    fn both_files_get_the_same_names() {
        let long = "__wbg_now_00112233";
        let script = "const i = { __wbg_now_00112233: () => 1, __wbg_now_001122334: 2 }; wasm.start()";
        let (short, script) = shorten(&module(long, "start"), script).expect("a module");
        assert_eq!(short, module("$0", "start"));
        assert_eq!(script, "const i = { $0: () => 1, __wbg_now_001122334: 2 }; wasm.start()");
    }

    #[test]
    fn a_name_that_the_script_lacks_is_an_error() {
        assert!(shorten(&module("__wbg_now_0", "start"), "wasm.start()").is_err());
    }
}

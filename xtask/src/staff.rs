//! The staff page: crates/staff as WebAssembly, with its page, in a folder of its own.

use anyhow::{Context, Result, ensure};

use crate::bundle::{self, Files};
use crate::command::{cargo, command, run};
use crate::{build, inline, minify, paths, setup, wasm};

const NAME: &str = "canbao-staff";

/// Builds the page's files, named by their content, with the list of notices in it.
pub fn build() -> Result<Files> {
    run(wasm::for_old_browsers(cargo().args([
        "build",
        "--locked",
        "--package",
        NAME,
        "--target",
        "wasm32-unknown-unknown",
        "--profile",
        "web",
    ])))
    .context("the staff page did not build")?;

    let folder = paths::wasm_target().join("staff");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    let module = paths::wasm_target().join("wasm32-unknown-unknown/web/canbao_staff.wasm");
    run(command(setup::WASM_BINDGEN.path()?)
        .args(["--target", "web", "--no-typescript", "--out-name", NAME, "--out-dir"])
        .arg(&folder)
        .arg(module))?;
    let module = format!("{NAME}_bg.wasm");
    wasm::optimise(&folder.join(&module), wasm::For::Size)?;

    let page = paths::root().join("crates/staff/page");
    // Before the script gets a name by its content.
    let script = with_digest(&std::fs::read_to_string(page.join("staff.js"))?, &std::fs::read(folder.join(&module))?)?;
    std::fs::write(folder.join("staff.js"), script)?;
    let files = Files::from([
        ("index.html".to_owned(), with_notices(&std::fs::read_to_string(page.join("index.html"))?)?.into_bytes()),
        ("main.css".to_owned(), build::style()?.into_bytes()),
        ("staff.css".to_owned(), std::fs::read(page.join("staff.css"))?),
        ("staff.js".to_owned(), minify::module(&folder.join("staff.js"))?),
        (module.clone(), std::fs::read(folder.join(&module))?),
    ]);
    let files = inline::page(bundle::page(minify::files(files)?)?, &[])?;
    Ok(files.into_iter().map(|(name, content)| (format!("staff/{name}"), content)).collect())
}

/// The script with the digest of the module that it fetches.
fn with_digest(script: &str, module: &[u8]) -> Result<String> {
    let mark = format!("%{NAME}_bg.wasm%");
    ensure!(script.matches(&mark).count() == 1, "the staff page's script needs one {mark}");
    Ok(script.replace(&mark, &inline::digest(module)))
}

/// The page with a choice of every notice, the newest first.
fn with_notices(page: &str) -> Result<String> {
    const MARK: &str = "<!--notices-->";
    ensure!(page.matches(MARK).count() == 1, "the staff page needs one {MARK}");
    let choice = |entry: &canbao_baked::Entry| {
        let canbao_baked::Entry { id, code, name, year, province, .. } = entry;
        format!(
            "<option value=\"{id}\" data-code=\"{code}\" data-year=\"{year}\">{province} {name} {year} 年度</option>"
        )
    };
    let mut entries: Vec<_> = canbao_baked::index().iter().collect();
    entries.sort_by_key(|entry| (std::cmp::Reverse(entry.year), entry.code));
    Ok(page.replace(MARK, &entries.into_iter().map(choice).collect::<String>()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_script_says_what_module_it_expects() {
        let script =
            std::fs::read_to_string(crate::paths::root().join("crates/staff/page/staff.js")).expect("a script");
        let script = super::with_digest(&script, b"module").expect("a script");
        assert!(script.contains(&format!("integrity: \"{}\"", crate::inline::digest(b"module"))));
    }

    #[test]
    fn every_notice_can_be_chosen() {
        let page = super::with_notices("<select><!--notices--></select>").expect("a page");
        for entry in canbao_baked::index() {
            assert!(page.contains(&format!("value=\"{}\"", entry.id)), "{}", entry.id);
        }
    }
}

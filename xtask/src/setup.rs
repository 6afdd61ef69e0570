//! Gets a fresh machine ready: what rustup, cargo and npm can install, at the versions pinned here, and Debian's browsers.
//!
//! Trunk would download prebuilt helpers by itself, but only from hosts that a closed network does not reach, so each
//! tool is built once with cargo and kept per version in the user's cache. Every step looks first and is silent and
//! quick when there is nothing to do; a step that cannot go on says which command a person has to run.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::command::{cargo, command, find, output, run};
use crate::paths;

/// A program that cargo builds from crates.io.
pub struct Tool {
    crate_name: &'static str,
    version: &'static str,
    program: &'static str,
    flags: &'static [&'static str],
}

/// Puts the app's page together. Without its default features: those look for newer versions and bring TLS.
pub const TRUNK: Tool =
    Tool { crate_name: "trunk", version: "0.21.14", program: "trunk", flags: &["--no-default-features"] };

/// Must be exactly the version of the `wasm-bindgen` crate in Cargo.lock.
pub const WASM_BINDGEN: Tool =
    Tool { crate_name: "wasm-bindgen-cli", version: "0.2.125", program: "wasm-bindgen", flags: &[] };

/// Cuts the app in two. Must be of the version that `wasm_split_helpers` in Cargo.lock, a part of Leptos, goes with.
pub const WASM_SPLIT: Tool = Tool {
    crate_name: "wasm_split_cli_support",
    version: "0.2.4",
    program: "wasm-split-cli",
    flags: &["--features", "build-binary"],
};

/// Speaks WebDriver to Firefox. Debian packages Firefox without it.
pub const GECKODRIVER: Tool = Tool { crate_name: "geckodriver", version: "0.37.1", program: "geckodriver", flags: &[] };

impl Tool {
    /// The folder with the program in it.
    pub fn folder(&self) -> Result<PathBuf> {
        Ok(self.home()?.join("bin"))
    }

    /// The program itself.
    pub fn path(&self) -> Result<PathBuf> {
        Ok(self.folder()?.join(self.program))
    }

    fn home(&self) -> Result<PathBuf> {
        Ok(paths::cache()?.join("tools").join(format!("{}-{}", self.crate_name, self.version)))
    }

    fn install(&self) -> Result<()> {
        if self.path()?.is_file() {
            return Ok(());
        }
        say(&format!("building {} {} (once; some minutes)", self.crate_name, self.version));
        let package = format!("{}@{}", self.crate_name, self.version);
        run(cargo().args(["install", "--locked", "--root"]).arg(self.home()?).arg(&package).args(self.flags))
            .with_context(|| format!("{package} could not be installed: is crates.io, or a mirror of it, in reach?"))
    }
}

/// What building the bundle needs: the Rust target, wasm-bindgen, the cutter, the npm packages.
pub fn for_build() -> Result<()> {
    rust()?;
    WASM_BINDGEN.install()?;
    WASM_SPLIT.install()?;
    npm(&paths::node())
}

/// What work with live reload needs beyond that.
pub fn for_watch() -> Result<()> {
    for_build()?;
    TRUNK.install()
}

/// What the browser tests need beyond that: the browsers, a virtual screen, Chinese glyphs, geckodriver.
pub fn for_browsers() -> Result<()> {
    debian()?;
    GECKODRIVER.install()
}

/// The WebAssembly target, and the standard library's source: it is rebuilt for small size and old browsers.
fn rust() -> Result<()> {
    let sysroot = output(command("rustc").args(["--print", "sysroot"]))
        .context("Rust is missing: install rustup, then run this again")?;
    let rustlib = Path::new(sysroot.trim()).join("lib/rustlib");
    let parts = [
        ("wasm32-unknown-unknown/lib", ["target", "add", "wasm32-unknown-unknown"]),
        ("src/rust/library/Cargo.lock", ["component", "add", "rust-src"]),
    ];
    for (place, arguments) in parts {
        if !rustlib.join(place).exists() {
            say(&format!("rustup {}", arguments.join(" ")));
            run(command("rustup").args(arguments))
                .with_context(|| format!("run `rustup {}` in this folder and try again", arguments.join(" ")))?;
        }
    }
    Ok(())
}

/// The npm packages of a folder's committed lock. Those of `tests/node` are wasm-opt, and what the Node and Chromium 86
/// tests use.
pub fn npm(folder: &Path) -> Result<()> {
    let lock = std::fs::read(folder.join("package-lock.json"))
        .with_context(|| format!("{} has no package-lock.json", folder.display()))?;
    // A copy of the lock that was installed; npm's own hidden lock has another form.
    let installed = folder.join("node_modules/.installed-lock.json");
    if std::fs::read(&installed).is_ok_and(|old| old == lock) {
        return Ok(());
    }
    if find("node").is_none() || find("npm").is_none() {
        bail!("Node.js with npm is missing: install Node.js 20 or later (on Debian: `apt-get install nodejs npm`)");
    }
    say(&format!("npm ci in {}", folder.strip_prefix(paths::root()).unwrap_or(folder).display()));
    run(command("npm").arg("ci").current_dir(folder)).with_context(|| {
        format!("`npm ci` in {} failed: is the npm registry, or a mirror of it, in reach?", folder.display())
    })?;
    std::fs::write(installed, lock)?;
    Ok(())
}

/// The Debian packages, each with a file that is there once it is installed.
const PACKAGES: [(&str, &str); 7] = [
    ("chromium", "/usr/bin/chromium"),
    ("chromium-driver", "/usr/bin/chromedriver"),
    ("firefox-esr", "/usr/bin/firefox-esr"),
    ("webkit2gtk-driver", "/usr/bin/WebKitWebDriver"),
    ("xvfb", "/usr/bin/xvfb-run"),
    ("xauth", "/usr/bin/xauth"),
    ("fonts-noto-cjk", "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
];

fn debian() -> Result<()> {
    let missing: Vec<&str> =
        PACKAGES.iter().filter(|(_, file)| !Path::new(file).exists()).map(|(package, _)| *package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let advice = format!("apt-get install --no-install-recommends {}", missing.join(" "));
    if find("apt-get").is_none() {
        bail!("the browser tests run on Debian, where `{advice}` installs what is missing here");
    }
    let Some(prefix) = becoming_root() else {
        bail!("the browser tests need more packages: run `sudo {advice}`, then try again");
    };
    say(&advice);
    let apt = |arguments: &[&str]| {
        let mut words = prefix.iter().copied().chain(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        let program = words.next().unwrap_or("env");
        run(command(program).args(words).args(arguments))
    };
    apt(&["update"])?;
    apt(&[&["install", "--yes", "--no-install-recommends"], missing.as_slice()].concat())
        .with_context(|| format!("run `{advice}` as root, then try again"))
}

/// How to run a program as root without asking anyone; `None` when that cannot be done.
fn becoming_root() -> Option<&'static [&'static str]> {
    let id = output(command("id").arg("-u")).ok()?;
    if id.trim() == "0" {
        return Some(&[]);
    }
    let passwordless = find("sudo").is_some()
        && command("sudo").args(["-n", "true"]).output().is_ok_and(|output| output.status.success());
    passwordless.then_some(&["sudo", "-n"])
}

fn say(what: &str) {
    eprintln!("set-up: {what}");
}

//! Hostile input, guided by what it reaches: libFuzzer at each door that strangers' text comes in through.
//!
//! What `cargo fuzz` does is a build with a few flags of the compiler and libFuzzer linked in. Written down here, it
//! needs no further tool and no nightly compiler. What the inputs are bred from is in the repository anyway (golden
//! cases, notices, bad notices), so no corpus is kept in it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde_json::json;

use crate::command::{cargo, command, output, run};
use crate::{bundle, paths};

/// The doors: the programs of the crate `canbao-fuzz`.
const DOORS: [&str; 3] = ["request", "packed", "notice"];

/// Code that counts which branches are taken, how often, and what was compared with what. Sums are checked and
/// assertions are on, as in tests.
const FLAGS: [&str; 8] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Ccodegen-units=1",
    "-Cdebug-assertions",
    "-Coverflow-checks",
];

/// Runs every door for its part of the seconds. With a seed the run starts from the repository alone, else from all
/// that earlier runs found as well.
pub fn fuzz(arguments: &[String]) -> Result<()> {
    let (seconds, seed) = read(arguments)?;
    let programs = build()?;
    for door in DOORS {
        let folder = paths::root().join("target/fuzz").join(door);
        let seeds = empty(&folder.join("seeds"))?;
        for (at, text) in seeds_of(door)?.iter().enumerate() {
            fs::write(seeds.join(at.to_string()), text)?;
        }
        let found = folder.join("found");
        if seed.is_some() {
            empty(&found)?;
        }
        fs::create_dir_all(&found)?;
        let mut program = command(programs.join(door));
        program.arg(format!("-max_total_time={}", seconds.div_ceil(DOORS.len() as u64)));
        program.arg(format!("-seed={}", seed.unwrap_or(0)));
        program.arg(format!("-artifact_prefix={}/", folder.display()));
        program.args(["-timeout=10", "-rss_limit_mb=2048", "-verbosity=0", "-print_final_stats=1"]);
        let result = program.arg(found).arg(seeds).output().with_context(|| format!("cannot start `{door}`"))?;
        let said = String::from_utf8_lossy(&result.stderr);
        ensure!(
            result.status.success(),
            "{said}\nan input makes `{door}` fail; it is in the file named above after “Test unit written to”, and \
             `cargo run -p canbao-fuzz --bin {door} -- <file>` shows it again"
        );
        let tried = said.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
        println!("{door}: {} inputs tried", tried.context("libFuzzer does not say how much it tried")?.trim());
    }
    println!("{} passed, 0 failed", DOORS.len());
    Ok(())
}

fn read(arguments: &[String]) -> Result<(u64, Option<u32>)> {
    let (seconds, rest) = match arguments.split_first() {
        Some((first, rest)) if !first.starts_with('-') => (first.parse().ok(), rest),
        _ => (Some(60), arguments),
    };
    let seed = match rest {
        [] => Some(None),
        [flag, seed] if flag == "--seed" => seed.parse().ok().map(Some),
        _ => None,
    };
    match (seconds, seed) {
        (Some(seconds), Some(seed)) => Ok((seconds, seed)),
        _ => bail!("usage: cargo x fuzz [SECONDS] [--seed N]"),
    }
}

/// Builds the doors and returns the folder that they are in. With a target named, only what runs in the end is built
/// with the flags: build scripts and macros are those of every other build.
fn build() -> Result<PathBuf> {
    let version = output(command("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc does not name its host")?;
    run(cargo()
        .args([
            "build",
            "--locked",
            "--release",
            "-p",
            "canbao-fuzz",
            "--features",
            "libfuzzer",
            "--bins",
            "--target",
            host,
        ])
        .env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\u{1f}")))
    .context("the doors cannot be built: is a C++ compiler there (on Debian: `apt-get install build-essential`)?")?;
    Ok(paths::root().join("target").join(host).join("release"))
}

/// What a door's inputs are bred from: texts of the repository.
fn seeds_of(door: &str) -> Result<Vec<Vec<u8>>> {
    match door {
        "request" => requests(),
        "packed" => Ok(canbao_baked::index().iter().map(|entry| canbao_baked::text(entry).into()).collect()),
        _ => {
            let mut files = bundle::read(&paths::root().join("policies"))?.into_iter().collect::<Vec<_>>();
            files.extend(bundle::read(&paths::root().join("crates/policy/tests"))?);
            let notices = files.into_iter().filter(|(name, _)| name.ends_with(".toml") && !name.ends_with(CASES));
            Ok(notices.map(|(_, text)| text).collect())
        }
    }
}

/// How the names of files with golden cases end.
const CASES: &str = ".cases.toml";

/// The requests of all golden cases, in JSON.
fn requests() -> Result<Vec<Vec<u8>>> {
    let mut requests = Vec::new();
    for (name, text) in bundle::read(&paths::root().join("policies"))? {
        if name.ends_with(CASES) {
            let file: toml::Table = toml::from_str(std::str::from_utf8(&text)?)?;
            let cases = file["case"].as_array().with_context(|| format!("{name} has no cases"))?;
            for case in cases {
                let request = json!({"notice": file["notice"], "on": case["on"], "answers": case["answers"]});
                requests.push(request.to_string().into_bytes());
            }
        }
    }
    Ok(requests)
}

/// The folder, with nothing in it.
fn empty(folder: &Path) -> Result<PathBuf> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    Ok(folder.to_owned())
}

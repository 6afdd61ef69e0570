//! The measurements, as a list of steps to extend: nothing here is a test, because a timing on a busy machine proves
//! nothing.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::command::{cargo, command, output, run};
use crate::{build, paths, sdk, setup, size};

/// 闻喜's roll (参保人数), as many as `tests/node/bench/roster.mjs` makes up.
const PEOPLE: u128 = 319_202;

/// Runs every measurement in turn.
pub fn bench() -> Result<()> {
    setup::for_build()?;
    build::build()?;
    size::check()?;
    run(&mut engine("questions"))?;
    run(&mut engine("engine"))?;
    engines()?;
    rosters()
}

/// A benchmark of the engine's own.
fn engine(name: &str) -> Command {
    let mut bench = cargo();
    bench.args(["bench", "--quiet", "--package", "canbao-engine", "--bench", name]);
    bench
}

/// The engine natively and in wasm, and publicodes, on the same persons.
fn engines() -> Result<()> {
    let timed = {
        let _lock = build::locked()?;
        sdk::timed()?
    };
    let mut native = engine("engine");
    let medians = output(native.args(["--", "--json"]))?;
    let file = folder()?.join("native.json");
    fs::write(&file, medians)?;
    run(command("node")
        .arg("bench/engines.mjs")
        .arg(timed.join("canbao.js"))
        .current_dir(paths::node())
        .stdin(File::open(file)?))
}

/// Rosters of a whole county through `canbao eval`.
fn rosters() -> Result<()> {
    run(cargo().args(["build", "--quiet", "--release", "--package", "canbao-cli", "--bin", "canbao"]))?;
    println!("\n{PEOPLE} people through `canbao eval --lines`, on one core, best of three\n");
    for (kind, what) in
        [("lifelike", "lifelike, many lines alike"), ("every", "every answer given, no two lines alike")]
    {
        let roster = folder()?.join(format!("roster-{kind}.ndjson"));
        run(command("node")
            .args(["bench/roster.mjs", kind])
            .current_dir(paths::node())
            .stdout(File::create(&roster)?))?;
        let mut best = u128::MAX;
        for _ in 0..3 {
            let start = Instant::now();
            let status = command(paths::root().join("target/release/canbao"))
                .args(["eval", "--lines", "--no-progress"])
                .stdin(File::open(&roster)?)
                .stdout(Stdio::null())
                .status()
                .context("cannot start `canbao eval`")?;
            if !status.success() {
                bail!("`canbao eval` failed on {}", roster.display());
            }
            best = best.min(start.elapsed().as_millis().max(1));
        }
        println!("{:>8} persons a second ({best} ms)  {what}", PEOPLE * 1000 / best);
        fs::remove_file(roster)?;
    }
    Ok(())
}

/// Where the measurements keep what they make.
fn folder() -> Result<PathBuf> {
    let folder = paths::root().join("target/bench");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

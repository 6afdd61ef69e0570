//! The one command that says whether the project is sound. Each step is announced, timed and summed up; the first one
//! that fails stops the run and says what to do about it.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::command::{cargo, command, watch};
use crate::{build, deny, paths, setup, size};

/// What a step does.
enum Work {
    /// Something of this program's own.
    Own(fn() -> Result<()>),
    /// Another program. Its output is read for test results.
    Program(Command),
}

/// A step: its name, what it does, and what a person does when it fails.
struct Step {
    name: &'static str,
    work: Work,
    advice: &'static str,
}

fn steps() -> Vec<Step> {
    let cargo = |line: &str| {
        let mut command = cargo();
        command.args(line.split(' '));
        Work::Program(command)
    };
    let step = |name, work, advice| Step { name, work, advice };
    vec![
        step("set-up", Work::Own(setup_all), "follow the message above"),
        step("formatting", cargo("fmt --all --check"), "run `cargo fmt --all`"),
        step(
            "clippy",
            cargo("clippy --workspace --all-targets --features canbao-e2e/browsers --locked -- -D warnings"),
            "fix the warnings; `cargo clippy --fix` does some of it",
        ),
        step("crates in use", Work::Own(deny::check), "change what is built in, or deny.toml with the reason"),
        step(
            "native tests and examples in the documentation",
            cargo("test --workspace --locked"),
            "run the failing test alone with `cargo test -p <crate> <name>`",
        ),
        step(
            "notices",
            cargo("run --release --locked -p canbao-cli --bin canbao -- check"),
            "`cargo canbao check <file>` shows what is wrong in one notice",
        ),
        step(
            "golden cases",
            cargo("run --release --locked -p canbao-cli --bin canbao -- cases"),
            "`cargo canbao cases <file>` runs the cases of one notice",
        ),
        step(
            "hostile requests and notices",
            cargo("run --locked -p xtask -- fuzz 30 --seed 1"),
            "the message above names the input that fails and how to see it fail again",
        ),
        step("production build", Work::Own(build::build), "`cargo x build` does this step alone"),
        step("size budget", Work::Own(size::check), "`cargo x size` does this step alone"),
        step(
            "JavaScript API in Node",
            Work::Program(node(&["--test", "--test-reporter=tap", "sdk.test.mjs"])),
            "run `node --test sdk.test.mjs` in tests/node",
        ),
        step(
            "browsers",
            cargo("test --locked -p canbao-e2e --features browsers -- --test-threads=1"),
            "run one with `cargo test -p canbao-e2e --features browsers <name>`",
        ),
    ]
}

fn setup_all() -> Result<()> {
    setup::for_build()?;
    setup::for_browsers()
}

fn node(arguments: &[&str]) -> Command {
    let mut node = command("node");
    node.current_dir(paths::node()).args(arguments);
    node
}

/// Runs every step.
pub fn test() -> Result<()> {
    let mut done: Vec<(&str, Duration, usize)> = Vec::new();
    for Step { name, work, advice } in steps() {
        println!("\n── {name}");
        let start = Instant::now();
        let mut passed = 0;
        match work {
            Work::Own(work) => work(),
            Work::Program(mut program) => watch(&mut program, |line| passed += passed_in(line)),
        }
        .with_context(|| format!("the step “{name}” failed: {advice}"))?;
        // A step that counts no tests of its own is one check that passed.
        done.push((name, start.elapsed(), passed.max(1)));
    }

    println!("\n── summary");
    for (name, time, passed) in &done {
        println!("{passed:>6} passed {:>7.1} s  {name}", time.as_secs_f32());
    }
    let total: usize = done.iter().map(|(_, _, passed)| passed).sum();
    println!("\n{total} passed, 0 failed");
    Ok(())
}

/// The number of passed tests that a line reports: in the words of `cargo test` and this project's own commands
/// (`12 passed`), or in those of Node's test runner (`# pass 12`).
fn passed_in(line: &str) -> usize {
    if let Some(count) = line.strip_prefix("# pass ") {
        return count.trim().parse().unwrap_or(0);
    }
    let Some((before, _)) = line.split_once(" passed") else {
        return 0;
    };
    before
        .rsplit(|character: char| !character.is_ascii_digit())
        .next()
        .and_then(|count| count.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_passed_tests_in_the_words_of_each_runner() {
        assert_eq!(passed_in("test result: ok. 12 passed; 0 failed; 0 ignored; finished in 0.00s"), 12);
        assert_eq!(passed_in("205 passed, 0 failed"), 205);
        assert_eq!(passed_in("# pass 7"), 7);
        assert_eq!(passed_in("running 3 tests"), 0);
        assert_eq!(passed_in("the deadline has passed"), 0);
    }
}

//! `cargo x`: the project's commands. See [`xtask`] for what each does.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use xtask::command::{cargo, run};
use xtask::{archive, bench, build, deny, fuzz, paths, perf, serve, setup, size, test};

const HELP: &str = "\
usage: cargo x <command>

  serve [--port N]  set up, build and serve the production bundle on 127.0.0.1 (from port 8080)
  watch [ARGS]      set up, then `trunk serve`: development with live reload
  test              everything that must hold: formatting, lints, tests, notices, size, browsers
  build             the production bundle and the JavaScript API, into dist/
  zip               the production bundle as one file, target/canbao.zip
  size              what a first visit downloads, against the budget
  deny              licences, sources and doubles of the crates in use, against deny.toml
  fuzz [SECONDS]    hostile requests and notices, guided by what they reach (a minute; --seed N: the same ones again)
  bench             the measurements of the engine
  perf [ARGS]       how the page loads on a slow phone, beside publicodes ([--runs N] [--path /code/year/] [--slower N])
  screenshots       pictures of the app as a phone and a computer show it, into target/screenshots/
  setup             only the set-up that the other commands do by themselves
  help              this text
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let (name, rest) = arguments.split_first().map_or(("help", [].as_slice()), |(name, rest)| (name.as_str(), rest));
    match (name, rest) {
        ("serve", _) => serve_bundle(port(rest)?),
        ("watch", _) => setup::for_watch().and_then(|()| build::watch(rest)),
        ("test", []) => test::test(),
        ("build", []) => setup::for_build().and_then(|()| build::build()).and_then(|()| size::check()),
        ("zip", []) => zip_bundle(),
        ("size", []) => size::check(),
        ("deny", []) => deny::check(),
        ("fuzz", _) => fuzz::fuzz(rest),
        ("bench", []) => bench::bench(),
        ("perf", _) => perf::perf(rest),
        ("screenshots", []) => take_screenshots(),
        ("setup", []) => setup::for_build().and_then(|()| setup::for_browsers()),
        ("help" | "--help" | "-h", _) => {
            print!("{HELP}");
            Ok(())
        }
        _ => bail!("`cargo x {}` is not a command\n\n{HELP}", arguments.join(" ")),
    }
}

fn port(arguments: &[String]) -> Result<u16> {
    let number = match arguments {
        [] => return Ok(8080),
        [flag, number] if flag == "--port" => number,
        [joined] if joined.starts_with("--port=") => &joined["--port=".len()..],
        _ => bail!("usage: cargo x serve [--port N]"),
    };
    number.parse().with_context(|| format!("`{number}` is not a port: use a number from 1 to 65535"))
}

fn serve_bundle(port: u16) -> Result<()> {
    setup::for_build()?;
    build::build()?;
    size::check()?;
    let serving = serve::serve_from(&paths::dist(), port)?;
    println!("serving {} (Ctrl-C ends it)", serving.url());
    serving.wait();
    Ok(())
}

fn zip_bundle() -> Result<()> {
    setup::for_build()?;
    build::build()?;
    size::check()?;
    println!("packed {}", archive::pack()?.display());
    Ok(())
}

fn take_screenshots() -> Result<()> {
    setup::for_build()?;
    setup::for_browsers()?;
    build::build()?;
    run(cargo().args(["run", "--quiet", "--package", "canbao-e2e", "--bin", "screenshots"]))
}

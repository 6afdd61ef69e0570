//! `canbao`.

use canbao_cli::args::Arguments;
use canbao_cli::commands;
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    commands::run(&Arguments::parse())
}

//! The commands: arguments in, exit code out.

use crate::args::{Arguments, CasesArgs, Command, EvalArgs};
use crate::cases;
use crate::eval::{Evaluator, Form, Layout, Progress};
use crate::source::{Library, Source};
use crate::text;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

/// Why a command could not be carried out, ready to print.
#[derive(Debug)]
pub enum Failure {
    /// Something was found, and has been said.
    Found,
    /// What is wrong.
    Message(String),
    /// Reading standard input or writing standard output failed.
    Stream(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Stream(error)
    }
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self::Message(message)
    }
}

/// Runs a command, says what went wrong, and tells the shell.
#[must_use]
pub fn run(arguments: &Arguments) -> ExitCode {
    let source = Source::find(arguments.policies.as_deref());
    let result = match &arguments.command {
        Command::Eval(options) => eval(&source, options),
        Command::Cases(options) => run_cases(&source, options),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Found) => ExitCode::FAILURE,
        // Whoever reads the output has closed it, as `head` does.
        Err(Failure::Stream(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(Failure::Stream(error)) => complain(&error.to_string()),
        Err(Failure::Message(message)) => complain(&message),
    }
}

fn complain(message: &str) -> ExitCode {
    let _ = writeln!(io::stderr(), "{message}");
    ExitCode::FAILURE
}

fn open(source: &Source) -> Result<Library, Failure> {
    Library::open(source).map_err(|error| match source {
        Source::Folder(folder) => Failure::Message(text::cannot_read(folder, &error)),
        Source::Baked => Failure::Stream(error),
    })
}

fn eval(source: &Source, options: &EvalArgs) -> Result<(), Failure> {
    let (input, output) = (io::stdin().lock(), io::stdout().lock());
    if input.is_terminal() {
        writeln!(io::stderr(), "{}", text::WAITING)?;
    }
    let layout = if options.pretty || output.is_terminal() {
        Layout::Pretty
    } else {
        Layout::Compact
    };
    let form = if options.lines {
        Form::Lines
    } else {
        Form::Auto
    };
    let mut bar = (!options.no_progress && io::stderr().is_terminal()).then(Bar::default);
    let mut silent = ();
    let progress: &mut dyn Progress = match &mut bar {
        Some(bar) => bar,
        None => &mut silent,
    };
    let summary = Evaluator::new(open(source)?, layout).run(input, output, form, progress)?;
    drop(bar);
    if summary.bad > 0 {
        let all = summary.bad + summary.answered;
        return Err(Failure::Message(text::bad_requests(
            summary.bad,
            all,
            &summary.named,
        )));
    }
    Ok(())
}

/// A progress bar on standard error, shown only when a roster takes long enough to wonder.
#[derive(Default)]
struct Bar {
    shown: Option<ProgressBar>,
}

impl Progress for Bar {
    fn tick(&mut self, lines: u64, bytes: u64) {
        let bar = self.shown.get_or_insert_with(|| {
            // The size of what was redirected to standard input, where that is a file.
            let file = std::fs::metadata("/dev/stdin")
                .ok()
                .filter(std::fs::Metadata::is_file);
            let size = file.map(|file| file.len());
            let bar = ProgressBar::with_draw_target(size, ProgressDrawTarget::stderr_with_hz(10));
            let style = ProgressStyle::with_template(text::progress_template(size.is_some()));
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar
        });
        bar.set_position(bytes);
        let seconds = bar.elapsed().max(Duration::from_millis(1)).as_millis();
        let rate = u128::from(lines) * 1000 / seconds;
        bar.set_message(text::progress(lines, rate));
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = &self.shown {
            bar.finish_and_clear();
        }
    }
}

fn run_cases(source: &Source, options: &CasesArgs) -> Result<(), Failure> {
    let mut named = options.files.clone();
    if named.is_empty() {
        match source {
            Source::Folder(folder) => named.push(folder.clone()),
            Source::Baked => return Err(Failure::Message(text::NO_FOLDER.to_owned())),
        }
    }
    let files = cases::find(&named)?;
    let mut out = io::stdout().lock();
    if options.json {
        let all = cases::export(&files)?;
        writeln!(out, "{all}")?;
        return Ok(());
    }
    let filter = options.filter.as_deref();
    let tally = cases::run(
        &files,
        &mut open(source)?,
        filter,
        &mut out,
        &mut io::stderr(),
    )?;
    if tally.passed + tally.failed == 0 {
        return Err(Failure::Message(text::NOTHING_TO_RUN.to_owned()));
    }
    if tally.failed > 0 {
        Err(Failure::Found)
    } else {
        Ok(())
    }
}

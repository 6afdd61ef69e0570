//! The commands: arguments in, exit code out.

use crate::args::{
    Arguments, CasesArgs, CheckArgs, Command, EvalArgs, ListArgs, MaterialArgs, MaterialKind, NewArgs, RenderArgs,
    SchemaArgs,
};
use crate::cases;
use crate::check::{self, Detail};
use crate::clock;
use crate::eval::{Evaluator, Form, Layout, Progress};
use crate::material;
use crate::render::{self, Format};
use crate::schemas;
use crate::skeleton;
use crate::source::{self, Library, Source};
use crate::table::Table;
use crate::text;
use canbao_engine::Program;
use canbao_policy::model::Identity;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
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
        Command::Check(options) => run_check(&source, options),
        Command::Render(options) => render_notice(&source, options),
        Command::Material(options) => make_material(&source, options),
        Command::New(options) => new(&source, options),
        Command::List(options) => list(&source, options),
        Command::Schema(options) => schema(&source, options),
        Command::Eval(options) => eval(&source, options),
        Command::Cases(options) => run_cases(&source, options),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Found) => ExitCode::FAILURE,
        // Whoever reads the output has closed it, as `head` does.
        Err(Failure::Stream(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
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
    let layout = if options.pretty || output.is_terminal() { Layout::Pretty } else { Layout::Compact };
    let form = if options.lines { Form::Lines } else { Form::Auto };
    let mut bar = (!options.no_progress && io::stderr().is_terminal()).then(Bar::default);
    let mut silent = ();
    let progress: &mut dyn Progress = match &mut bar {
        Some(bar) => bar,
        None => &mut silent,
    };
    let mut library = open(source)?;
    for path in &options.notice {
        library.add(path)?;
    }
    let summary = Evaluator::new(library, layout).run(input, output, form, progress)?;
    drop(bar);
    if summary.bad > 0 {
        let all = summary.bad + summary.answered;
        // Of a single request the output says all there is to say.
        if all == 1 {
            return Err(Failure::Found);
        }
        return Err(Failure::Message(text::bad_requests(summary.bad, all, &summary.named)));
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
            let file = std::fs::metadata("/dev/stdin").ok().filter(std::fs::Metadata::is_file);
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

/// The files named, or the whole folder of notices.
fn named_or_all(source: &Source, named: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    match source {
        _ if !named.is_empty() => Ok(named.to_vec()),
        Source::Folder(folder) => Ok(vec![folder.clone()]),
        Source::Baked => Err(Failure::Message(text::NO_FOLDER.to_owned())),
    }
}

fn run_check(source: &Source, options: &CheckArgs) -> Result<(), Failure> {
    let files = check::find(&named_or_all(source, &options.files)?)?;
    let detail = if options.all { Detail::Full } else { Detail::Brief };
    let mut table = Table::new(&text::CHECK_HEADS);
    let (mut passed, mut failed) = (0, 0);
    for path in &files {
        let report = check::check(path, source, detail);
        let mut complaints = io::stderr().lock();
        for message in report.errors.iter().chain(&report.warnings) {
            writeln!(complaints, "{}\n", message.trim_end())?;
        }
        if report.errors.is_empty() {
            passed += 1
        } else {
            failed += 1
        }
        table.row(vec![
            report.name,
            report.rules.to_string(),
            report.days.to_string(),
            report.leaves.to_string(),
            text::cases(report.cases),
            text::unreached(report.uncovered, report.excused),
            text::seconds(report.time),
        ]);
    }
    let mut out = io::stdout().lock();
    if passed + failed > 0 {
        write!(out, "{table}")?;
    }
    writeln!(out, "{passed} passed, {failed} failed")?;
    if failed > 0 { Err(Failure::Found) } else { Ok(()) }
}

/// The notice of a file or with an id.
fn named(source: &Source, notice: &str) -> Result<Program, Failure> {
    let path = Path::new(notice);
    if path.is_file() {
        return Ok(source::program(path)?);
    }
    let program = open(source)?.take(notice).map_err(|error| match error.code {
        "unknown_notice" => text::no_notice(notice),
        _ => error.message,
    })?;
    Ok(program)
}

fn make_material(source: &Source, options: &MaterialArgs) -> Result<(), Failure> {
    if options.kind == MaterialKind::All && options.out.is_none() {
        return Err(Failure::Message(text::OUT_NEEDED.to_owned()));
    }
    let program = named(source, &options.notice)?;
    let on = options.on.unwrap_or_else(clock::today);
    let (pieces, remarks) = material::pieces(&program, on, &options.address, options.kind)?;
    let mut out = io::stdout().lock();
    match &options.out {
        Some(folder) => {
            for path in material::write(folder, &pieces)? {
                writeln!(out, "{path}")?;
            }
        }
        None => {
            for piece in &pieces {
                out.write_all(piece.content.as_bytes())?;
            }
        }
    }
    for remark in remarks {
        writeln!(io::stderr(), "{remark}")?;
    }
    Ok(())
}

fn render_notice(source: &Source, options: &RenderArgs) -> Result<(), Failure> {
    let program = named(source, &options.notice)?;
    let names_html = options.out.as_ref().and_then(|out| out.extension()).is_some_and(|ending| ending == "html");
    let format = if options.html || (names_html && !options.markdown) { Format::Html } else { Format::Markdown };
    let sheet = render::render(&program, format);
    match &options.out {
        Some(out) => Ok(std::fs::write(out, sheet).map_err(|error| text::cannot_write(out, &error))?),
        None => Ok(io::stdout().lock().write_all(sheet.as_bytes())?),
    }
}

fn new(source: &Source, options: &NewArgs) -> Result<(), Failure> {
    let folder = match source {
        Source::Folder(folder) => folder.clone(),
        Source::Baked => PathBuf::from("policies"),
    };
    let (notice, cases) = skeleton::write(&folder, &options.code, options.year, options.pinyin.as_deref())?;
    writeln!(io::stdout().lock(), "{}", text::started(&notice, &cases))?;
    Ok(())
}

fn list(source: &Source, options: &ListArgs) -> Result<(), Failure> {
    let mut notices: Vec<Identity> = Vec::new();
    let mut failed = Vec::new();
    match source {
        Source::Folder(folder) => {
            for file in source.files().map_err(|error| text::cannot_read(folder, &error))? {
                match source::read(&file.path)?.notice {
                    Some(notice) => notices.push(notice.notice),
                    None => failed.push(text::left_out(&file.path)),
                }
            }
        }
        Source::Baked => {
            for entry in canbao_baked::index() {
                let program = canbao_baked::program(entry.id).map_err(|error| error.to_string())?;
                notices.push(program.notice().notice.clone());
            }
        }
    }
    let id = |notice: &Identity| format!("{}-{}", notice.place.code, notice.year);
    let mut out = io::stdout().lock();
    if options.json {
        let all: Vec<_> = notices
            .iter()
            .map(|notice| {
                json!({
                    "id": id(notice), "place": notice.place, "year": notice.year,
                    "title": notice.title, "issued": notice.issued,
                })
            })
            .collect();
        writeln!(out, "{}", json!(all))?;
    } else {
        let mut table = Table::new(&text::LIST_HEADS);
        for notice in &notices {
            table.row(vec![
                id(notice),
                notice.place.name.clone(),
                notice.year.to_string(),
                notice.issued.map_or_else(|| "—".to_owned(), |day| day.to_string()),
                notice.title.clone(),
            ]);
        }
        write!(out, "{table}")?;
    }
    if failed.is_empty() { Ok(()) } else { Err(Failure::Message(failed.join("\n"))) }
}

fn schema(source: &Source, options: &SchemaArgs) -> Result<(), Failure> {
    if !options.write {
        return Ok(io::stdout().lock().write_all(schemas::text_of(options.which).as_bytes())?);
    }
    let Source::Folder(folder) = source else {
        return Err(Failure::Message(text::NO_FOLDER.to_owned()));
    };
    for (kind, name) in schemas::FILES {
        let path = folder.join("../schema").join(name);
        let write = || {
            std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
            std::fs::write(&path, schemas::text_of(*kind))
        };
        write().map_err(|error| text::cannot_write(&path, &error))?;
    }
    Ok(())
}

fn run_cases(source: &Source, options: &CasesArgs) -> Result<(), Failure> {
    let files = cases::find(&named_or_all(source, &options.files)?)?;
    let mut out = io::stdout().lock();
    if options.json {
        let all = cases::export(&files)?;
        writeln!(out, "{all}")?;
        return Ok(());
    }
    let filter = options.filter.as_deref();
    let tally = cases::run(&files, &mut open(source)?, filter, &mut out, &mut io::stderr())?;
    if tally.passed + tally.failed == 0 {
        return Err(Failure::Message(text::NOTHING_TO_RUN.to_owned()));
    }
    if tally.failed > 0 { Err(Failure::Found) } else { Ok(()) }
}

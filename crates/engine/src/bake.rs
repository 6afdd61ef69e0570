//! Programs in a compact text.
//!
//! The app carries every notice. Reading TOML and compiling rules would need their code in the wasm, so both are done
//! when the app is built, and what it carries are finished programs. The packed form is generated from the definitions
//! of the types ([`canbao_policy::pack`]), so it has no walk of its own and cannot drift from them.

use crate::dates::{Counting, Events, Expr, calendar};
use crate::program::Program;
use canbao_policy::model::{DateExpr, Notice};
use canbao_policy::pack::{Pack, Reader};

/// Why a text is no program: it was baked by another version, or damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BakeError;

impl BakeError {
    /// What it says.
    #[must_use]
    pub const fn text(self) -> &'static str {
        "通知数据损坏；请重新打开网页，或重新构建"
    }
}

impl core::fmt::Display for BakeError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.text())
    }
}

impl std::error::Error for BakeError {}

/// The program as a compact text. Its notice is in it without its rules: those are compiled into the program.
#[must_use]
pub fn bake(mut program: Program) -> String {
    fix_days(&mut program.notice);
    let mut text = String::new();
    program.pack(&mut text);
    text
}

/// The program that [`bake`] made this text from.
///
/// # Errors
/// When the text is not what [`bake`] makes.
///
/// ```
/// assert!(canbao_engine::bake::unbake("???").is_err());
/// ```
pub fn unbake(text: &str) -> Result<Program, BakeError> {
    let mut reader = Reader::new(text);
    let program = Program::unpack(&mut reader);
    if reader.done() { Ok(program) } else { Err(BakeError) }
}

/// Days of periods are fixed days; a program knows them anyway, and only such days have a packed form.
fn fix_days(notice: &mut Notice) {
    let year = notice.notice.year;
    for period in &mut notice.periods {
        for day in [&mut period.from, &mut period.to] {
            let fixed = Expr::compile(day, year, &|_| None).and_then(|day| day.eval(Events::default(), Counting::Wide));
            if let Some(fixed) = fixed.and_then(calendar) {
                *day = DateExpr::Day(fixed);
            }
        }
    }
}

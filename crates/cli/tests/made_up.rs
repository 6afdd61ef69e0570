//! The made-up notices in `tests/notices`: what the five real ones do not have, written with the notice format alone.
//! Each is proved like a real one, every leaf of it is reached by a case, and the cases come out.

use canbao_cli::cases;
use canbao_cli::check::{self, Detail};
use canbao_cli::source::{Library, Source};
use std::path::{Path, PathBuf};

fn notices() -> Vec<PathBuf> {
    vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/notices")]
}

#[test]
fn every_made_up_notice_is_sound() {
    let files = check::find(&notices()).expect("the folder of notices");
    assert!(files.len() >= 12, "{} notices", files.len());
    for file in files {
        let report = check::check(&file, &Source::Baked, Detail::Full);
        assert!(report.errors.is_empty(), "{}", report.errors.join("\n"));
        assert!(report.warnings.is_empty(), "{}", report.warnings.join("\n"));
        assert!(report.cases.is_some_and(|cases| cases > 0), "no cases beside {}", file.display());
        assert_eq!(report.uncovered, Some(0), "{}", report.name);
    }
}

#[test]
fn every_case_of_the_made_up_notices_passes() {
    let files = cases::find(&notices()).expect("the folder of notices");
    let mut library = Library::open(&Source::Baked).expect("the notices of the program");
    let (mut report, mut complaints) = (Vec::new(), Vec::new());
    let tally = cases::run(&files, &mut library, None, &mut report, &mut complaints).expect("a report in memory");
    let said = [report, complaints].concat();
    assert_eq!(tally.failed, 0, "{}", String::from_utf8_lossy(&said));
    assert!(tally.passed > 0);
}

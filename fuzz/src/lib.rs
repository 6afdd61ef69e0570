//! The doors through which text of strangers comes in, each as a function that takes any bytes.
//!
//! libFuzzer calls them with whatever reaches code that nothing reached before; a panic ends the run and keeps the bytes.
//! This crate is in the workspace, so that it has the one lock and the one set of lints. `cargo x fuzz` builds it with the
//! compiler counting branches and with libFuzzer around it; built as usual, its programs walk once through a door with a
//! file that libFuzzer kept.

use canbao_engine::Program;
use canbao_engine::answers::{Loose, LooseRequest};
use canbao_engine::bake::unbake;
use canbao_engine::evaluate::evaluate_request;
use canbao_policy::author;
use std::sync::OnceLock;

fn programs() -> &'static [Program] {
    static PROGRAMS: OnceLock<Vec<Program>> = OnceLock::new();
    PROGRAMS.get_or_init(|| {
        canbao_baked::index().iter().map(|entry| canbao_baked::program(entry.id).expect("a sound notice")).collect()
    })
}

/// A request in JSON, as a portal sends it: to the notice that it names, to every one if it names none that there is.
pub fn request(bytes: &[u8]) {
    let Ok(request) = serde_json::from_slice::<LooseRequest>(bytes) else { return };
    let named = |program: &&Program| matches!(&request.notice, Some(Loose::Text(id)) if id == program.id());
    let of = match programs().iter().find(named) {
        Some(program) => std::slice::from_ref(program),
        None => programs(),
    };
    for program in of {
        match evaluate_request(program, &request) {
            Ok(response) => assert!(!response.outcomes.is_empty(), "no outcome"),
            Err(error) => {
                assert_ne!(error.code, "bad_notice", "{}", error.message);
                assert!(!error.message.is_empty(), "an error that says nothing");
            }
        }
    }
}

/// A packed notice, as it stands in a page.
pub fn packed(bytes: &[u8]) {
    let _ = unbake(&String::from_utf8_lossy(bytes));
}

/// A notice file, as somebody hands it to `canbao check`. A sound one is made ready as well, which may find faults.
pub fn notice(bytes: &[u8]) {
    let read = author::read(&String::from_utf8_lossy(bytes), "notice.toml");
    for found in &read.diagnostics {
        assert!(!found.to_string().is_empty(), "a mistake without a message");
    }
    let sound = read.is_sound();
    if let Some(notice) = read.notice.filter(|_| sound) {
        let _ = Program::new(notice);
    }
}

/// The whole of a program without libFuzzer: each file that it is given goes through the door.
pub fn replay(door: fn(&[u8])) {
    for file in std::env::args_os().skip(1) {
        door(&std::fs::read(file).expect("a file that reads"));
    }
}

//! How fast the engine is: with every answer given, with none, and what getting a notice ready costs.
//!
//! `cargo bench -p canbao-engine --bench engine` shows it in detail. With `--json` it prints the medians instead, for
//! the table of `cargo x bench`, which puts wasm and publicodes on the same persons beside them.

use canbao_engine::answers::LooseRequest;
use canbao_engine::bake::unbake;
use canbao_engine::questions::typical_days;
use canbao_engine::{Answers, Program, evaluate};
use chrono::NaiveDate;
use divan::Bencher;
use serde_json::Value;
use std::fmt;
use std::hint::black_box;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// As in the command line, which is what evaluates natively.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Typical persons of each notice who have answered everything; the Node benchmark reads the same file.
const PERSONS: &str = include_str!("../../../tests/node/bench/persons.json");

struct Ready {
    id: &'static str,
    text: &'static str,
    program: Program,
    days: Vec<NaiveDate>,
}

static NOTICES: LazyLock<Vec<Ready>> = LazyLock::new(|| {
    let ready = |entry: &canbao_baked::Entry| {
        let text = canbao_baked::text(entry);
        let program = canbao_baked::program(entry.id).expect("a baked notice is sound");
        let days = typical_days(&program);
        Ready { id: entry.id, text, program, days }
    };
    canbao_baked::index().iter().map(ready).collect()
});

#[derive(Clone)]
struct Person {
    notice: &'static Ready,
    name: String,
    on: NaiveDate,
    answers: Answers,
}

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.notice.id, self.name)
    }
}

fn persons() -> Vec<Person> {
    let all: Vec<Value> = serde_json::from_str(PERSONS).expect("JSON");
    let read = |person: &Value| {
        let request: LooseRequest = serde_json::from_str(&person["request"].to_string()).expect("a request");
        let (id, on) = request.head().expect("a notice and a day");
        let notice = NOTICES.iter().find(|ready| ready.id == id).expect("one of the notices");
        let answers = Answers::read(&request.answers, notice.program.notice()).expect("answers");
        Person { notice, name: person["name"].as_str().unwrap_or_default().to_owned(), on, answers }
    };
    all.iter().map(read).collect()
}

/// A day on which nothing is known of the person.
fn strangers() -> Vec<Person> {
    let of = |notice: &'static Ready| {
        notice.days.iter().map(move |&on| Person { notice, name: on.to_string(), on, answers: Answers::default() })
    };
    NOTICES.iter().flat_map(of).collect()
}

fn ids() -> Vec<&'static str> {
    NOTICES.iter().map(|ready| ready.id).collect()
}

fn ready(id: &str) -> &'static Ready {
    NOTICES.iter().find(|ready| ready.id == id).expect("one of the notices")
}

#[divan::bench(args = persons())]
fn every_answer_given(bencher: Bencher, person: &Person) {
    bencher.bench(|| evaluate(&person.notice.program, black_box(person.on), black_box(&person.answers)));
}

#[divan::bench(args = strangers())]
fn none_given(bencher: Bencher, person: &Person) {
    bencher.bench(|| evaluate(&person.notice.program, black_box(person.on), black_box(&person.answers)));
}

#[divan::bench(args = ids())]
fn program_new(bencher: Bencher, id: &str) {
    let notice = canbao_baked::notice(id).expect("a notice");
    bencher.with_inputs(|| notice.clone()).bench_values(Program::new);
}

#[divan::bench(args = ids())]
fn unbake_notice(bencher: Bencher, id: &str) {
    let text = ready(id).text;
    bencher.bench(|| unbake(black_box(text)));
}

/// The median time of one call in nanoseconds, over samples of some milliseconds each.
fn time<T>(mut call: impl FnMut() -> T) -> u64 {
    let mut sample = |calls: u32| {
        let start = Instant::now();
        for _ in 0..calls {
            black_box(call());
        }
        start.elapsed()
    };
    let mut calls = 1;
    while sample(calls) < Duration::from_millis(2) {
        calls *= 2;
    }
    let mut samples: Vec<Duration> = (0..41).map(|_| sample(calls)).collect();
    samples.sort_unstable();
    u64::try_from(samples[samples.len() / 2].as_nanos()).unwrap_or(u64::MAX) / u64::from(calls)
}

/// The medians as JSON.
fn medians() -> Value {
    let (persons, strangers) = (persons(), strangers());
    let of = |ready: &Ready| {
        let times = |all: &[Person]| -> Vec<u64> {
            let own = all.iter().filter(|person| person.notice.id == ready.id);
            own.map(|p| time(|| evaluate(&ready.program, black_box(p.on), black_box(&p.answers)))).collect()
        };
        let notice = canbao_baked::notice(ready.id).expect("a notice");
        serde_json::json!({
            "id": ready.id,
            "days": ready.days,
            "full": times(&persons),
            "none": times(&strangers),
            // With the copy that it consumes: no notice is used twice.
            "new": time(|| Program::new(notice.clone())),
            "unbake": time(|| unbake(black_box(ready.text))),
        })
    };
    NOTICES.iter().map(of).collect()
}

fn main() {
    if std::env::args().any(|argument| argument == "--json") {
        println!("{}", medians());
    } else {
        divan::main();
    }
}

//! The calendar file: as RFC 5545 has it, and its days the engine's.

mod common;

use canbao_engine::contract::Today;
use canbao_engine::evaluate;
use canbao_material::Material;
use canbao_material::amounts::Amounts;
use chrono::{Days, NaiveDate};
use common::{address, adult, days, programs};
use std::collections::BTreeSet;

struct Event {
    lines: Vec<(String, String)>,
    alarms: usize,
}

impl Event {
    fn get(&self, name: &str) -> &str {
        let mut found = self.lines.iter().filter(|(known, _)| known == name);
        let value = &found.next().unwrap_or_else(|| panic!("{name}")).1;
        assert!(found.next().is_none(), "{name} twice");
        value
    }

    fn day(&self, name: &str) -> NaiveDate {
        NaiveDate::parse_from_str(self.get(name), "%Y%m%d").expect("a day")
    }
}

/// Reads a file strictly: line ends, folding, nesting.
fn read(file: &str) -> Vec<Event> {
    assert!(file.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"), "{file}");
    assert!(file.ends_with("\r\nEND:VCALENDAR\r\n"));
    assert_eq!(file.matches('\n').count(), file.matches("\r\n").count());
    assert_eq!(file.matches('\r').count(), file.matches("\r\n").count());
    for line in file.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
    }
    let mut events: Vec<Event> = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for line in file.replace("\r\n ", "").trim_end().split("\r\n") {
        let (name, value) = line.split_once(':').expect("a name and a value");
        match name {
            "BEGIN" => {
                open.push(value.to_owned());
                match value {
                    "VEVENT" => events.push(Event { lines: Vec::new(), alarms: 0 }),
                    "VALARM" => events.last_mut().expect("within an event").alarms += 1,
                    other => assert_eq!(other, "VCALENDAR"),
                }
            }
            "END" => assert_eq!(open.pop().as_deref(), Some(value)),
            name if open.last().is_some_and(|kind| kind == "VEVENT") => {
                events.last_mut().expect("within an event").lines.push((name.to_owned(), value.to_owned()));
            }
            _ => {}
        }
    }
    assert!(open.is_empty());
    events
}

#[test]
fn the_days_are_the_engines() {
    let address = address();
    let (mut files, mut none) = (0, 0);
    for program in programs() {
        let amounts = Amounts::of(&program).expect("sound");
        for on in days(&program, &amounts) {
            let material = Material::new(&program, &amounts, on, &address).expect("the year is not over");
            let open = |day: NaiveDate| {
                let response = evaluate(&program, day, &adult(&program, &[])).expect("no contradiction");
                response.outcomes.iter().any(|outcome| outcome.today == Today::Open)
            };
            let Some(file) = material.calendar() else {
                none += 1;
                // Nothing is payable any more, or the notice does not say until when.
                let left = on.iter_days().take(370).filter(|day| open(*day)).count();
                let stated = amounts.spans(0).iter().any(|span| span.to().is_some_and(|to| to >= on));
                assert!(left == 0 || !stated, "{} on {on}", program.id());
                continue;
            };
            files += 1;
            let mut names = BTreeSet::new();
            for event in read(&file) {
                assert!(names.insert(event.get("UID").to_owned()), "{} twice", event.get("UID"));
                assert_eq!(event.get("DTSTAMP"), format!("{}T000000Z", on.to_string().replace('-', "")));
                assert_eq!(event.get("URL"), address.as_str());
                let (from, end) = (event.day("DTSTART;VALUE=DATE"), event.day("DTEND;VALUE=DATE"));
                assert!(from < end && end > on, "{} {from} {end}", program.id());
                for day in from.iter_days().take_while(|day| *day < end) {
                    assert!(open(day), "{} {day}: nobody can pay", program.id());
                }
                let last = event.get("UID").contains("-last-");
                assert_eq!(event.alarms, if last { 2 } else { 0 });
                if last {
                    let response = evaluate(&program, from, &adult(&program, &[])).expect("no contradiction");
                    let deadline = response.outcomes[0].deadline.and_then(|deadline| deadline.safe);
                    let fees = |day| {
                        let response = evaluate(&program, day, &adult(&program, &[])).expect("no contradiction");
                        response.outcomes.into_iter().map(|outcome| (outcome.route, outcome.fee)).collect::<Vec<_>>()
                    };
                    assert!(
                        deadline == Some(from) || fees(from) != fees(from + Days::new(1)),
                        "{} {from}",
                        program.id()
                    );
                }
            }
        }
    }
    assert!(files > 40 && none > 5, "{files} files, {none} without a day");
}

/// A newer file changes the events of an older one.
#[test]
fn an_event_keeps_its_name() {
    let address = address();
    for program in programs() {
        let amounts = Amounts::of(&program).expect("sound");
        let names = |on| -> BTreeSet<String> {
            let material = Material::new(&program, &amounts, on, &address).expect("the year is not over");
            let events = material.calendar().map(|file| read(&file)).unwrap_or_default();
            events.iter().map(|event| event.get("UID").to_owned()).collect()
        };
        let all: Vec<BTreeSet<String>> = days(&program, &amounts).into_iter().map(names).collect();
        for pair in all.windows(2) {
            assert!(pair[1].is_subset(&pair[0]), "{}", program.id());
        }
    }
}

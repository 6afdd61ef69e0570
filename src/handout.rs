//! The result to take along: as text for a message, and its last day as a calendar file.

use crate::components::calendar::next;
use crate::components::outcome::{first_time, headline, route, today, wide};
use crate::text::{self, format, handout as words, result};
use canbao_engine::contract::{Deadline, Kind, Outcome, Today};
use canbao_engine::{Program, Response};
use canbao_policy::model::Action;
use chrono::{Datelike, NaiveDate};

/// The result as text: what it comes to, until when, where, whom to ask, and by which notice. Nothing of a year that is
/// over is handed on.
pub fn as_text(program: &Program, response: &Response) -> String {
    let notice = program.notice();
    let identity = &notice.notice;
    let mut lines = vec![text::place_and_year(&identity.place.name, identity.year)];
    if let Some(first) = response.outcomes.first() {
        if response.outcomes.len() > 1 {
            lines.push(result::several(&amounts(response)));
            lines.push(words::PLAN_BY.to_owned());
        }
        lines.push(result::by_route(&headline(first), route(first)));
        lines.extend(in_vain(program, response));
        let disputed = first.today == Today::Disputed;
        if disputed || first.registers_only() {
            lines.push(words::dated(today(response.on, first), &format::day(response.on)));
        }
        if let Some((deadline, day)) = last_day(response.on, first) {
            // That today is disputed is because of this day.
            let late = disputed && first.strictly_late(response.on);
            if !late {
                lines.push(words::line(result::deadline(deadline.action), &format::day_of_week(day)));
            }
            let latest = deadline.latest.filter(|latest| late || *latest != day);
            lines.extend(latest.map(|latest| wide(response.on, first)(&format::day(latest))));
        }
        lines.extend(first_time(response.on, first));
        let periods: Vec<String> = first.periods.iter().map(|&(from, to)| format::stretch(from, to)).collect();
        if first.kind != Kind::NotCovered && !periods.is_empty() {
            lines.push(words::line(result::PERIODS, &periods.join(text::LIST_SEPARATOR)));
        }
        let named = |id| notice.channels.iter().find(|channel| channel.id == id);
        let channels: Vec<&str> =
            first.channels.iter().filter_map(|id| named(*id)).map(|channel| channel.name.as_str()).collect();
        if !channels.is_empty() {
            lines.push(words::line(result::CHANNELS, &channels.join(text::LIST_SEPARATOR)));
        }
        lines.extend(first.wait.as_ref().map(|wait| result::wait(&format::length(&wait.length))));
        lines.extend(first.notes.iter().cloned());
    }
    for contact in &notice.contacts {
        if let Some(phone) = &contact.phone {
            lines.push(words::line(&contact.office, phone));
        }
    }
    let source = identity.document.as_deref().unwrap_or(&identity.title);
    lines.push(words::line(result::SOURCE, source));
    lines.push(words::as_of(&format::day(response.on)));
    lines.push(result::SOURCE_LAST.to_owned());
    lines.join("\n")
}

/// What the outcomes come to, each once.
pub fn amounts(response: &Response) -> Vec<String> {
    let mut headlines: Vec<String> = Vec::new();
    for outcome in &response.outcomes {
        let headline = headline(outcome);
        if !headlines.contains(&headline) {
            headlines.push(headline);
        }
    }
    headlines
}

/// That who pays has no cover in the year any more, or perhaps none.
fn in_vain(program: &Program, response: &Response) -> Option<String> {
    Some(result::in_vain(response.in_vain()?, program.notice().notice.year))
}

/// What has a last day, and the one that is left.
fn last_day(on: NaiveDate, outcome: &Outcome) -> Option<(Deadline, NaiveDate)> {
    let deadline = outcome.deadline.filter(|_| outcome.kind != Kind::NotCovered)?;
    Some((deadline, outcome.last_day(on)?))
}

/// The last day as a calendar file (RFC 5545), with a reminder three days before and one on the day, and before it the
/// last day to register first, if there is one; nothing where there is no last day ahead, and where today is disputed:
/// then nobody is to wait for a later day.
pub fn calendar(program: &Program, response: &Response) -> Option<String> {
    let on = response.on;
    let first = response.outcomes.first().filter(|first| first.today != Today::Disputed)?;
    let (deadline, last) = last_day(on, first).filter(|(_, day)| *day >= on)?;
    let identity = &program.notice().notice;
    let place = text::place_and_year(&identity.place.name, identity.year);
    let comes_to = if response.outcomes.len() > 1 { result::several(&amounts(response)) } else { headline(first) };
    let last_word = Some(result::SOURCE_LAST.to_owned());
    let about = [Some(comes_to), in_vain(program, response), first_time(on, first), last_word];
    let about = escaped(&about.into_iter().flatten().collect::<Vec<_>>().join("\n"));
    let mut lines: Vec<String> =
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//canbao//canbao//ZH"].map(str::to_owned).into();
    let register = first.register_by.and_then(|register| register.safe).filter(|day| *day >= on);
    let register = register.map(|day| (Action::Register, day, words::REGISTER_FIRST));
    for (action, day, what) in register.into_iter().chain([(deadline.action, last, words::event(deadline.action))]) {
        let summary = escaped(&words::line(&place, what));
        // It is read on another day too.
        let reminder = escaped(&words::line(&place, &words::dated(what, &format::day_of_week(day))));
        lines.push("BEGIN:VEVENT".to_owned());
        lines.push(["UID:", program.id(), "-", action.as_str(), "-", &digits(day), "@canbao"].concat());
        lines.push(["DTSTAMP:", &digits(on), "T000000Z"].concat());
        lines.push(["DTSTART;VALUE=DATE:", &digits(day)].concat());
        lines.push(["DTEND;VALUE=DATE:", &digits(next(day))].concat());
        lines.push(["SUMMARY:", &summary].concat());
        lines.push(["DESCRIPTION:", &about].concat());
        lines.push("TRANSP:TRANSPARENT".to_owned());
        // The day begins at midnight: nine o'clock three days before, and nine o'clock on the day.
        for trigger in ["TRIGGER:-P2DT15H", "TRIGGER:PT9H"] {
            lines.extend(["BEGIN:VALARM", "ACTION:DISPLAY", trigger].map(str::to_owned));
            lines.push(["DESCRIPTION:", &reminder].concat());
            lines.push("END:VALARM".to_owned());
        }
        lines.push("END:VEVENT".to_owned());
    }
    lines.push("END:VCALENDAR".to_owned());
    Some(lines.iter().map(|line| folded(line)).collect())
}

/// `20260225`.
fn digits(day: NaiveDate) -> String {
    let mut text = day.year().to_string();
    for number in [day.month(), day.day()] {
        if number < 10 {
            text.push('0');
        }
        text.push_str(&number.to_string());
    }
    text
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for sign in text.chars() {
        match sign {
            '\\' | ';' | ',' => escaped.extend(['\\', sign]),
            '\n' => escaped.push_str("\\n"),
            sign => escaped.push(sign),
        }
    }
    escaped
}

/// Octets that a line may have, its end not counted.
const LINE: usize = 75;

/// A line, broken where it is too long, never within a character; a line that goes on begins with a space.
fn folded(line: &str) -> String {
    let mut folded = String::new();
    let mut octets = 0;
    for sign in line.chars() {
        if octets + sign.len_utf8() > LINE {
            folded.push_str("\r\n ");
            octets = 1;
        }
        folded.push(sign);
        octets += sign.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use canbao_engine::answers::{Answers, Loose};
    use canbao_engine::evaluate;
    use canbao_policy::map::Map;
    use canbao_policy::model::{LastYear, Left, OtherPlan, Residence, Student};

    const ON: &str = "2026-02-10";

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn asked(groups: &[&str]) -> (&'static Program, Response) {
        let program = crate::testing::program("141123-2026");
        let mut answers = Map::default();
        let text = |text: &str| Loose::Text(text.to_owned());
        for (key, value) in [("residence", "local"), ("other_plan", "none"), ("birth_date", "1980-05-20")] {
            answers.insert(key.to_owned(), text(value));
        }
        answers.insert("groups".to_owned(), Loose::List(groups.iter().map(|group| text(group)).collect()));
        let answers = Answers::read(&answers, program.notice()).expect("answers");
        let response = evaluate(program, day(ON), &answers).expect("a response");
        (program, response)
    }

    #[test]
    fn the_text_says_what_the_page_says() {
        let (program, response) = asked(&[]);
        let text = as_text(program, &response);
        let first = response.outcomes.first().expect("an outcome");
        let fee = first.fee.as_ref().expect("a fee");
        for said in [
            result::pay(&fee.payable.to_string()),
            format::day_of_week(first.deadline.and_then(|deadline| deadline.safe).expect("a last day")),
            program.notice().notice.document.clone().expect("a number"),
            format::day(day(ON)),
            text::place_and_year(&program.notice().notice.place.name, program.notice().notice.year),
        ] {
            assert!(text.contains(&said), "{said} is missing in {text}");
        }
        assert!(!text.contains("1980"), "no answer is in it");
    }

    #[test]
    fn the_calendar_file_keeps_to_its_format() {
        let (program, response) = asked(&["dibao"]);
        let first = response.outcomes.first().expect("an outcome");
        let file = calendar(program, &response).expect("a last day");
        assert!(file.ends_with("END:VCALENDAR\r\n"));
        for line in file.split_terminator("\r\n") {
            assert!(line.len() <= LINE && !line.contains(['\r', '\n']), "{line}");
        }
        let whole = file.replace("\r\n ", "");
        let last = first.deadline.and_then(|deadline| deadline.safe).expect("a last day");
        for line in [
            "DTSTAMP:20260210T000000Z".to_owned(),
            format!("DTSTART;VALUE=DATE:{}", last.to_string().replace('-', "")),
            "DTEND;VALUE=DATE:20260226".to_owned(),
            "UID:141123-2026-pay-20260225@canbao".to_owned(),
        ] {
            assert!(whole.contains(&format!("{line}\r\n")), "{line} is missing in {whole}");
        }
        for part in ["VCALENDAR", "VEVENT", "VALARM"] {
            let count = |edge: &str| whole.matches(&format!("{edge}:{part}\r\n")).count();
            assert_eq!(count("BEGIN"), count("END"));
        }
        assert!(whole.contains(&headline(first)));
    }

    /// 山阴 三(一)1: who registers on the last day of the period can pay only after it.
    #[test]
    fn who_registers_first_is_reminded_of_that_too() {
        let program = crate::testing::program("140621-2025");
        let answers = Answers { last_year: Some(LastYear::Never), ..adult() };
        let last = format::day_of_week(day("2025-02-21"));
        for (on, said) in
            [("2024-11-10", result::register_first(&last)), ("2025-02-24", result::register_by_past(&last))]
        {
            let response = evaluate(program, day(on), &answers).expect("a response");
            let text = as_text(program, &response);
            // It is read on other days.
            assert!(text.contains(&said) && !text.contains("今天"), "{on}: {text}");
            let file = calendar(program, &response).expect("a last day").replace("\r\n ", "");
            assert!(file.contains(&said), "{on}: {file}");
        }
        let response = evaluate(program, day("2024-11-10"), &answers).expect("a response");
        let file = calendar(program, &response).expect("a last day").replace("\r\n ", "");
        let days: Vec<&str> = file.split("DTSTART;VALUE=DATE:").skip(1).map(|rest| &rest[..8]).collect();
        assert_eq!(days, ["20250221", "20250225"], "{file}");
        let alarms = file.lines().filter(|line| line.starts_with("DESCRIPTION:") && line.contains("最后一天")).count();
        assert!(
            alarms == 4 && !file.lines().any(|line| line.starts_with("DESCRIPTION:") && line.contains("今天")),
            "{file}"
        );
        assert!(file.contains(words::REGISTER_FIRST) && file.contains(words::event(Action::Pay)));
        assert_eq!(file.matches("BEGIN:VEVENT").count(), file.matches("END:VEVENT").count());
    }

    #[test]
    fn a_calendar_file_is_no_firmer_than_the_page() {
        let program = crate::testing::program("141123-2026");
        let response = evaluate(program, day(ON), &Answers { groups: None, ..adult() }).expect("a response");
        assert!(response.outcomes.len() > 1);
        let file = calendar(program, &response).expect("a last day").replace("\r\n ", "");
        assert!(file.contains(&escaped(&result::several(&amounts(&response)))), "{file}");
    }

    fn adult() -> Answers {
        Answers {
            residence: Some(Residence::Local),
            other_plan: Some(OtherPlan::None),
            birth_date: Some(day("1980-05-20")),
            groups: Some(Default::default()),
            left: Some(Left::None),
            student: Some(Student::None),
            last_year: Some(LastYear::Resident),
            ..Answers::default()
        }
    }

    #[test]
    fn there_is_no_calendar_file_without_a_day_ahead() {
        for entry in canbao_baked::index() {
            let program = crate::testing::program(entry.id);
            for on in ["2020-01-01", "2026-02-25", "2026-03-20", "2030-01-01"].map(day) {
                let response = evaluate(program, on, &Answers::default()).expect("a response");
                let first = response.outcomes.first().expect("an outcome");
                let deadline = first.deadline.filter(|_| first.kind != Kind::NotCovered);
                let last = deadline.and_then(|deadline| deadline.safe.or(deadline.latest));
                let ahead = last.is_some_and(|last| last >= on) && first.today != Today::Disputed;
                assert_eq!(calendar(program, &response).is_some(), ahead, "{} {on}", entry.id);
            }
        }
    }

    #[test]
    fn signs_with_a_meaning_are_escaped() {
        assert_eq!(escaped("a,b;c\\d\ne"), "a\\,b\\;c\\\\d\\ne");
    }

    #[test]
    fn a_long_line_is_broken_between_characters() {
        let line = ["SUMMARY:", &"\u{4ea4}".repeat(60)].concat();
        let folded = folded(&line);
        assert!(folded.split_terminator("\r\n").all(|line| line.len() <= LINE));
        assert_eq!(folded.replace("\r\n ", "").trim_end(), line);
    }
}

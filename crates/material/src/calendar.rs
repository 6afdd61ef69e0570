//! The payable days as an iCalendar file (RFC 5545), which any phone's calendar opens.
//!
//! Each stretch of payable days is an event of whole days, and the last day is one of its own, with an alarm three days
//! before and on the day before. An event keeps its name in every file of the notice, so that opening a newer one
//! changes the events instead of adding more.

use crate::Address;
use crate::amounts::{Run, Span};
use crate::facts::Facts;
use crate::text;
use chrono::NaiveDate;

/// Nine in the morning three days before the day, and on the day before it.
const ALARMS: [&str; 2] = ["-P2DT15H", "-PT15H"];

/// The file; none where no payable day is left, or none is stated.
pub(crate) fn write(facts: &Facts<'_>, address: &Address) -> Option<String> {
    let notice = &facts.notice.notice;
    let mut file = File {
        text: String::new(),
        notice: format!("{}-{}", notice.place.code, notice.year),
        stamp: format!("DTSTAMP:{}T000000Z", basic(facts.on)),
        address: address.as_str(),
        flawed: if facts.flawed() { text::FLAWED_SPOKEN } else { "" },
    };
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//canbao//canbao//ZH", "CALSCALE:GREGORIAN"] {
        file.line(line);
    }
    file.said("X-WR-CALNAME", &text::calendar_name(facts.place(), facts.year()));
    let mut events = 0;
    for span in facts.amounts.spans(0) {
        let prices = facts.span_prices(&span);
        let (first, last) = (span.runs.first().copied(), span.runs.last().copied());
        for &(from, to) in span.runs.iter().filter(|(_, to)| *to >= facts.on) {
            // A stretch whose beginning or end the notice does not give is no event.
            let open = (first == Some((from, to)) && !span.starts) || (last == Some((from, to)) && !span.ends);
            if !open {
                events += 1;
                let besides = besides(&span, (from, to));
                file.event(&Event { kind: "pay", days: (from, to), about: text::event(&prices), besides, alarm: None });
            }
        }
        if let Some(to) = span.to().filter(|to| *to >= facts.on) {
            events += 1;
            let alarm = Some(text::alarm(to));
            let (about, besides) = (text::last_event(facts.place()), besides(&span, (to, to)));
            file.event(&Event { kind: "last", days: (to, to), about, besides, alarm });
        }
    }
    file.line("END:VCALENDAR");
    (events > 0).then_some(file.text)
}

/// What has to be known beside the amount by who pays on these days.
fn besides(span: &Span<'_>, (from, to): Run) -> Vec<String> {
    let continuing = span.continuing.then(|| text::CONTINUING.to_owned());
    let in_vain = span.in_vain.filter(|day| *day <= to).map(|day| text::in_vain(day.max(from)));
    continuing.into_iter().chain(in_vain).collect()
}

/// A day without separators.
fn basic(day: NaiveDate) -> String {
    day.to_string().replace('-', "")
}

/// An entry of the calendar.
struct Event {
    /// What it is, in its name.
    kind: &'static str,
    days: Run,
    about: String,
    besides: Vec<String>,
    alarm: Option<String>,
}

/// The file as far as it is written, and what each of its events has.
struct File<'a> {
    text: String,
    notice: String,
    stamp: String,
    address: &'a str,
    /// That the copy of the notice has faults, or nothing.
    flawed: &'a str,
}

impl File<'_> {
    /// A line, folded after at most 75 octets and never within a character.
    fn line(&mut self, line: &str) {
        let mut octets = 0;
        for c in line.chars() {
            if octets + c.len_utf8() > 75 {
                self.text.push_str("\r\n ");
                octets = 1;
            }
            self.text.push(c);
            octets += c.len_utf8();
        }
        self.text.push_str("\r\n");
    }

    fn said(&mut self, name: &str, text: &str) {
        let text = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n");
        self.line(&format!("{name}:{text}"));
    }

    fn event(&mut self, event: &Event) {
        let (from, to) = event.days;
        self.line("BEGIN:VEVENT");
        self.line(&format!("UID:{}-{}-{}@canbao", self.notice, event.kind, basic(from)));
        self.line(&self.stamp.clone());
        self.line(&format!("DTSTART;VALUE=DATE:{}", basic(from)));
        // The end is the first day that is no longer part of it.
        self.line(&format!("DTEND;VALUE=DATE:{}", basic(to.succ_opt().unwrap_or(to))));
        self.said("SUMMARY", &event.about);
        let said = [event.besides.as_slice(), &[text::link(self.address), self.flawed.to_owned()]].concat();
        self.said("DESCRIPTION", said.join("\n").trim_end());
        self.line(&format!("URL:{}", self.address));
        self.line("TRANSP:TRANSPARENT");
        for (trigger, said) in ALARMS.iter().zip(event.alarm.iter().cycle()) {
            self.line("BEGIN:VALARM");
            self.line("ACTION:DISPLAY");
            self.line(&format!("TRIGGER:{trigger}"));
            self.said("DESCRIPTION", said);
            self.line("END:VALARM");
        }
        self.line("END:VEVENT");
    }
}

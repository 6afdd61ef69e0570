//! The message to a village's group and the announcement of its loudspeaker.
//!
//! Both have a length they may not pass. They are built from parts, each with shorter ways of saying it, and the parts
//! that matter least are shortened first until all of it fits.

use crate::Address;
use crate::amounts::monthly;
use crate::facts::{Facts, Line};
use crate::text::{self, spoken};
use canbao_policy::model::Unstated;

/// The most characters of a message.
const MESSAGE: usize = 200;

/// The most characters to speak: four in a second, for a minute.
const SPOKEN: usize = 240;

/// A part in its forms, the longest first; the last may be empty.
type Part = Vec<String>;

/// The parts in a row, each in the form that was taken.
fn text_of(parts: &[Part], taken: &[usize]) -> String {
    parts.iter().zip(taken).filter_map(|(forms, &at)| forms.get(at)).map(String::as_str).collect()
}

/// The form of each part, those named first in the order shortened first, until they are not longer than the limit.
/// What room is then left goes to those that were shortened last.
fn fitted(parts: &[Part], order: &[usize], limit: usize, length: impl Fn(&str) -> usize) -> Vec<usize> {
    let mut taken = vec![0; parts.len()];
    let fits = |taken: &[usize]| length(&text_of(parts, taken)) <= limit;
    for &part in order {
        while !fits(&taken) && parts.get(part).is_some_and(|forms| taken[part] + 1 < forms.len()) {
            taken[part] += 1;
        }
    }
    for &part in order.iter().rev() {
        let most = taken[part];
        taken[part] = (0..most)
            .find(|&form| {
                let mut longer = taken.clone();
                longer[part] = form;
                fits(&longer)
            })
            .unwrap_or(most);
    }
    taken
}

fn sentence(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{text}{}", text::STOP) }
}

/// A part that may be left out.
fn or_not(text: String) -> Part {
    if text.is_empty() { vec![text] } else { vec![text, String::new()] }
}

/// The message: head, amount, days, groups, premiums, channels, contact, link, as-of date.
pub(crate) fn message(facts: &Facts<'_>, address: &Address) -> String {
    let parts = message_parts(facts, address.as_str());
    text_of(&parts, &message_forms(&parts))
}

/// What staff are told that the message has not all of, and whether a shorter address would make room for more of it.
pub(crate) fn message_gaps(facts: &Facts<'_>, address: &Address) -> Option<String> {
    let at = |length: usize| {
        let parts = message_parts(facts, address.as_str().get(..length).unwrap_or_default());
        let forms = message_forms(&parts);
        // An amount that is not stated is shortened by a phone number alone, which the offices have.
        let short = |&(part, name): &(usize, &str)| {
            forms[part] > 0 && !(name == text::GAP_REASONS && facts.amount_is_unstated())
        };
        GAPS.into_iter().filter(short).map(|(_, name)| name).collect::<Vec<_>>()
    };
    let long = address.as_str().len();
    let gaps = at(long);
    // A little room may also put one part in another's place: that is no gain.
    let gains = |less: &Vec<&str>| less.len() < gaps.len() && less.iter().all(|name| gaps.contains(name));
    let shorter = (SHORT..long).rev().map(|length| (length, at(length))).find(|(_, less)| gains(less));
    let room = shorter.map(|(length, less)| {
        let gained: Vec<&str> = gaps.iter().copied().filter(|name| !less.contains(name)).collect();
        text::message_room(long - length, &gained.join(text::LIST))
    });
    (!gaps.is_empty()).then(|| text::message_gaps(MESSAGE, &gaps.join(text::LIST)) + &room.unwrap_or_default())
}

/// What may be missing in a message: parts of [`message_parts`], by name. That days are said shorter costs nothing.
const GAPS: [(usize, &str); 5] = [
    (1, text::GAP_REASONS),
    (3, text::GAP_GROUPS),
    (4, text::GAP_EXTRAS),
    (5, text::GAP_CHANNELS),
    (6, text::GAP_CONTACTS),
];

/// Characters of an address that is short: `https://a.gov.cn/b/`.
const SHORT: usize = 19;

fn message_parts(facts: &Facts<'_>, address: &str) -> [Part; 9] {
    let (pays, days) = if facts.past() { (said_past(facts), Vec::new()) } else { (said_pays(facts), said_days(facts)) };
    [
        vec![text::message_head(facts.place(), facts.year())],
        pays,
        days,
        groups(facts, &message_line, |lines| {
            // They would take the day that stands there for their own.
            if lines.iter().any(|line| line.last.is_some()) { text::OTHERS_AND_DAYS } else { text::OTHERS }.to_owned()
        }),
        or_not(facts.extras().iter().map(|extra| sentence(extra)).collect()),
        or_not(joined(&facts.channels(), &|names| sentence(&text::channels_short(names)))),
        contacts(facts),
        vec![text::link(address)],
        vec![text::as_of_short(facts.on, facts.flawed())],
    ]
}

fn message_forms(parts: &[Part]) -> Vec<usize> {
    fitted(parts, &[5, 6, 2, 1, 3, 4], MESSAGE, |text| text.chars().count())
}

fn joined(names: &[&str], say: &dyn Fn(&str) -> String) -> String {
    if names.is_empty() { String::new() } else { say(&names.join(text::LIST)) }
}

fn said_past(facts: &Facts<'_>) -> Part {
    let past = facts.was().map_or_else(|| text::PAST.to_owned(), text::past);
    vec![format!(
        "{past}{}{}",
        text::ALSO,
        sentence(&text::ordinary(&text::late_unstated(facts.office(Unstated::Late))))
    )]
}

fn said_pays(facts: &Facts<'_>) -> Part {
    let prices = facts.prices();
    let labels: Vec<&str> = prices.iter().map(|(price, _)| price.as_str()).collect();
    if labels == [text::UNSTATED] {
        let office = facts.office(Unstated::Fee);
        let said = [office, text::stem(office)].map(text::amount_unstated);
        let mut forms: Part = said.map(|said| sentence(&with_wait(text::ordinary(&said), facts))).into();
        forms.dedup();
        // What holds later on only may be left out.
        let row = facts.stretch().and_then(|stretch| stretch.rows.first());
        if row.and_then(|row| row.in_vain).is_some_and(|from| from > facts.on) {
            forms.push(sentence(&text::ordinary(&text::amount_unstated(text::stem(office)))));
        }
        return forms;
    }
    let plain = text::pays(&labels.join(text::OR));
    let row = facts.stretch().and_then(|stretch| stretch.rows.first()).filter(|_| labels.len() > 1);
    let reasons = row.map(|row| facts.reasons(row)).unwrap_or_default();
    let short = if reasons.is_empty() { plain.clone() } else { text::in_brackets(&plain, &reasons.join(text::LIST)) };
    let mut forms = vec![short, plain];
    if prices.iter().all(|(_, rests)| !rests.is_empty()) {
        let each = prices.iter().map(|(price, rests)| text::in_brackets(price, rests));
        forms.insert(0, text::pays(&each.collect::<Vec<_>>().join(text::OR)));
    }
    let mut forms: Part = forms.into_iter().map(|form| sentence(&with_wait(form, facts))).collect();
    forms.dedup();
    forms
}

/// With the waiting period that it brings.
fn with_wait(said: String, facts: &Facts<'_>) -> String {
    let wait = facts.stretch().and_then(|stretch| stretch.rows.first()).and_then(|row| facts.waits(row));
    wait.map_or_else(|| said.clone(), |wait| format!("{said}{}{wait}", text::AND))
}

fn said_days(facts: &Facts<'_>) -> Part {
    let Some(span) = facts.ordinary() else { return Vec::new() };
    let stretch = text::stretch(span.from(), span.to());
    let monthly = monthly(&span.runs).map(|(first, last)| format!("{}{}", text::monthly(first, last), text::CAN_PAY));
    let with = |said: &str| {
        let continuing = if facts.continuing() { [text::AND, text::CONTINUING].concat() } else { String::new() };
        format!("{said}{continuing}")
    };
    let said = with(&match &monthly {
        Some(monthly) => format!("{stretch}{}{monthly}", text::AND),
        None => format!("{stretch}{}", text::CAN_PAY),
    });
    let mut forms = match span.to() {
        Some(_) if span.from().is_none() => Vec::new(),
        Some(last) => vec![sentence(&format!("{said}{}{}", text::AND, text::last_day_short(last)))],
        None => vec![sentence(&format!("{said}{}{}", text::AND, text::END_UNSTATED))],
    };
    forms.push(sentence(&said));
    // When it began does not matter any more.
    let began = span.to().is_none() && span.from().is_some_and(|from| from <= facts.on);
    forms.extend(monthly.filter(|_| began).map(|monthly| sentence(&with(&monthly))));
    forms
}

/// Who pays something else than an ordinary payer: all of them, or that there are some, or nothing.
fn groups(facts: &Facts<'_>, say: &dyn Fn(&Line, &[Line]) -> String, there_are: impl Fn(&[Line]) -> String) -> Part {
    let Some(stretch) = facts.stretch() else { return Vec::new() };
    let lines = facts.lines(stretch);
    let each: Vec<String> = lines.iter().filter(|line| !line.same).map(|line| say(line, &lines)).collect();
    if each.is_empty() {
        return Vec::new();
    }
    vec![sentence(&each.join(text::ALSO)), sentence(&there_are(&lines)), String::new()]
}

fn message_line(line: &Line, all: &[Line]) -> String {
    let names = line.short_names(all).join(text::LIST);
    let last = line.last.map_or_else(String::new, |day| format!("{}{}", text::AND, text::until(day)));
    format!("{names}{}{}{last}", text::COLON, line.prices_by(str::to_owned))
}

fn contacts(facts: &Facts<'_>) -> Part {
    if facts.past() && !facts.has_phones() {
        return Vec::new();
    }
    let said: Vec<String> =
        facts.contacts().iter().map(|(office, phone)| format!("{office}{}", phone.unwrap_or_default())).collect();
    let first = |count: usize| {
        let some = said.get(..count.min(said.len())).unwrap_or_default();
        if some.is_empty() { String::new() } else { sentence(&text::contact_short(&some.join(text::LIST))) }
    };
    let mut forms = vec![first(2), first(1), String::new()];
    forms.dedup();
    forms
}

/// The announcement: head, amount, days, groups, premiums, channels, contact.
pub(crate) fn announcement(facts: &Facts<'_>) -> String {
    let (pays, days) = if facts.past() {
        let past = facts.was().map_or_else(|| sentence(text::PAST), spoken::past);
        let office = said_office(facts.office(Unstated::Late));
        (vec![format!("{past}{}", sentence(&text::ordinary(&text::late_unstated(&office))))], Vec::new())
    } else {
        (spoken_pays(facts), spoken_days(facts))
    };
    let extras = facts.extras().iter().map(|extra| sentence(&said_amounts(extra))).collect();
    let channels = joined(&facts.channels(), &|names| spoken::channels(&spoken::words(names)));
    let parts = [
        vec![spoken::head(facts.place(), facts.year())],
        pays,
        days,
        groups(facts, &spoken_line, |_| {
            spoken::others(facts.contacts().first().map_or(text::LOCAL_OFFICE, |contact| contact.0))
        }),
        or_not(extras),
        or_not(channels),
        spoken_contact(facts),
        vec![if facts.flawed() { text::FLAWED_SPOKEN } else { "" }.to_owned()],
    ];
    text_of(&parts, &fitted(&parts, &[5, 1, 2, 3, 4, 6], SPOKEN, spoken_length))
}

/// Characters that take time to speak.
pub(crate) fn spoken_length(text: &str) -> usize {
    text.chars().filter(|c| c.is_ascii_alphanumeric() || ('\u{3400}'..='\u{9fff}').contains(c)).count()
}

/// An amount as it is spoken; what is no amount stays.
fn spoken_price(price: &str) -> String {
    let amount = price.strip_suffix(text::YUAN).filter(|_| text::is_amount(price));
    amount.map_or_else(|| price.to_owned(), spoken::yuan)
}

/// A sentence with its amounts spoken.
fn said_amounts(sentence: &str) -> String {
    let mut said = String::new();
    let mut run = String::new();
    for c in sentence.chars() {
        if c.is_ascii_digit() || (c == '.' && !run.is_empty()) {
            run.push(c);
        } else if text::YUAN.contains(c) && !run.is_empty() {
            said.push_str(&spoken::yuan(&run));
            run.clear();
        } else {
            said.push_str(&spoken::words(&run));
            run.clear();
            said.push(c);
        }
    }
    said.push_str(&spoken::words(&run));
    said
}

/// An office, its phone spoken where it has one in brackets.
fn said_office(office: &str) -> String {
    match office.split_once('（') {
        Some((name, phone)) => format!("{name}{}{}", text::AND, spoken::phone(phone)),
        None => spoken::words(office),
    }
}

fn spoken_pays(facts: &Facts<'_>) -> Part {
    let prices = facts.prices();
    if let [(price, _)] = prices.as_slice()
        && price == text::UNSTATED
    {
        let office = said_office(facts.office(Unstated::Fee));
        let said = with_wait(text::ordinary(&text::amount_unstated(&office)), facts);
        return vec![sentence(&spoken::words(&said))];
    }
    let amount = prices.first().is_some_and(|(price, _)| text::is_amount(price));
    let labels: Vec<String> = prices.iter().map(|(price, _)| spoken_price(price)).collect();
    let plain = labels.join(text::OR);
    let row = facts.stretch().and_then(|stretch| stretch.rows.first());
    let mut full = plain.clone();
    let more = row.map(|row| facts.reasons(row)).unwrap_or_default();
    for said in more.into_iter().chain(row.and_then(|row| facts.waits(row)).map(|wait| spoken::words(&wait))) {
        full = format!("{full}{}{said}", text::AND);
    }
    let mut forms = vec![spoken::pays(&full, amount)];
    // An amount that buys nothing any more is not said without saying so.
    if row.and_then(|row| row.in_vain).is_none_or(|from| from > facts.on) {
        forms.push(spoken::pays(&plain, amount));
    }
    forms.dedup();
    forms
}

fn spoken_days(facts: &Facts<'_>) -> Part {
    let Some(span) = facts.ordinary() else { return Vec::new() };
    let mut said = spoken::stretch(span.from(), span.to());
    if let Some((first, last)) = monthly(&span.runs) {
        said.push_str(&spoken::monthly(first, last));
    }
    if facts.continuing() {
        said = format!("{said}{}{}", text::AND, text::CONTINUING);
    }
    let said = sentence(&said);
    let last = span.to().map_or_else(|| spoken::END_UNSTATED.to_owned(), |to| spoken::last_day(to, &text::weekday(to)));
    vec![format!("{said}{last}"), said]
}

fn spoken_line(line: &Line, all: &[Line]) -> String {
    let names = spoken::words(&line.short_names(all).join(text::LIST));
    let last = line.last.map_or_else(String::new, spoken::until);
    format!("{names}{}{}{last}", text::COLON, line.prices_by(spoken_price))
}

fn spoken_contact(facts: &Facts<'_>) -> Part {
    if facts.past() && !facts.has_phones() {
        return Vec::new();
    }
    let contacts = facts.contacts();
    let Some(&(office, phone)) = contacts.first() else { return Vec::new() };
    let said = match phone {
        Some(phone) => spoken::contact(&spoken::words(office), &spoken::phone(phone)),
        None => spoken::ask(&spoken::words(office)),
    };
    or_not(said)
}

//! Every number in the material is one of the engine's: amounts, days, lengths, written in digits or in spoken words.
//!
//! What is copied from the notice (names, phones, the document) is taken out first; of what is left no digit may remain
//! without its unit, and each is looked up in what the engine says.

mod common;

use canbao_engine::contract::{InVain, Outcome, Today};
use canbao_engine::{Answers, Program, evaluate};
use canbao_material::amounts::Amounts;
use canbao_material::{Address, Material};
use canbao_policy::model::{LastYear, Left, OtherPlan, Residence, Student};
use chrono::{Datelike, NaiveDate};
use common::{Said, address, adult, days, programs};
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

/// Stands between two lines of a picture, which may tear a name but not a number.
const TORN: char = '\u{1}';

/// The texts of a picture, line by line.
fn texts(svg: &str) -> String {
    let mut lines = Vec::new();
    for part in svg.split("<text ").skip(1) {
        let inner = part.split_once('>').and_then(|(_, rest)| rest.split_once("</text>")).expect("a text ends").0;
        let mut line = String::new();
        let mut inside = true;
        for c in inner.chars() {
            match c {
                '<' => inside = false,
                '>' => inside = true,
                c if inside => line.push(c),
                _ => {}
            }
        }
        lines.push(line.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&"));
    }
    lines.join(&TORN.to_string())
}

/// What the notice itself says in so many words, the longest first.
fn copied(program: &Program, address: &Address) -> Vec<String> {
    let notice = program.notice();
    let head = &notice.notice;
    let mut copied = vec![address.as_str().to_owned(), head.title.clone(), head.place.name.clone()];
    copied.extend(head.document.clone().into_iter().chain(head.issuer.clone()));
    for entry in &notice.groups {
        copied.extend([&entry.name].into_iter().chain(&entry.meaning).chain(&entry.confirmed_by).cloned());
        let stem = entry.name.trim_end_matches([')', '）']).rsplit_once(['(', '（']).map(|(stem, _)| stem.to_owned());
        copied.extend(stem);
    }
    copied.extend(notice.channels.iter().map(|channel| channel.name.clone()));
    copied.extend(
        notice.contacts.iter().flat_map(|contact| [Some(contact.office.clone()), contact.phone.clone()]).flatten(),
    );
    copied.extend(notice.silences.iter().map(|silence| silence.ask.clone()));
    for question in &notice.questions {
        copied.push(question.ask.trim_end_matches(['?', '？']).to_owned());
        if let canbao_policy::model::QuestionKind::Choice(choices) = &question.kind {
            copied.extend(choices.iter().map(|choice| choice.label.clone()));
        }
    }
    copied.sort_by_key(|text| std::cmp::Reverse(text.len()));
    copied
}

/// A text without what is copied; a tear within it does not matter.
fn without(text: &str, copied: &[String]) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for what in copied {
        let what: Vec<char> = what.chars().collect();
        let mut at = 0;
        while at < chars.len() {
            let mut end = at;
            let mut matched = 0;
            while matched < what.len()
                && end < chars.len()
                && (chars[end] == what[matched] || (chars[end] == TORN && matched > 0))
            {
                matched += usize::from(chars[end] != TORN);
                end += 1;
            }
            if matched == what.len() && !what.is_empty() {
                chars.splice(at..end, [TORN]);
            }
            at += 1;
        }
    }
    chars.into_iter().collect()
}

/// Reads a text from number to number.
struct Numbers<'t> {
    text: &'t str,
    what: &'t str,
    said: &'t Said,
    program: &'t Program,
    on: NaiveDate,
    found: usize,
}

impl Numbers<'_> {
    fn fail(&self, rest: &str) -> ! {
        let from = self.text.len() - rest.len();
        let start = self.text[..from].char_indices().rev().nth(12).map_or(0, |(at, _)| at);
        panic!(
            "{} {} on {}: {:?} in {:?}",
            self.program.id(),
            self.what,
            self.on,
            rest.chars().take(12).collect::<String>(),
            &self.text[start..]
        )
    }

    fn day(&self, day: NaiveDate) -> bool {
        self.said.days.contains(&day) || day == self.on || Some(day) == self.program.notice().notice.issued
    }

    fn month_day(&self, month: u32, day: u32) -> bool {
        self.said.days.iter().any(|known| (known.month(), known.day()) == (month, day))
    }

    /// Digits at the start, and what follows.
    fn digits(text: &str) -> (&str, &str) {
        text.split_at(text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len()))
    }

    fn read(mut self) -> usize {
        let mut rest = self.text;
        while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
            rest = &rest[at..];
            let (number, after) = Self::digits(rest);
            let unit = after.trim_start_matches(TORN);
            let torn = unit.len() < after.len();
            let good = match unit.chars().next() {
                _ if torn => false,
                Some('元') => self.said.amounts.contains(number),
                Some('年') => {
                    let (month, after) = Self::digits(&unit['年'.len_utf8()..]);
                    if month.is_empty() {
                        number.parse() == Ok(self.program.notice().notice.year)
                    } else {
                        let (day, after) = Self::digits(after.strip_prefix('月').unwrap_or_else(|| self.fail(rest)));
                        let day = format!("{number}-{month:0>2}-{day:0>2}").parse::<NaiveDate>();
                        let day = day.unwrap_or_else(|_| self.fail(rest));
                        let weekday = after.strip_prefix("日（星期").and_then(|after| after.chars().next());
                        let right = weekday.is_none_or(|said| {
                            "一二三四五六日".chars().nth(day.weekday().num_days_from_monday() as usize) == Some(said)
                        });
                        rest = after;
                        self.found += 1;
                        if !(self.day(day) && right) {
                            self.fail(rest);
                        }
                        continue;
                    }
                }
                Some('月') => {
                    let (day, after) = Self::digits(&unit['月'.len_utf8()..]);
                    let good =
                        number.parse().is_ok_and(|month| day.parse().is_ok_and(|day| self.month_day(month, day)));
                    rest = after;
                    self.found += 1;
                    if !good {
                        self.fail(rest);
                    }
                    continue;
                }
                Some('日') => number.parse().is_ok_and(|day| self.said.month_days.contains(&day)),
                Some('天') => self.said.waits.contains(&format!("{number}天")),
                Some('个') => self.said.waits.contains(&format!("{number}个月")),
                _ => false,
            };
            if !good {
                self.fail(rest);
            }
            self.found += 1;
            rest = after;
        }
        self.found
    }
}

/// The value of a number in Chinese words.
fn value(words: &str) -> Option<u32> {
    let (mut total, mut section, mut digit) = (0, 0, None);
    for c in words.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '万' => {
                total += (section + digit.take().unwrap_or(0)) * 10_000;
                section = 0;
                continue;
            }
            '零' => continue,
            c => {
                digit = Some(u32::try_from("零一二三四五六七八九".chars().position(|known| known == c)?).ok()?);
                continue;
            }
        };
        section += digit.take().unwrap_or(1) * unit;
    }
    Some(total + section + digit.unwrap_or(0))
}

const WORDS: &str = "零一二三四五六七八九十百千万";

/// An announcement with its numbers in digits again, phones and weekdays checked and taken out.
fn read_back(announcement: &str, program: &Program, said: &Said) -> String {
    let mut text = announcement.to_owned();
    let phones = program.notice().contacts.iter().filter_map(|contact| contact.phone.clone());
    for phone in phones {
        let spoken: String = phone
            .chars()
            .map(|c| {
                c.to_digit(10)
                    .map_or('，', |digit| "零幺二三四五六七八九".chars().nth(digit as usize).expect("a digit"))
            })
            .collect();
        text = text.replace(&spoken, "");
    }
    assert!(!text.contains('幺'), "a phone that is not the notice's: {text}");
    for phrase in ["最后一天", "这一项", "不一样"] {
        text = text.replace(phrase, "");
    }
    // The weekday is that of the last day, said just before it.
    while let Some(at) = text.find("，星期") {
        let before: String =
            text[..at].chars().rev().take_while(|c| WORDS.contains(*c) || "月日".contains(*c)).collect();
        let before: String = before.chars().rev().collect();
        let (month, day) = before.trim_end_matches('日').split_once('月').expect("a day before its weekday");
        let weekday = text[at + "，星期".len()..].chars().next().expect("a weekday");
        let known = said.days.iter().any(|known| {
            (Some(known.month()), Some(known.day())) == (value(month), value(day))
                && "一二三四五六日".chars().nth(known.weekday().num_days_from_monday() as usize) == Some(weekday)
        });
        assert!(known, "{} {before} {weekday}", program.id());
        text.replace_range(at..at + "，星期".len() + weekday.len_utf8(), "");
    }
    let mut out = String::new();
    let mut run = String::new();
    for c in text.chars().chain([' ']) {
        if WORDS.contains(c) {
            run.push(c);
            continue;
        }
        if !run.is_empty() {
            let year = c == '年' && run.chars().count() == 4 && !run.contains(['十', '百', '千', '万']);
            if year {
                out.extend(run.chars().map(|c| {
                    char::from(
                        b'0' + "零一二三四五六七八九".chars().position(|known| known == c).expect("a digit") as u8,
                    )
                }));
            } else {
                out.push_str(&value(&run).expect("a number").to_string());
            }
            run.clear();
        }
        out.push(c);
    }
    out
}

fn each(check: impl Fn(&Program, &Amounts<'_>, &Material<'_>, NaiveDate)) {
    let address = address();
    for program in programs() {
        let amounts = Amounts::of(&program).expect("sound");
        for on in days(&program, &amounts) {
            let material = Material::new(&program, &amounts, on, &address).expect("the year is not over");
            check(&program, &amounts, &material, on);
        }
    }
}

#[test]
fn every_number_is_the_engines_and_the_limits_hold() {
    let known = RefCell::new(std::collections::HashMap::new());
    each(|program, _, material, on| {
        let mut known = known.borrow_mut();
        let said: &Said = known.entry(program.id().to_owned()).or_insert_with(|| Said::of(program));
        let copied = copied(program, &address());
        let spoken = material.announcement();
        let back = read_back(&without(&spoken, &copied), program, said);
        for (what, text) in [
            ("poster", texts(&material.poster())),
            ("phone", texts(&material.phone_poster())),
            ("message", material.message()),
            ("loudspeaker", back),
        ] {
            let text = without(&text, &copied);
            let found = Numbers { text: &text, what, said, program, on, found: 0 }.read();
            assert!(found >= 2, "{} {what} on {on} says nothing: {text}", program.id());
        }
        assert!(!without(&spoken, &copied).contains(|c: char| c.is_ascii_digit()), "{spoken}");
        assert!(material.message().chars().count() <= 200, "{}", material.message());
        assert!(spoken.chars().filter(|c| c.is_alphanumeric()).count() <= 240, "{spoken}");
    });
}

/// Who would pay and wait until the year is over is told so, whatever else there is no room for.
#[test]
fn an_amount_that_buys_no_cover_is_not_said_without_saying_so() {
    let found = RefCell::new(BTreeSet::new());
    each(|program, _, material, on| {
        let response = evaluate(program, on, &adult(program, &[])).expect("no contradiction");
        // Where one cannot pay any more, or the notice does not say so, it is not said what that would bring either.
        let payable = |outcome: &Outcome| matches!(outcome.today, Today::Open | Today::Disputed);
        let ends = !response.outcomes.iter().any(|outcome| payable(outcome) || outcome.opens.is_some());
        if ends || response.in_vain().is_none_or(|in_vain| in_vain == InVain::Perhaps) {
            return;
        }
        found.borrow_mut().insert(program.id().to_owned());
        for text in
            [texts(&material.poster()), texts(&material.phone_poster()), material.message(), material.announcement()]
        {
            let text = text.replace(TORN, "");
            assert!(text.contains("现在交当年用不上"), "{} on {on}: {text}", program.id());
        }
        if let Some(text) = material.calendar() {
            let text = text.replace("\r\n ", "");
            let events = text.matches("BEGIN:VEVENT").count();
            assert_eq!(text.matches("起交的，当年用不上").count(), events, "{} on {on}: {text}", program.id());
        }
    });
    for id in ["140823-2024", "43xxxx-2026"] {
        assert!(found.borrow().contains(id), "{id}");
    }
}

/// The three that a resident goes by, against the engine asked for a grown-up on the day.
#[test]
fn the_amount_and_the_last_day_are_todays() {
    each(|program, amounts, material, on| {
        let response = evaluate(program, on, &adult(program, &[])).expect("no contradiction");
        let poster = texts(&material.poster()).replace(TORN, "");
        let message = material.message();
        for outcome in response.outcomes {
            if let Some(fee) = &outcome.fee {
                let amount = format!("{}元", fee.payable);
                for text in [&poster, &message] {
                    assert!(text.contains(&amount), "{} on {on}: no {amount} in {text}", program.id());
                }
            }
            if let Some(last) = outcome.deadline.and_then(|deadline| deadline.safe) {
                // Until another amount holds, or until the last day.
                let end = amounts.spans(0).into_iter().find(|span| span.days.0 <= on && on <= span.days.1);
                let end = end.and_then(|span| span.to()).filter(|to| *to >= on).unwrap_or(last);
                assert!(end <= last, "{} on {on}", program.id());
                let said = format!("最后一天：{}年{}月{}日", end.year(), end.month(), end.day());
                assert!(poster.contains(&said), "{} on {on}: no {said} in {poster}", program.id());
                // Behind a first day, it has no year or month that is the same.
                let (year, month, day) = (end.year(), end.month(), end.day());
                let said = [format!("{year}年{month}月{day}日"), format!("至{month}月{day}日"), format!("至{day}日")];
                assert!(
                    said.iter().any(|day| message.contains(day)),
                    "{} on {on}: no {end} in {message}",
                    program.id()
                );
            }
        }
    });
}

/// Whoever is told something else than an ordinary payer is not to take the poster's amounts for their own.
#[test]
fn everybody_for_whom_something_else_holds_is_told_so() {
    let broken = [LastYear::Partial, LastYear::None, LastYear::Never, LastYear::Employee, LastYear::Other];
    let mut others: Vec<(&str, Answers)> = Vec::new();
    let mut other = |words: &'static str, answers: Answers| others.push((words, answers));
    for last_year in broken {
        other("上年一直参加居民医保", Answers { last_year: Some(last_year), ..Answers::default() });
    }
    for student in [Student::NewHere, Student::Here, Student::Away] {
        other("大中专学生", Answers { student: Some(student), ..Answers::default() });
    }
    for (left, words) in [(Left::Employee, "离职"), (Left::Soldier, "退役"), (Left::Prison, "释放")] {
        other(words, Answers { left: Some(left), ..Answers::default() });
    }
    for residence in [Residence::Permit, Residence::Living, Residence::Away] {
        other("本地户籍", Answers { residence: Some(residence), ..Answers::default() });
    }
    for plan in [OtherPlan::Employee, OtherPlan::ResidentElsewhere, OtherPlan::Other] {
        other("没有其他保障", Answers { other_plan: Some(plan), ..Answers::default() });
    }
    let differ = RefCell::new(BTreeSet::new());
    each(|program, _, material, on| {
        let usual = adult(program, &[]);
        let says = |answers: &Answers| {
            let mut outcomes = evaluate(program, on, answers).expect("no contradiction").outcomes;
            outcomes.iter_mut().for_each(|outcome| outcome.when.clear());
            outcomes
        };
        let poster = texts(&material.poster()).replace(TORN, "");
        for (words, answers) in &others {
            let answers = Answers {
                last_year: answers.last_year.or(usual.last_year),
                student: answers.student.or(usual.student),
                left: answers.left.or(usual.left),
                residence: answers.residence.or(usual.residence),
                other_plan: answers.other_plan.or(usual.other_plan),
                ..usual.clone()
            };
            if says(&answers) != says(&usual) {
                assert!(poster.contains(words), "{} on {on}: no {words} in {poster}", program.id());
                differ.borrow_mut().insert(*words);
            }
        }
        assert!(poster.contains("新生儿"));
    });
    // And nobody is sent to the code for nothing.
    assert_eq!(differ.borrow().len(), 7, "{differ:?}");
}

/// 山阴 四1: the third and fourth degree are fully assisted in a household on the minimum living allowance (低保) only.
#[test]
fn a_condition_is_said_with_the_group_wherever_the_group_is() {
    let found = Cell::new(0);
    each(|program, _, material, on| {
        if program.id() != "140621-2025" {
            return;
        }
        for text in
            [texts(&material.poster()), texts(&material.phone_poster()), material.message(), material.announcement()]
        {
            let text = text.replace(TORN, "");
            let named = text.matches("三级残疾人").count();
            assert_eq!(named, text.matches("低保户中的三级残疾人").count(), "{on}: {text}");
            found.set(found.get() + named);
        }
    });
    assert!(found.get() > 0);
}

/// 闻喜 五(二): after the period only who was in the resident plan the year before can pay.
#[test]
fn who_cannot_pay_any_more_is_not_told_the_days() {
    let found = RefCell::new(BTreeSet::new());
    each(|program, _, material, on| {
        let [usual, other] = [LastYear::Resident, LastYear::None].map(|last_year| {
            let answers = Answers { last_year: Some(last_year), ..adult(program, &[]) };
            let outcomes = evaluate(program, on, &answers).expect("no contradiction").outcomes;
            outcomes.iter().any(|outcome| !outcome.periods.is_empty())
        });
        let only = usual && !other;
        for text in [material.message(), material.announcement()] {
            assert_eq!(text.contains("限上年参加居民医保的人"), only, "{} on {on}: {text}", program.id());
        }
        if !only {
            return;
        }
        found.borrow_mut().insert(program.id().to_owned());
        if let Some(text) = material.calendar() {
            let text = text.replace("\r\n ", "");
            let events = text.matches("BEGIN:VEVENT").count();
            assert_eq!(text.matches("限上年参加居民医保的人").count(), events, "{} on {on}: {text}", program.id());
        }
        for poster in [material.poster(), material.phone_poster()] {
            let text = texts(&poster).replace(TORN, "");
            assert!(text.contains("上年一直参加居民医保"), "{} on {on}: {text}", program.id());
        }
    });
    assert!(found.borrow().contains("140823-2024"));
}

/// The copy of Hunan's plan is anonymous, garbled and cut off. The others' faults change no amount; the posters, which
/// have room, tell of them too.
#[test]
fn an_anonymous_copy_is_said_to_be_one_wherever_its_amounts_are() {
    each(|program, _, material, on| {
        let anonymous = program.id() == "43xxxx-2026";
        if !anonymous && !["140522-2021", "140621-2025", "140823-2024", "141123-2026"].contains(&program.id()) {
            return;
        }
        for text in [material.message(), material.announcement()].into_iter().chain(material.calendar()) {
            let text = text.replace("\r\n ", "");
            assert_eq!(text.contains("瑕疵"), anonymous, "{} on {on}: {text}", program.id());
        }
        for poster in [material.poster(), material.phone_poster()] {
            assert!(!anonymous || texts(&poster).replace(TORN, "").contains("瑕疵"));
        }
    });
}

/// Numbers in words are read back by what this file knows of them alone.
#[test]
fn spoken_numbers_are_read_back() {
    for (words, number) in
        [("四百", 400), ("一千一百", 1100), ("十七", 17), ("二十五", 25), ("一万零五", 10_005), ("三百零八", 308)]
    {
        assert_eq!(value(words), Some(number));
    }
}

//! What every piece of material says, in the order in which it says it.
//!
//! A poster, a message and an announcement differ in room, not in content. Here the table of amounts becomes what they
//! share: what an ordinary payer pays now, who pays something else, what comes later, where to pay and whom to ask.

use crate::amounts::{Amounts, Payer, Price, Row, Span, Stretch};
use crate::text;
use canbao_engine::answers::parse_day;
use canbao_engine::contract::{ExtraPremium, Kind, When, Word};
use canbao_policy::model::{Answer, Notice, QuestionKind, Unstated, Yuan};
use chrono::NaiveDate;

/// What is to be said.
pub(crate) struct Facts<'a> {
    pub(crate) notice: &'a Notice,
    pub(crate) on: NaiveDate,
    pub(crate) amounts: &'a Amounts<'a>,
    /// The stretch that is now, or comes next.
    now: Option<usize>,
}

/// Who pays the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// The amounts, without what they rest on.
    pub(crate) prices: Vec<String>,
    /// What they rest on, a line for each.
    pub(crate) details: Vec<String>,
    /// What they depend on, without saying how.
    pub(crate) reasons: Vec<String>,
    /// The last day, where it is another than an ordinary payer's.
    pub(crate) last: Option<NaiveDate>,
    /// The names of the groups.
    pub(crate) names: Vec<String>,
    /// As an ordinary payer.
    pub(crate) same: bool,
    /// What to sort by.
    least: Option<Yuan>,
}

impl Line {
    /// The amounts in one phrase.
    pub(crate) fn prices(&self) -> String {
        self.prices.join(text::OR)
    }

    /// The amounts in one phrase, with what they depend on.
    pub(crate) fn prices_by(&self, say: impl Fn(&str) -> String) -> String {
        let prices = self.prices.iter().map(|price| say(price)).collect::<Vec<_>>().join(text::OR);
        if self.reasons.is_empty() { prices } else { text::in_brackets(&prices, &self.reasons.join(text::LIST)) }
    }

    /// The names without what they have in brackets, where no other line then has the same.
    pub(crate) fn short_names(&self, all: &[Self]) -> Vec<String> {
        let mut short: Vec<String> = Vec::new();
        for name in &self.names {
            let stem = text::stem(name);
            let clear = all.iter().all(|line| line == self || line.names.iter().all(|other| text::stem(other) != stem));
            let name = if clear { stem } else { name };
            if !short.iter().any(|known| known == name) {
                short.push(name.to_owned());
            }
        }
        short
    }
}

impl<'a> Facts<'a> {
    pub(crate) fn new(notice: &'a Notice, on: NaiveDate, amounts: &'a Amounts<'a>) -> Self {
        let last = |stretch: &Stretch<'_>| stretch.rows.iter().filter_map(|row| row.runs.last()).map(|run| run.1).max();
        let now = amounts.stretches.iter().position(|stretch| last(stretch).is_some_and(|last| last >= on));
        Self { notice, on, amounts, now }
    }

    pub(crate) fn place(&self) -> &'a str {
        &self.notice.notice.place.name
    }

    pub(crate) const fn year(&self) -> i32 {
        self.notice.notice.year
    }

    /// The stretch that is now or comes next, or what holds after the last.
    pub(crate) fn stretch(&self) -> Option<&'a Stretch<'a>> {
        self.now.and_then(|at| self.amounts.stretches.get(at)).or(self.amounts.after.as_ref())
    }

    /// Whether there is no payable day any more.
    pub(crate) const fn past(&self) -> bool {
        self.now.is_none()
    }

    /// The last payable day there was.
    pub(crate) fn was(&self) -> Option<NaiveDate> {
        self.amounts.payable().map(|run| run.1).last()
    }

    /// The stretches that come afterwards.
    pub(crate) fn later(&self) -> &'a [Stretch<'a>] {
        self.now.and_then(|at| self.amounts.stretches.get(at + 1..)).unwrap_or_default()
    }

    /// What an ordinary payer pays in a stretch, and how long.
    pub(crate) fn ordinary(&self) -> Option<Span<'a>> {
        self.span(0)
    }

    fn span(&self, row: usize) -> Option<Span<'a>> {
        let stretch = self.stretch()?;
        self.amounts.spans(row).into_iter().find(|span| span.days.0 <= stretch.days.0 && stretch.days.1 <= span.days.1)
    }

    /// Whether the copy of the notice has faults that are to be told with all that is taken from it: it does not even
    /// say who issued it.
    pub(crate) const fn flawed(&self) -> bool {
        !self.notice.notice.warnings.is_empty() && self.notice.notice.issuer.is_none()
    }

    /// Whether only who was in the resident plan last year can pay.
    pub(crate) fn continuing(&self) -> bool {
        self.stretch().and_then(|stretch| stretch.rows.first()).is_some_and(|row| row.continuing)
    }

    /// The prices of an ordinary payer, each with what it rests on.
    pub(crate) fn prices(&self) -> Vec<(String, String)> {
        let Some(row) = self.stretch().and_then(|stretch| stretch.rows.first()) else { return Vec::new() };
        self.row_prices(row)
    }

    /// The amounts of a span in one phrase.
    pub(crate) fn span_prices(&self, span: &Span<'_>) -> String {
        let mut labels: Vec<String> = Vec::new();
        for label in span.prices.iter().map(label) {
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        labels.join(text::OR)
    }

    /// The amounts of an ordinary payer in a stretch, in one phrase.
    pub(crate) fn stretch_prices(&self, stretch: &Stretch<'_>) -> String {
        let prices = stretch.rows.first().map(|row| self.row_prices(row)).unwrap_or_default();
        prices.into_iter().map(|(price, _)| price).collect::<Vec<_>>().join(text::OR)
    }

    /// Whether somebody may be in several groups that count.
    pub(crate) fn several(&self) -> bool {
        self.stretch().is_some_and(|stretch| self.lines(stretch).iter().filter(|line| !line.same).count() > 1)
    }

    /// Everybody else in a stretch, those who pay the same together, least first.
    pub(crate) fn lines(&self, stretch: &Stretch<'_>) -> Vec<Line> {
        let Some((ordinary, others)) = stretch.rows.split_first() else { return Vec::new() };
        let usual = self.row_prices(ordinary);
        let now = self.stretch().is_some_and(|now| now.days == stretch.days);
        let mut lines: Vec<Line> = Vec::new();
        for (at, row) in others.iter().enumerate() {
            let pairs = |other: &Row<'_>| matches!((other.payer, row.payer), (Payer::Both(a, _), Payer::Member(b)) if a.id == b.id);
            if others.iter().any(pairs) {
                continue;
            }
            let all = self.row_prices(row);
            let reasons = if all.len() > 1 { self.reasons(row) } else { Vec::new() };
            let line = Line {
                same: all == usual,
                details: details(row, &all, &reasons),
                reasons,
                prices: all.into_iter().map(|(price, _)| price).collect(),
                last: if now { self.other_last_day(at + 1) } else { None },
                names: vec![name(row.payer)],
                least: row.prices.iter().filter_map(|price| price.fee.as_ref()).map(|fee| fee.payable).min(),
            };
            let alike = |known: &&mut Line| {
                (&known.prices, &known.details, known.last) == (&line.prices, &line.details, line.last)
            };
            match lines.iter_mut().find(alike) {
                Some(known) => known.names.extend(line.names),
                None => lines.push(line),
            }
        }
        lines.sort_by_key(|line| (line.same, line.least.is_none(), line.least));
        lines
    }

    /// The last day of a row's prices, where it differs from an ordinary payer's.
    fn other_last_day(&self, row: usize) -> Option<NaiveDate> {
        let (usual, span) = (self.span(0)?, self.span(row)?);
        if span.runs.is_empty() {
            // Nothing to pay: it ends when something has to be paid.
            let next = self
                .amounts
                .spans(row)
                .into_iter()
                .any(|next| next.days.0 > span.days.1 && next.prices.iter().any(|price| price.kind == Kind::Pay));
            return (next && usual.to() != Some(span.days.1)).then_some(span.days.1);
        }
        span.to().filter(|to| usual.to() != Some(*to))
    }

    /// The prices of a row, those of one amount together, each with what it rests on.
    fn row_prices(&self, row: &Row<'_>) -> Vec<(String, String)> {
        let mut all: Vec<(String, Vec<String>)> = Vec::new();
        for price in &row.prices {
            let label = label(price);
            let rests = if exact(row) { self.rests(price) } else { Vec::new() };
            match all.iter_mut().find(|(known, _)| *known == label) {
                Some((_, known)) => rests.into_iter().for_each(|rest| {
                    if !known.contains(&rest) {
                        known.push(rest);
                    }
                }),
                None => all.push((label, rests)),
            }
        }
        let single = all.len() == 1;
        let joined = |rests: Vec<String>| {
            if single { String::new() } else { rests.join(text::EITHER) }
        };
        all.into_iter().map(|(label, rests)| (label, joined(rests))).collect()
    }

    /// The possibilities in which a price holds, in words.
    fn rests(&self, price: &Price) -> Vec<String> {
        let one = |all: &Vec<When>| {
            let each: Vec<String> = all.iter().map(|when| self.when(when)).filter(|said| !said.is_empty()).collect();
            each.join(text::AND)
        };
        price.when.iter().map(one).filter(|said| !said.is_empty()).collect()
    }

    fn when(&self, when: &When) -> String {
        let When::Answer { answer, is, .. } = when else { return text::BY_READING.to_owned() };
        let event = match Answer::parse(answer) {
            Some(Answer::BirthDate) => text::BORN,
            Some(Answer::RecognisedOn) => text::RECOGNISED,
            Some(_) => return text::BY_PERSON.to_owned(),
            None => return self.own_question(answer, is),
        };
        let spoken = |end: &str| parse_day(end).map_or_else(|| end.to_owned(), text::day);
        let ranges = is.iter().map(|range| {
            let (from, to) = range.split_once('/').unwrap_or((range, range));
            text::range(&spoken(from), &spoken(to), event)
        });
        ranges.filter(|said| !said.is_empty()).collect::<Vec<_>>().join(text::OR)
    }

    fn own_question(&self, id: &str, is: &[Word]) -> String {
        let Some(question) = self.notice.questions.iter().find(|question| question.id == id) else {
            return text::BY_PERSON.to_owned();
        };
        let asked = text::asked(&question.ask);
        let said: Vec<String> = match &question.kind {
            QuestionKind::Choice(choices) => choices
                .iter()
                .filter(|choice| is.iter().any(|id| *id == choice.id))
                .map(|choice| choice.label.clone())
                .collect(),
            QuestionKind::YesNo => {
                let yes = is.iter().any(|value| value == "yes" || value == "true");
                vec![format!("{asked}{}{}", text::COLON, if yes { text::YES } else { text::NO })]
            }
            QuestionKind::Number(_) => {
                let ranges = is.iter().map(|range| {
                    let (from, to) = range.split_once('/').unwrap_or((range, range));
                    text::number_range(from, to)
                });
                vec![format!("{asked}{}{}", text::COLON, ranges.collect::<Vec<_>>().join(text::OR))]
            }
        };
        said.join(text::OR)
    }

    /// That the notice does not say how much an ordinary payer pays, and whom to ask.
    pub(crate) fn amount_unstated(&self) -> String {
        text::amount_unstated(self.office(Unstated::Fee))
    }

    /// Whether it does not.
    pub(crate) fn amount_is_unstated(&self) -> bool {
        matches!(self.prices().as_slice(), [(price, _)] if price == text::UNSTATED)
    }

    /// What the prices of a row depend on, without saying how.
    pub(crate) fn reasons(&self, row: &Row<'_>) -> Vec<String> {
        let mut reasons: Vec<String> = Vec::new();
        let conditions = row.prices.iter().flat_map(|price| &price.when).flatten();
        let named = conditions.map(|when| match when {
            When::Answer { answer, .. } => self.reason(answer),
            When::Reading { .. } => text::BY_READING.to_owned(),
        });
        // What decides between prices that the conditions do not tell apart is among the questions left.
        let asked = row.asks.iter().filter(|_| !row.decisive).map(|key| self.reason(key));
        for reason in named.chain(asked) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        reasons
    }

    fn reason(&self, key: &str) -> String {
        match Answer::parse(key) {
            Some(Answer::BirthDate) => text::BY_BIRTH.to_owned(),
            Some(Answer::RecognisedOn) => text::BY_RECOGNITION.to_owned(),
            Some(_) => text::BY_PERSON.to_owned(),
            None => {
                let question = self.notice.questions.iter().find(|question| question.id == key);
                question.map_or_else(|| text::BY_PERSON.to_owned(), |question| text::by_question(&question.ask))
            }
        }
    }

    /// What the prices of an ordinary payer depend on, where it cannot be said exactly.
    pub(crate) fn ordinary_reasons(&self) -> Vec<String> {
        let row = self.stretch().and_then(|stretch| stretch.rows.first());
        row.filter(|row| row.prices.len() > 1 && !exact(row)).map(|row| self.reasons(row)).unwrap_or_default()
    }

    /// What the prices of a row bring with them: waiting periods, in words, and from when on there is no cover in the year.
    pub(crate) fn waits(&self, row: &Row<'_>) -> Option<String> {
        let mut lengths: Vec<String> = Vec::new();
        for length in row.prices.iter().flat_map(|price| &price.waits).map(|length| text::length(length)) {
            if !lengths.contains(&length) {
                lengths.push(length);
            }
        }
        let wait = (!lengths.is_empty()).then(|| text::wait(&lengths.join(text::OR)));
        let in_vain =
            row.in_vain.map(|from| if from > self.on { text::in_vain(from) } else { text::IN_VAIN.to_owned() });
        let said: Vec<String> = wait.into_iter().chain(in_vain).collect();
        (!said.is_empty()).then(|| said.join(text::AND))
    }

    /// Premiums beside the fee, a sentence for each.
    pub(crate) fn extras(&self) -> Vec<String> {
        let Some(rows) = self.stretch().map(|stretch| &stretch.rows) else { return Vec::new() };
        let of = |row: &'a Row<'a>| row.prices.iter().flat_map(|price| &price.extras);
        let mut seen: Vec<&ExtraPremium> = Vec::new();
        for extra in rows.iter().flat_map(of) {
            if !seen.iter().any(|known| known.label == extra.label && known.required == extra.required) {
                seen.push(extra);
            }
        }
        let sentence = |premium: &&ExtraPremium| {
            let mut amounts: Vec<String> = Vec::new();
            for extra in rows.iter().flat_map(of).filter(|extra| extra.label == premium.label) {
                let amount = text::yuan(&extra.amount.to_string());
                if !amounts.contains(&amount) {
                    amounts.push(amount);
                }
            }
            let exempt = rows.iter().skip(1).filter(|row| of(row).all(|extra| extra.label != premium.label));
            let exempt: Vec<String> = exempt.map(|row| name(row.payer)).collect();
            let mut said = text::extra(&premium.label, &amounts.join(text::OR), premium.required);
            if !exempt.is_empty() {
                said.push_str(text::AND);
                said.push_str(&text::without_extra(&exempt.join(text::LIST)));
            }
            said
        };
        seen.iter().map(sentence).collect()
    }

    /// The offices that confirm who is in a group, each once.
    pub(crate) fn confirmed_by(&self) -> Vec<&'a str> {
        let mut offices: Vec<&str> = Vec::new();
        for said in self.notice.groups.iter().filter_map(|entry| entry.confirmed_by.as_deref()) {
            // A list of offices is taken apart, but for one with something in brackets.
            let parts: Vec<&str> = if said.contains('（') { vec![said] } else { said.split(text::LIST).collect() };
            for office in parts {
                if !offices.contains(&office) {
                    offices.push(office);
                }
            }
        }
        offices
    }

    /// The ways to pay, by the notice's names, in the notice's order.
    pub(crate) fn channels(&self) -> Vec<&'a str> {
        self.offered().map(|channel| channel.name.as_str()).collect()
    }

    /// Those of them that take cash.
    pub(crate) fn cash(&self) -> Vec<&'a str> {
        self.offered().filter(|channel| channel.cash).map(|channel| channel.name.as_str()).collect()
    }

    fn offered(&self) -> impl Iterator<Item = &'a canbao_policy::model::Channel> {
        let row = self.stretch().and_then(|stretch| stretch.rows.first());
        let offered = move |id| row.is_some_and(|row| row.prices.iter().any(|price| price.channels.contains(&id)));
        self.notice.channels.iter().filter(move |channel| offered(channel.id))
    }

    /// The offices to ask, each with its phone where the notice has one: those with a phone, if there are any.
    pub(crate) fn contacts(&self) -> Vec<(&'a str, Option<&'a str>)> {
        let all = || self.notice.contacts.iter().map(|contact| (contact.office.as_str(), contact.phone.as_deref()));
        let with: Vec<_> = all().filter(|(_, phone)| phone.is_some()).collect();
        if with.is_empty() { all().collect() } else { with }
    }

    /// Whether the notice has a phone of an office.
    pub(crate) fn has_phones(&self) -> bool {
        self.notice.contacts.iter().any(|contact| contact.phone.is_some())
    }

    /// Whom to ask about something that the notice does not say.
    pub(crate) fn office(&self, about: Unstated) -> &'a str {
        let silences = &self.notice.silences;
        let silence = silences.iter().find(|silence| silence.about == about);
        let office = silence.map(|silence| silence.ask.as_str());
        office
            .or_else(|| self.notice.contacts.first().map(|contact| contact.office.as_str()))
            .unwrap_or(text::LOCAL_OFFICE)
    }
}

/// A payer by name.
pub(crate) fn name(payer: Payer<'_>) -> String {
    match payer {
        Payer::Ordinary => text::ORDINARY.to_owned(),
        Payer::Member(entry) => entry.name.clone(),
        Payer::Both(entry, with) => text::both(&entry.name, &with.name),
    }
}

/// An amount as it is said.
pub(crate) fn label(price: &Price) -> String {
    match (price.kind, &price.fee) {
        (Kind::NotCovered, _) => text::NOT_COVERED.to_owned(),
        (Kind::Free, _) => text::FREE.to_owned(),
        (Kind::Pay, Some(fee)) => text::yuan(&fee.payable.to_string()),
        (Kind::Pay | Kind::Unstated, _) => text::UNSTATED.to_owned(),
    }
}

/// Whether what the prices rest on decides between them, and is the same on every day.
const fn exact(row: &Row<'_>) -> bool {
    row.steady && row.decisive
}

/// What several prices rest on: each with its conditions; where those do not decide or move with the day, what the notice
/// says of the group, or what it depends on.
fn details(row: &Row<'_>, all: &[(String, String)], reasons: &[String]) -> Vec<String> {
    if all.len() < 2 {
        return Vec::new();
    }
    if exact(row) {
        let said = |(price, rests): &(String, String)| format!("{rests}{}{price}", text::COLON);
        return all.iter().filter(|(_, rests)| !rests.is_empty()).map(said).collect();
    }
    match row.payer {
        Payer::Member(entry) | Payer::Both(entry, _) if entry.meaning.is_some() => {
            entry.meaning.iter().cloned().collect()
        }
        _ => vec![reasons.join(text::LIST)],
    }
}

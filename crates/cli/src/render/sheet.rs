//! The sheet's sections, in the order in which somebody checks a notice against its text.

use super::amounts::{rows, rows_below};
use super::{Block, Sheet};
use crate::text::sheet as say;
use crate::text::words::{self, Words};
use canbao_engine::Program;
use canbao_material::amounts::Amounts;
use canbao_policy::model::{
    Assist, Before, Benefit, Condition, Extra, Fee, Notice, Overlap, QuestionKind, Register, RuleHead, Wait, Way,
    Window,
};

/// The sheet of a notice.
pub(super) fn of(program: &Program) -> Sheet {
    let notice = program.notice();
    let words = Words::of(notice);
    let mut blocks = Vec::new();
    let table = Amounts::of(program).unwrap_or_default();
    identity(program, &mut blocks);
    periods(program, &table, words, &mut blocks);
    amounts(program, &table, &mut blocks);
    ways(notice, words, &mut blocks);
    fees(notice, words, &mut blocks);
    assists(notice, words, &mut blocks);
    cover(notice, words, &mut blocks);
    extras(notice, words, &mut blocks);
    readings(notice, &mut blocks);
    silences(notice, &mut blocks);
    practice(notice, words, &mut blocks);
    clauses(notice, &mut blocks);
    blocks.push(Block::Heading(say::SIGNATURES.to_owned()));
    blocks.push(Block::Text(say::SIGNED.to_owned()));
    blocks.push(Block::Signatures(say::SIGNERS.iter().map(|&signer| signer.to_owned()).collect()));
    let headings = blocks.iter_mut().filter_map(|block| match block {
        Block::Heading(text) if text != say::SIGNATURES => Some(text),
        _ => None,
    });
    for (at, heading) in headings.enumerate() {
        *heading = say::numbered_heading(at + 1, heading);
    }
    Sheet { title: say::title(&notice.notice.place.name, notice.notice.year), blocks }
}

fn cited(labels: &[String]) -> String {
    labels.join("、")
}

/// A section, left out where the notice has nothing for it.
fn section(heading: &str, heads: &[&str], rows: Vec<Vec<String>>, blocks: &mut Vec<Block>) {
    if !rows.is_empty() {
        blocks.push(Block::Heading(heading.to_owned()));
        table(heads, rows, blocks);
    }
}

/// A table without the columns that have nothing in any row.
fn table(heads: &[&str], rows: Vec<Vec<String>>, blocks: &mut Vec<Block>) {
    let used: Vec<bool> =
        (0..heads.len()).map(|at| rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.is_empty()))).collect();
    let keep = |cells: Vec<String>| -> Vec<String> {
        cells.into_iter().zip(&used).filter(|(_, used)| **used).map(|(cell, _)| cell).collect()
    };
    let heads = keep(heads.iter().map(|&head| head.to_owned()).collect());
    blocks.push(Block::Table(heads, rows.into_iter().map(keep).collect()));
}

fn identity(program: &Program, blocks: &mut Vec<Block>) {
    let notice = program.notice();
    let head = &notice.notice;
    let place = [Some(head.place.province.as_str()), head.place.city.as_deref(), Some(head.place.name.as_str())];
    let place: Vec<&str> = place.into_iter().flatten().collect();
    let rows = [
        (say::TITLE, Some(head.title.clone())),
        (say::DOCUMENT, head.document.clone()),
        (say::ISSUER, head.issuer.clone()),
        (say::ISSUED, head.issued.map(words::day)),
        (say::PLACE, Some(place.join(" "))),
        (say::YEAR, Some(say::year(head.year))),
        (say::ID, Some(program.id().to_owned())),
        (say::SOURCE, head.source.clone()),
        (say::FISCAL, head.fiscal_share.map(|share| say::with_clauses(&say::yuan(share), &head.fiscal_clauses))),
    ];
    let rows = rows.into_iter().filter_map(|(name, value)| Some(vec![name.to_owned(), value?])).collect();
    section(say::IDENTITY, &[say::ITEM, say::CONTENT], rows, blocks);
    blocks.extend(head.warnings.iter().cloned().map(Block::Warning));
}

fn periods(program: &Program, amounts: &Amounts<'_>, words: Words<'_>, blocks: &mut Vec<Block>) {
    let notice = program.notice();
    let rows = notice
        .periods
        .iter()
        .map(|period| {
            let days = period.days.map_or_else(String::new, |days| say::monthly(days.first, days.last));
            let windows = || notice.ways.iter().flat_map(|way| &way.windows);
            let unstated =
                |window: &Window| window.period.as_ref() == Some(&period.id) && window.before == Some(Before::Unstated);
            let from = words.date(&period.from);
            let from = if windows().any(unstated) { say::assumed_from(&from) } else { from };
            vec![period.label.clone(), say::from_to(&from, &words.date(&period.to)), days, cited(&period.clauses)]
        })
        .collect();
    section(say::PERIODS, &[say::PERIOD, say::DAYS, say::MONTHLY, say::CLAUSES], rows, blocks);
    let payable: Vec<_> = amounts.payable().collect();
    if !payable.is_empty() {
        blocks.push(Block::Text(say::CALENDAR.to_owned()));
        blocks.push(Block::Calendar(payable));
    }
}

fn amounts(program: &Program, amounts: &Amounts<'_>, blocks: &mut Vec<Block>) {
    if amounts.stretches.is_empty() {
        return;
    }
    let heads = [say::WHO, say::PAYABLE, say::ASSISTANCE, say::CONFIRMED, say::CLAUSES];
    blocks.push(Block::Heading(say::AMOUNTS.to_owned()));
    blocks.push(Block::Text(say::AMOUNTS_OF.to_owned()));
    for (at, stretch) in amounts.stretches.iter().enumerate() {
        blocks.push(Block::Text(say::amounts_in(stretch.from, stretch.to)));
        let rows = if at == 0 { rows(program, stretch) } else { rows_below(program, stretch) };
        table(&heads, rows, blocks);
    }
    if let Some(after) = &amounts.after {
        blocks.push(Block::Text(say::amounts_after(after.days.0)));
        table(&heads, rows_below(program, after), blocks);
    }
    let open = program.notice().overlap.is_none_or(|overlap| overlap == Overlap::Open);
    if program.notice().assists.len() > 1 {
        let overlap = if open { say::OVERLAP_OPEN } else { say::OVERLAP_HIGHEST };
        blocks.push(Block::Text(say::with_clauses(overlap, &program.notice().overlap_clauses)));
    }
}

/// What every rule's row begins with: whom it is for.
fn for_whom(rule: &impl RuleHead, words: Words<'_>) -> String {
    words.condition(rule.when())
}

fn ways(notice: &Notice, words: Words<'_>, blocks: &mut Vec<Block>) {
    let row = |way: &Way| {
        let windows: Vec<String> = way.windows.iter().map(|window| words.window(window)).collect();
        let when = if windows.is_empty() { say::ANY_DAY.to_owned() } else { windows.join("\n") };
        let over: Vec<String> = match way.over.as_slice() {
            [all] if all == "*" => vec![say::OVER_ALL.to_owned()],
            some => some.iter().map(|id| words.way(id)).collect(),
        };
        let mut clauses: Vec<String> = way.clauses.clone();
        for clause in way.windows.iter().flat_map(|window| &window.clauses) {
            if !clauses.contains(clause) {
                clauses.push(clause.clone());
            }
        }
        vec![
            say::way(words::route(way.route), &way.id),
            for_whom(way, words),
            when,
            words::way_kind(way.kind, way.action).to_owned(),
            over.join("、"),
            notes(&way.notes, &way.unstated),
            cited(&clauses),
        ]
    };
    let heads = [say::WAY, say::FOR, say::WHEN, say::RESULT, say::OVER, say::NOTES, say::CLAUSES];
    section(say::WAYS, &heads, notice.ways.iter().map(row).collect(), blocks);
}

fn notes(notes: &[String], unstated: &[canbao_policy::model::Unstated]) -> String {
    let mut lines = notes.to_vec();
    if !unstated.is_empty() {
        lines.push(say::not_said(&unstated.iter().map(|&about| words::unstated(about)).collect::<Vec<_>>()));
    }
    lines.join("\n")
}

fn fees(notice: &Notice, words: Words<'_>, blocks: &mut Vec<Block>) {
    let row =
        |fee: &Fee| vec![for_whom(fee, words), say::fee(fee), notes(&fee.notes, &fee.unstated), cited(&fee.clauses)];
    let rows = notice.fees.iter().map(row).collect();
    section(say::FEES, &[say::FOR, say::FEE, say::NOTES, say::CLAUSES], rows, blocks);
}

fn assists(notice: &Notice, words: Words<'_>, blocks: &mut Vec<Block>) {
    let row = |assist: &Assist| {
        vec![
            for_whom(assist, words),
            words::gives(assist.gives),
            assist.by.clone().unwrap_or_default(),
            assist.notes.join("\n"),
            cited(&assist.clauses),
        ]
    };
    let rows = notice.assists.iter().map(row).collect();
    section(say::ASSISTS, &[say::FOR, say::GIVES, say::BY, say::NOTES, say::CLAUSES], rows, blocks);
}

fn cover(notice: &Notice, words: Words<'_>, blocks: &mut Vec<Block>) {
    let row = |benefit: &Benefit| {
        let day = |expr: Option<&_>| expr.map_or_else(|| say::NOT_SAID.to_owned(), |expr| words.date(expr));
        let mut from = day(benefit.from.as_ref());
        if let Some(safe) = &benefit.from_safe {
            from = say::or_later(&from, &words.date(safe));
        }
        let level = benefit.level.clone().unwrap_or_default();
        let to = day(benefit.to.as_ref());
        vec![for_whom(benefit, words), from, to, level, benefit.notes.join("\n"), cited(&benefit.clauses)]
    };
    let rows = notice.benefits.iter().map(row).collect();
    let heads = [say::FOR, say::COVER_FROM, say::COVER_TO, say::LEVEL, say::NOTES, say::CLAUSES];
    section(say::COVER, &heads, rows, blocks);

    let row = |wait: &Wait| {
        let from = wait.from.as_ref().map_or_else(|| say::FROM_PAYMENT.to_owned(), |from| words.date(from));
        let from = if wait.length.is_none() { String::new() } else { from };
        vec![for_whom(wait, words), say::wait(wait), from, wait.notes.join("\n"), cited(&wait.clauses)]
    };
    let rows = notice.waits.iter().map(row).collect();
    section(say::WAITS, &[say::FOR, say::WAIT, say::WAIT_FROM, say::NOTES, say::CLAUSES], rows, blocks);
}

fn extras(notice: &Notice, words: Words<'_>, blocks: &mut Vec<Block>) {
    let row = |extra: &Extra| {
        vec![
            extra.label.clone(),
            for_whom(extra, words),
            extra.amount.map_or_else(|| say::EXEMPT.to_owned(), say::yuan),
            say::required(extra.required).to_owned(),
            cited(&extra.clauses),
        ]
    };
    let rows = notice.extras.iter().map(row).collect();
    section(say::EXTRAS, &[say::ITEM, say::FOR, say::AMOUNT, say::REQUIRED, say::CLAUSES], rows, blocks);

    let row = |register: &Register| {
        vec![
            for_whom(register, words),
            say::working_days(register.working_days_min, register.working_days_max),
            cited(&register.clauses),
        ]
    };
    let rows = notice.registers.iter().map(row).collect();
    section(say::REGISTERS, &[say::FOR, say::REGISTER, say::CLAUSES], rows, blocks);
}

fn readings(notice: &Notice, blocks: &mut Vec<Block>) {
    let rows = notice
        .readings
        .iter()
        .enumerate()
        .map(|(at, reading)| {
            let options = reading.options.iter().enumerate();
            let options: Vec<String> = options.map(|(at, option)| say::option(&option.label, at == 0)).collect();
            vec![say::numbered_question(at + 1, &reading.question), options.join("\n"), cited(&reading.clauses)]
        })
        .collect();
    section(say::READINGS, &[say::QUESTION, say::OPTIONS, say::CLAUSES], rows, blocks);

    let rows = notice
        .questions
        .iter()
        .map(|question| {
            let answers = match &question.kind {
                QuestionKind::Choice(choices) => {
                    choices.iter().map(|choice| choice.label.clone()).collect::<Vec<_>>().join("\n")
                }
                QuestionKind::YesNo => say::YES_NO.to_owned(),
                QuestionKind::Number(max) => say::up_to(*max),
            };
            let hint = question.hint.clone().unwrap_or_default();
            vec![question.ask.clone(), answers, hint, cited(&question.clauses)]
        })
        .collect();
    section(say::QUESTIONS, &[say::QUESTION, say::ANSWERS, say::NOTES, say::CLAUSES], rows, blocks);
}

fn silences(notice: &Notice, blocks: &mut Vec<Block>) {
    let rows = notice
        .silences
        .iter()
        .map(|silence| vec![words::unstated(silence.about).to_owned(), silence.text.clone(), silence.ask.clone()])
        .collect();
    section(say::SILENCES, &[say::ABOUT, say::SILENT, say::ASK], rows, blocks);
}

fn practice(notice: &Notice, words: Words<'_>, blocks: &mut Vec<Block>) {
    let only = |condition: &Condition| {
        if *condition == Condition::default() { String::new() } else { words.condition(condition) }
    };
    let rows = notice
        .channels
        .iter()
        .map(|channel| {
            let mut steps = channel.steps.clone();
            steps.extend(channel.audiences.iter().map(|who| say::step_for(&words.condition(&who.when), &who.step)));
            let mut place: Vec<String> = channel.place.iter().chain(&channel.phone).cloned().collect();
            if channel.cash {
                place.push(say::CASH.to_owned());
            }
            vec![
                channel.name.clone(),
                say::numbered(&steps),
                place.join("\n"),
                only(&channel.when),
                cited(&channel.clauses),
            ]
        })
        .collect();
    section(say::CHANNELS, &[say::CHANNEL, say::STEPS, say::WHERE, say::FOR, say::CLAUSES], rows, blocks);

    let rows = notice
        .papers
        .iter()
        .map(|paper| vec![paper.label.clone(), paper.items.join("\n"), only(&paper.when), cited(&paper.clauses)])
        .collect();
    section(say::PAPERS, &[say::ITEM, say::BRING, say::FOR, say::CLAUSES], rows, blocks);

    let rows = notice
        .infos
        .iter()
        .map(|info| {
            vec![words::topic(info.topic).to_owned(), info.text.clone(), only(&info.when), cited(&info.clauses)]
        })
        .chain(
            notice
                .notes
                .iter()
                .map(|note| vec![say::NOTE.to_owned(), note.text.clone(), only(&note.when), cited(&note.clauses)]),
        )
        .collect();
    section(say::INFOS, &[say::ABOUT, say::CONTENT, say::FOR, say::CLAUSES], rows, blocks);

    let rows = notice
        .contacts
        .iter()
        .map(|contact| {
            vec![
                contact.office.clone(),
                contact.about.clone().unwrap_or_default(),
                contact.phone.clone().unwrap_or_else(|| say::NOT_SAID.to_owned()),
                cited(&contact.clauses),
            ]
        })
        .collect();
    section(say::CONTACTS, &[say::OFFICE, say::ABOUT, say::PHONE, say::CLAUSES], rows, blocks);
}

fn clauses(notice: &Notice, blocks: &mut Vec<Block>) {
    let rows = notice.clauses.iter().map(|clause| vec![clause.label.clone(), clause.summary.clone()]).collect();
    section(say::ALL_CLAUSES, &[say::CLAUSE, say::SUMMARY], rows, blocks);
}

//! The table of amounts as cells: who pays what, by whose money, confirmed by whom, by which clauses.

use crate::text::sheet as say;
use crate::text::words::Words;
use canbao_engine::Program;
use canbao_engine::contract::Kind;
use canbao_material::amounts::{Payer, Price, Row, Stretch};

/// The rows of a stretch, one for each kind of payer.
pub(super) fn rows(program: &Program, stretch: &Stretch<'_>) -> Vec<Vec<String>> {
    let words = Words::of(program.notice());
    stretch.rows.iter().map(|row| cells(words, row)).collect()
}

/// The rows of a stretch below another one: one for everybody, where they differ in nothing but the person.
pub(super) fn rows_below(program: &Program, stretch: &Stretch<'_>) -> Vec<Vec<String>> {
    let mut rows = rows(program, stretch);
    let same = |a: &[String], b: &[String]| a.get(1..3) == b.get(1..3) && a.get(4..) == b.get(4..);
    if rows.len() > 1 && rows.windows(2).all(|pair| same(&pair[0], &pair[1])) {
        rows.truncate(1);
        if let Some(who) = rows.first_mut().and_then(|row| row.first_mut()) {
            *who = say::EVERYBODY.to_owned();
        }
    }
    rows
}

fn cells(words: Words<'_>, row: &Row<'_>) -> Vec<String> {
    let (who, entry) = match row.payer {
        Payer::Ordinary => (say::ORDINARY.to_owned(), None),
        Payer::Member(entry) => (entry.name.clone(), Some(entry)),
        Payer::Both(entry, with) => (say::both(&entry.name, &with.name), Some(entry)),
    };
    let confirmed = entry.map_or("", |entry| entry.confirmed_by.as_deref().unwrap_or(say::NOT_SAID));
    let each = |say: &dyn Fn(&Price) -> String| {
        let mut lines: Vec<String> = Vec::new();
        for price in &row.prices {
            let line = say(price);
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines.join("\n")
    };
    let payable = each(&|price| {
        let amount = match (&price.fee, price.kind) {
            (_, Kind::NotCovered | Kind::Unstated) => say::kind(price.kind).to_owned(),
            (Some(fee), _) => say::yuan(fee.payable),
            (None, _) => say::NOT_SAID.to_owned(),
        };
        let rests: Vec<String> =
            price.when.iter().map(|all| say::all(all.iter().map(|when| words.when(when)))).collect();
        match (rests.is_empty(), row.steady) {
            (true, _) => amount,
            (false, true) => say::amount_if(&amount, &rests),
            (false, false) => say::amount_at_first(&amount, &rests),
        }
    });
    let assistance = each(&|price| price.fee.as_ref().map_or_else(String::new, say::assistance));
    let cites = each(&|price| price.cites.join("、"));
    vec![who, payable, assistance, confirmed.to_owned(), cites]
}

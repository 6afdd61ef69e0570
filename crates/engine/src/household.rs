//! Several people's responses side by side: what is certain of each, what they pay together, whose last day comes first.
//!
//! A response holds every outcome still possible. Where all of them agree on something, it is certain, whatever else is
//! open; only that is added up. A person without certain amount is counted, so that nobody takes the sum for the whole.

use crate::contract::{Kind, Outcome, Response, Today};
use crate::money::Money;
use canbao_policy::model::{Action, Yuan};
use chrono::NaiveDate;

/// What is certain of one person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// What it amounts to, if every outcome says the same.
    pub kind: Option<Kind>,
    /// What the person pays here, if every outcome says the same.
    pub payable: Option<Yuan>,
    /// The first of the last days, and what has to be done by then: whoever keeps to it is not late under any outcome,
    /// unless it is disputed.
    pub deadline: Option<(NaiveDate, Action)>,
    /// Whether it is past by the strict way of counting and today not by another ([`Outcome::strictly_late`]).
    pub disputed: bool,
    /// The first day something has to be done by: the same, or the safe day to register first (山阴 三(一)1), if it is
    /// not past; today where that is disputed.
    pub act_by: Option<NaiveDate>,
}

/// What is certain of several people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Household {
    /// Each one's, in the order given.
    pub standings: Vec<Standing>,
    /// The sum of the certain amounts.
    pub payable: Yuan,
    /// How many amounts are in the sum.
    pub counted: usize,
    /// How many have no certain amount, without those who certainly do not belong here.
    pub open: usize,
    /// Who has something to do by a day, the first day first: places in the order given.
    pub by_deadline: Vec<usize>,
}

/// Looks at several people's responses together; `None` where a person's answers gave none.
///
/// ```
/// use canbao_engine::household::household;
/// let nobody = household(&[None, None]);
/// assert_eq!((nobody.payable.to_string().as_str(), nobody.counted, nobody.open), ("0", 0, 2));
/// ```
#[must_use]
pub fn household(responses: &[Option<Response>]) -> Household {
    let standings: Vec<Standing> =
        responses.iter().map(|response| response.as_ref().map_or_else(Standing::default, standing)).collect();
    let amounts = || standings.iter().filter_map(|standing| Money::of(standing.payable?));
    let elsewhere = standings.iter().filter(|standing| standing.kind == Some(Kind::NotCovered)).count();
    let counted = amounts().count();
    let mut by_deadline: Vec<(NaiveDate, usize)> =
        standings.iter().enumerate().filter_map(|(at, standing)| Some((standing.act_by?, at))).collect();
    by_deadline.sort_unstable();
    Household {
        payable: amounts().fold(Money::ZERO, Money::plus).yuan(),
        counted,
        open: standings.len() - counted - elsewhere,
        by_deadline: by_deadline.into_iter().map(|(_, at)| at).collect(),
        standings,
    }
}

fn standing(response: &Response) -> Standing {
    let outcomes = &response.outcomes;
    let last = |outcome: &Outcome| Some((outcome.last_day(response.on)?, outcome.deadline?.action));
    let deadline = outcomes.iter().filter_map(last).min_by_key(|(day, _)| *day);
    let register = outcomes.iter().filter_map(|outcome| outcome.register_by?.safe.filter(|day| *day >= response.on));
    let disputed = outcomes.iter().any(|one| one.today == Today::Disputed && one.strictly_late(response.on));
    let today = disputed.then_some(response.on);
    Standing {
        kind: all_alike(outcomes.iter().map(|outcome| Some(outcome.kind))),
        payable: all_alike(outcomes.iter().map(|outcome| match (outcome.kind, &outcome.fee) {
            (Kind::Pay, Some(fee)) => Some(fee.payable),
            (Kind::Free, _) => Some(Yuan::ZERO),
            _ => None,
        })),
        deadline,
        disputed,
        act_by: register.chain(deadline.map(|(day, _)| day)).chain(today).min(),
    }
}

/// The value that all have.
fn all_alike<T: PartialEq>(mut values: impl Iterator<Item = Option<T>>) -> Option<T> {
    let first = values.next()??;
    values.all(|value| value.as_ref() == Some(&first)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Deadline, FeeSum, SafeLatest};
    use canbao_policy::model::{Basis, Route};

    fn day(text: &str) -> Option<NaiveDate> {
        (!text.is_empty()).then(|| text.parse().expect("a day"))
    }

    fn outcome(kind: Kind, payable: &str, safe: &str) -> Outcome {
        let yuan = |text: &str| text.parse().expect("an amount");
        let fee = FeeSum {
            payable: yuan(payable),
            standard: yuan(payable),
            assistance: Yuan::ZERO,
            waived: Yuan::ZERO,
            fiscal: Yuan::ZERO,
            basis: Basis::Stated,
            assisted_by: None,
        };
        Outcome {
            kind,
            route: Route::Central,
            when: Vec::new(),
            fee: Some(fee),
            extras: Vec::new(),
            register_by: None,
            deadline: Some(Deadline { action: Action::Pay, safe: day(safe), latest: day(safe) }),
            today: Today::Open,
            opens: None,
            periods: Vec::new(),
            benefit: None,
            wait: None,
            channels: Vec::new(),
            cites: Vec::new(),
            unstated: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn response(outcomes: Vec<Outcome>) -> Option<Response> {
        let on = day("2026-02-10").expect("a day");
        Some(Response { notice: String::new(), on, over: false, settled: false, ask: Vec::new(), outcomes })
    }

    #[test]
    fn only_what_is_certain_is_added_up() {
        let found = household(&[
            response(vec![outcome(Kind::Pay, "87.5", "2026-02-25")]),
            // Two outcomes that differ in their days only.
            response(vec![outcome(Kind::Pay, "400", "2026-02-25"), outcome(Kind::Pay, "400", "2026-02-20")]),
            response(vec![outcome(Kind::Pay, "400", "2026-02-25"), outcome(Kind::Pay, "80", "2026-02-25")]),
            response(vec![outcome(Kind::Free, "0", "")]),
            response(vec![outcome(Kind::Unstated, "400", "")]),
            response(vec![outcome(Kind::NotCovered, "400", "")]),
            None,
        ]);
        assert_eq!((found.payable.to_string().as_str(), found.counted, found.open), ("487.5", 3, 3));
        let last = day("2026-02-25");
        let deadline = last.map(|day| (day, Action::Pay));
        assert_eq!(
            found.standings[2],
            Standing { kind: Some(Kind::Pay), deadline, act_by: last, ..Standing::default() }
        );
        assert_eq!(found.standings[5].payable, None);
    }

    #[test]
    fn the_first_last_day_comes_first() {
        let pay = |safe: &[&str]| response(safe.iter().map(|safe| outcome(Kind::Pay, "400", safe)).collect());
        let found = household(&[pay(&["2026-02-25"]), pay(&[""]), pay(&["2026-03-01", "2026-01-25"]), None]);
        assert_eq!(found.by_deadline, [2, 0]);
        assert_eq!(found.standings[2].act_by, day("2026-01-25"));
    }

    /// 兴县 七(一).
    #[test]
    fn who_may_be_late_already_comes_today() {
        let deadline = Some(Deadline { action: Action::Pay, safe: day("2026-02-09"), latest: day("2026-02-20") });
        let disputed = Outcome { deadline, today: Today::Disputed, ..outcome(Kind::Pay, "400", "") };
        let found = household(&[
            response(vec![outcome(Kind::Pay, "400", "2026-02-12")]),
            response(vec![disputed]),
            response(vec![outcome(Kind::Pay, "400", "2026-02-10")]),
        ]);
        assert_eq!(found.by_deadline, [1, 2, 0]);
        assert_eq!(found.standings.iter().map(|one| one.disputed).collect::<Vec<_>>(), [false, true, false]);
    }

    /// 山阴 三(一)1.
    #[test]
    fn who_registers_first_comes_by_that_day() {
        let register = |safe: &str| {
            let register_by = Some(SafeLatest { safe: day(safe), latest: day(safe) });
            response(vec![Outcome { register_by, ..outcome(Kind::Pay, "400", "2026-02-25") }])
        };
        // The second one's is past.
        let found = household(&[
            response(vec![outcome(Kind::Pay, "400", "2026-02-24")]),
            register("2026-02-09"),
            register("2026-02-20"),
        ]);
        assert_eq!(found.by_deadline, [2, 0, 1]);
        assert_eq!(found.standings[1].act_by, day("2026-02-25"));
        assert_eq!(found.standings[2].deadline, day("2026-02-25").map(|day| (day, Action::Pay)));
    }

    #[test]
    fn without_outcomes_nothing_is_certain() {
        assert_eq!(household(&[response(Vec::new())]).standings, [Standing::default()]);
        assert_eq!(household(&[]).payable, Yuan::ZERO);
    }
}

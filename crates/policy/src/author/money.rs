//! Money: nothing above what there is to pay.
//!
//! Which fee goes with which assistance is only known for sure by evaluating, which the engine's proofs do. Here every
//! pair that the conditions do not plainly keep apart is compared: an assistance above all of its fees is an error, above
//! one of them a warning.

use super::check::Check;
use super::diagnostic::Severity;
use super::text;
use crate::model::{Assist, Condition, Fee, Gives, Percent, Rounding, Route, Waived, Way, Yuan};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

pub(crate) fn check(check: &mut Check<'_, '_>) {
    fees(check);
    shares(check);
    assistance(check);
}

/// What a fee leaves to be paid by somebody.
fn rest(fee: &Fee) -> Option<Decimal> {
    let whole = fee.standard?.0.checked_add(fee.fiscal.unwrap_or(Yuan::ZERO).0)?;
    match fee.waived {
        None => Some(whole),
        Some(Waived::All) => Some(Decimal::ZERO),
        Some(Waived::Amount(amount)) => whole.checked_sub(amount.0),
    }
}

fn fees(check: &mut Check<'_, '_>) {
    for (at, fee) in check.doc.all::<Fee>("Fee") {
        for (key, given) in [("fiscal", fee.fiscal.is_some()), ("waived", fee.waived.is_some())] {
            if given && fee.standard.is_none() {
                check.error(check.doc.span(at, key), text::needs_standard(key));
            }
        }
        if rest(&fee).is_some_and(|rest| rest < Decimal::ZERO) {
            check.error(check.doc.span(at, "waived"), text::waived_above_fee());
        }
    }
}

fn shares(check: &mut Check<'_, '_>) {
    for (at, share) in check.doc.all::<Percent>("Percent") {
        if share.rate.0 > Decimal::ONE_HUNDRED {
            check.error(check.doc.span(at, "rate"), text::rate_above_100());
        }
    }
    for (at, rounding) in check.doc.all::<Rounding>("Rounding") {
        if rounding.to == Yuan::ZERO {
            check.error(check.doc.span(at, "to"), text::round_to_zero());
        }
    }
}

fn assistance(check: &mut Check<'_, '_>) {
    let ways: BTreeMap<String, Route> =
        check.doc.all::<Way>("Way").into_iter().map(|(_, way)| (way.id, way.route)).collect();
    let fees = check.doc.all::<Fee>("Fee");
    for (at, assist) in check.doc.all::<Assist>("Assist") {
        let gives_at = check.doc.span(at, "gives");
        if assist.layer == Some(0) {
            check.error(check.doc.span(at, "layer"), text::bad_layer());
        }
        // Later layers take from what the one before left, which only evaluation knows.
        if assist.layer.unwrap_or(1) != 1 {
            continue;
        }
        let mut plain = 0_usize;
        let mut wrong = Vec::new();
        for (fee_at, fee) in &fees {
            let Some(rest) = rest(fee).filter(|rest| *rest > Decimal::ZERO) else {
                continue;
            };
            if apart(&assist.when, &fee.when, &ways) {
                continue;
            }
            plain += 1;
            let rest_text = Yuan(rest).to_string();
            let say = match assist.gives {
                Gives::Amount(amount) if amount.0 > rest => {
                    text::assistance_above_fee(&amount.to_string(), &fee.id, &rest_text)
                }
                Gives::Pays(pays) if pays.0 > rest => text::pays_above_fee(&pays.to_string(), &fee.id, &rest_text),
                Gives::Percent(share) => match share_mistake(share, rest, &fee.id) {
                    Some(say) => say,
                    None => continue,
                },
                _ => continue,
            };
            wrong.push((check.doc.span(*fee_at, "standard"), say));
        }
        let all = wrong.len() == plain;
        if let Some((fee_span, say)) = wrong.into_iter().next() {
            let (severity, say) = if all { (Severity::Error, say) } else { (Severity::Warning, text::perhaps(say)) };
            check.pair(severity, gives_at, say, fee_span, text::this_fee());
        }
    }
}

fn share_mistake(share: Percent, rest: Decimal, fee: &str) -> Option<text::Say> {
    let of = share.of.map_or(rest, |of| of.0);
    let result = of.checked_mul(share.rate.0)?.checked_div(Decimal::ONE_HUNDRED)?;
    let rounded =
        share.round.map_or(result, |round: Rounding| if round.to.0.is_zero() { result } else { round.apply(result) });
    if rounded.normalize().scale() > 2 {
        return Some(text::not_exact(&share.rate.to_string(), &Yuan(of).to_string()));
    }
    (rounded > rest && share.rate.0 <= Decimal::ONE_HUNDRED)
        .then(|| text::assistance_above_fee(&Yuan(rounded).to_string(), fee, &Yuan(rest).to_string()))
}

/// Whether two conditions plainly never hold together.
fn apart(a: &Condition, b: &Condition, ways: &BTreeMap<String, Route>) -> bool {
    let (a, b) = (parts(a), parts(b));
    a.iter().any(|a| b.iter().any(|b| parts_apart(a, b, ways)))
}

/// The condition and all that must hold with it.
fn parts(condition: &Condition) -> Vec<&Condition> {
    let mut found = vec![condition];
    found.extend(condition.all.iter().flat_map(parts));
    found
}

fn parts_apart(a: &Condition, b: &Condition, ways: &BTreeMap<String, Route>) -> bool {
    fn no_common<T: PartialEq>(a: &[T], b: &[T]) -> bool {
        !a.is_empty() && !b.is_empty() && !a.iter().any(|value| b.contains(value))
    }
    let differ = |a: Option<bool>, b: Option<bool>| matches!((a, b), (Some(a), Some(b)) if a != b);
    // Who is not in any of some groups is not in one of them.
    let excludes = |a: &Condition, b: &Condition| {
        let Some(not) = a.not.as_deref() else {
            return false;
        };
        let only_groups = Condition { groups: not.groups.clone(), ..Condition::default() } == *not;
        only_groups && !b.groups.is_empty() && b.groups.iter().all(|group| not.groups.contains(group))
    };
    no_common(&routes(a, ways), &routes(b, ways))
        || no_common(&a.way, &b.way)
        || no_common(&a.residence, &b.residence)
        || no_common(&a.other_plan, &b.other_plan)
        || no_common(&a.left, &b.left)
        || no_common(&a.last_year, &b.last_year)
        || no_common(&a.student, &b.student)
        || differ(a.employee_two_years, b.employee_two_years)
        || differ(a.employee_gap, b.employee_gap)
        || differ(a.no_claims, b.no_claims)
        || differ(a.parent_insured, b.parent_insured)
        || a.reading.iter().any(|(id, options)| b.reading.get(id).is_some_and(|other| no_common(options, other)))
        || a.choice.iter().any(|(id, values)| b.choice.get(id).is_some_and(|other| no_common(values, other)))
        || excludes(a, b)
        || excludes(b, a)
}

fn routes(condition: &Condition, ways: &BTreeMap<String, Route>) -> Vec<Route> {
    if condition.route.is_empty() {
        condition.way.iter().filter_map(|id| ways.get(id).copied()).collect()
    } else {
        condition.route.clone()
    }
}

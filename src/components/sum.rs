//! The sum as a picture and in figures: the standard fee, what others pay of it, what is left.

use super::{maybe, part};
use crate::html::Html;
use crate::text::result as words;
use canbao_engine::contract::{FeeSum, Kind};
use canbao_policy::model::Yuan;

/// From the standard fee to what the person pays.
pub fn sum(h: &mut Html, fee: &FeeSum, kind: Kind) {
    part(h, words::SUM);
    picture(h, fee);
    h.open("dl");
    row(h, "div", words::STANDARD, "", fee.standard);
    if fee.fiscal != Yuan::ZERO {
        row(h, "div", words::FISCAL, "+", fee.fiscal);
    }
    if fee.assistance != Yuan::ZERO {
        let name = fee.assisted_by.as_ref().map_or_else(|| words::ASSISTANCE.to_owned(), |by| words::assisted_by(by));
        row(h, "div.given", &name, "−", fee.assistance);
    }
    if fee.waived != Yuan::ZERO {
        row(h, "div.waived", words::WAIVED, "−", fee.waived);
    }
    if kind == Kind::Pay || kind == Kind::Free {
        row(h, "div.total", words::PAYABLE, "", fee.payable);
    }
    h.close();
    maybe(h, "p.hint", words::basis(fee.basis));
    h.close();
}

fn row(h: &mut Html, spec: &'static str, name: &str, sign: &str, amount: Yuan) {
    h.open(spec);
    h.line("dt", name);
    h.line("dd", &words::amount(sign, &amount.to_string()));
    h.close();
}

/// A bar as long as the whole, cut into what the person pays, what is paid for them and what nobody pays; nothing where
/// there is nothing to tell apart. The figures below say the same, so it is not read out.
fn picture(h: &mut Html, fee: &FeeSum) {
    let parts = [("rect.yours", fee.payable), ("rect.given", fee.assistance), ("rect.waived", fee.waived)];
    let lengths = parts.map(|(spec, amount)| (spec, fen(&amount.to_string())));
    if lengths.iter().filter(|(_, length)| *length > 0).count() < 2 {
        return;
    }
    let whole: u32 = lengths.iter().map(|(_, length)| length).sum();
    h.open("svg.bar-of-sum@sum-picture[preserveAspectRatio=none][aria-hidden=true]");
    h.attr_of("viewBox", &["0 0 ", &whole.to_string(), " 10"]);
    let mut from = 0;
    for (spec, length) in lengths {
        h.open(spec);
        for (name, value) in [("x", from), ("width", length), ("height", 10)] {
            h.attr(name, &value.to_string());
        }
        h.close();
        from += length;
    }
    h.close();
}

/// The length in the picture of an amount: its fen. An amount as written has two digits after the point at most.
fn fen(amount: &str) -> u32 {
    let (yuan, rest) = amount.split_once('.').unwrap_or((amount, ""));
    let digits: String = [yuan, rest, "00"].concat().chars().take(yuan.len() + 2).collect();
    digits.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use canbao_policy::model::Basis;

    fn fee(standard: &str, payable: &str, assistance: &str, fiscal: &str) -> FeeSum {
        let yuan = |text: &str| text.parse().expect("an amount");
        FeeSum {
            payable: yuan(payable),
            standard: yuan(standard),
            assistance: yuan(assistance),
            waived: Yuan::ZERO,
            fiscal: yuan(fiscal),
            basis: Basis::Stated,
            assisted_by: None,
        }
    }

    fn drawn(fee: &FeeSum) -> String {
        let mut h = Html::default();
        sum(&mut h, fee, Kind::Pay);
        h.finish()
    }

    #[test]
    fn a_length_is_the_amount_in_fen() {
        assert_eq!([fen("400"), fen("87.5"), fen("0.05"), fen("0")], [40_000, 8_750, 5, 0]);
    }

    #[test]
    fn the_picture_shows_each_part_as_long_as_it_is_large() {
        let page = drawn(&fee("400", "80", "320", "0"));
        assert!(page.contains("viewBox=\"0 0 40000 10\""), "{page}");
        assert!(page.contains("class=\"yours\" x=\"0\" width=\"8000\""));
        assert!(page.contains("class=\"given\" x=\"8000\" width=\"32000\""));
    }

    #[test]
    fn a_fee_of_one_part_is_no_picture() {
        assert!(!drawn(&fee("400", "400", "0", "0")).contains("<svg"));
        assert!(drawn(&fee("400", "1020", "80", "700")).contains("viewBox=\"0 0 110000 10\""));
    }
}

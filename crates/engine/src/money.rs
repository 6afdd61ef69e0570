//! Money inside the engine: whole millionths of a yuan.
//!
//! A notice states amounts to the fen and percentages to two places, so a share of an amount is a whole number of
//! millionths: exact in a plain integer, where decimals would weigh fifteen kilobytes in the wasm. Outside the engine
//! an amount is a [`Yuan`], a decimal.

use canbao_policy::model::{Gives, Percent, Round, Rounding, Yuan};
use canbao_policy::pack::{Pack, Reader};
use rust_decimal::Decimal;

/// An amount.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub(crate) struct Money(i64);

/// Decimal places kept.
const PLACES: u32 = 6;

impl Money {
    pub(crate) const ZERO: Self = Self(0);

    /// An amount of a notice; `None` where it has more places than an amount can have, or is beyond all bounds.
    pub(crate) fn of(yuan: Yuan) -> Option<Self> {
        let exact = yuan.0.normalize();
        let factor = 10i128.checked_pow(PLACES.checked_sub(exact.scale())?)?;
        i64::try_from(exact.mantissa().checked_mul(factor)?).ok().filter(|n| n.abs() < i64::MAX >> 16).map(Self)
    }

    /// The same as a decimal, without zeros at its end.
    pub(crate) fn yuan(self) -> Yuan {
        let (mut digits, mut places) = (self.0, PLACES);
        while places > 0 && digits % 10 == 0 {
            digits /= 10;
            places -= 1;
        }
        Yuan(Decimal::new(digits, places))
    }

    pub(crate) fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Whether it can be paid: in fen (分), the smallest coin.
    pub(crate) fn is_whole_fen(self) -> bool {
        self.0 % 10_000 == 0
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// What is left after taking so much off: never less than nothing.
    pub(crate) fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0).max(0))
    }
}

impl Pack for Money {
    fn pack(&self, out: &mut String) {
        self.0.pack(out);
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        Self(i64::unpack(from))
    }
}

/// What an assistance gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Relief {
    /// Not stated.
    Unstated,
    /// The person pays so much.
    Pays(Money),
    /// So much.
    Amount(Money),
    /// A share of what is left to pay, or of a fixed amount.
    Share(Share),
}

canbao_policy::packed! {
    /// A share of an amount.
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    pub(crate) struct Share {
        /// In hundredths of a percent.
        rate: i64,
        of: Option<Money>,
        /// Rounded to a multiple of this.
        to: Option<(Money, Round)>,
    }
}

impl Pack for Relief {
    fn pack(&self, out: &mut String) {
        match self {
            Self::Unstated => 0u8.pack(out),
            Self::Pays(amount) => (1u8, *amount).pack(out),
            Self::Amount(amount) => (2u8, *amount).pack(out),
            Self::Share(share) => {
                3u8.pack(out);
                share.pack(out);
            }
        }
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        match u8::unpack(from) {
            1 => Self::Pays(Pack::unpack(from)),
            2 => Self::Amount(Pack::unpack(from)),
            3 => Self::Share(Pack::unpack(from)),
            _ => Self::Unstated,
        }
    }
}

/// Outer `None`: there is a value and it does not convert.
fn every<A, B>(value: Option<A>, convert: impl FnOnce(A) -> Option<B>) -> Option<Option<B>> {
    value.map_or(Some(None), |value| convert(value).map(Some))
}

impl Relief {
    /// What a rule gives; `None` where a number of it is finer than the engine counts.
    pub(crate) fn of(gives: Gives) -> Option<Self> {
        Some(match gives {
            Gives::All => Self::Pays(Money::ZERO),
            Gives::Amount(amount) => Self::Amount(Money::of(amount)?),
            Gives::Pays(amount) => Self::Pays(Money::of(amount)?),
            Gives::Unstated => Self::Unstated,
            Gives::Percent(Percent { rate, of, round }) => {
                // A percentage has as many places as an amount: in millionths, then in hundredths.
                let Money(rate) = Money::of(rate)?;
                let rate = (rate % 10_000 == 0).then_some(rate / 10_000)?;
                let to = |rounding: Rounding| Some((Money::of(rounding.to)?, rounding.mode));
                Self::Share(Share { rate, of: every(of, Money::of)?, to: every(round, to)? })
            }
        })
    }

    /// What is left to pay after it.
    pub(crate) fn after(self, payable: Money) -> Money {
        match self {
            Self::Unstated => payable,
            Self::Pays(amount) => amount.min(payable),
            Self::Amount(amount) => payable.less(amount),
            Self::Share(share) => {
                let whole = share.of.unwrap_or(payable).0.saturating_mul(share.rate);
                let unit = share.to.map_or(1, |(to, _)| to.0.max(1)).saturating_mul(10_000);
                let more = match share.to.map_or(Round::HalfUp, |(_, mode)| mode) {
                    Round::Up => unit - 1,
                    Round::Down => 0,
                    Round::HalfUp => unit / 2,
                };
                payable.less(Money(whole.saturating_add(more) / unit * (unit / 10_000)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        Money::of(text.parse().expect("an amount")).expect("in bounds")
    }

    #[test]
    fn amounts_survive() {
        for text in ["0", "400", "87.5", "0.01", "133.333333"] {
            assert_eq!(money(text).yuan().to_string(), text);
        }
        assert_eq!(Money::of("0.0000001".parse().expect("an amount")), None);
    }

    #[test]
    fn a_share_is_rounded_as_the_rule_says() {
        let left = |round| Relief::Share(Share { rate: 3_333, of: None, to: round }).after(money("400"));
        // 133.32 of 400
        assert_eq!(left(None), money("266.68"));
        assert_eq!(left(Some((money("1"), Round::Down))), money("267"));
        assert_eq!(left(Some((money("1"), Round::Up))), money("266"));
        assert_eq!(left(Some((money("0.5"), Round::HalfUp))), money("266.5"));
    }

    #[test]
    fn relief_never_pays_out() {
        assert_eq!(Relief::Amount(money("500")).after(money("400")), Money::ZERO);
        assert_eq!(Relief::Pays(money("500")).after(money("400")), money("400"));
        assert_eq!(Relief::Unstated.after(money("400")), money("400"));
    }
}

//! The packed form, generated from the definitions of the model.
//!
//! `packed!` wraps a struct's definition and writes and reads its fields in order, so a field cannot be forgotten or
//! read in another order than written. It replaced postcard, whose generated decoders were the largest single part of
//! the wasm: there is one error flag instead of a `Result` at each field, so each field costs one call.
//!
//! The form is text: numbers in digits of their own, and the notice's words as they are. So it can stand in a page that
//! says the same words to the reader, where a compressor finds them twice and sends them once.

use crate::map::Map;
use crate::model::{Condition, DateExpr, Event, Notice, QuestionChoice, QuestionKind, Span, SpanUnit, Yuan};
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

/// A text being read. A fault is remembered; what is read after it is empty.
pub struct Reader<'a> {
    text: &'a str,
    /// Whether the text was not what [`Pack::pack`] writes.
    pub failed: bool,
    depth: u8,
}

/// Deeper than any notice nests; keeps a damaged text from exhausting the stack.
const MAX_DEPTH: u8 = 64;

impl<'a> Reader<'a> {
    /// Reads from the beginning.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self { text, failed: false, depth: 0 }
    }

    /// Whether everything was read, without a fault.
    #[must_use]
    pub fn done(&self) -> bool {
        !self.failed && self.text.is_empty()
    }

    /// The next so many bytes, if they are whole characters.
    fn take(&mut self, len: usize) -> &'a str {
        let (taken, rest) = self.text.split_at_checked(len).unwrap_or_else(|| {
            self.failed = true;
            ("", "")
        });
        self.text = rest;
        taken
    }

    fn number(&mut self) -> u32 {
        let mut value = 0;
        for shift in (0..u32::BITS).step_by(DIGIT_BITS as usize) {
            let byte = self.take(1).bytes().next().unwrap_or_default();
            let [last, more] = [LAST, MORE].map(|zero| byte.wrapping_sub(zero));
            if last <= DIGIT {
                return value | u32::from(last) << shift;
            }
            if more > DIGIT {
                break;
            }
            value |= u32::from(more) << shift;
        }
        self.failed = true;
        0
    }

    fn text(&mut self) -> &'a str {
        let len = self.number() as usize;
        self.take(len)
    }

    /// One level deeper.
    pub fn enter(&mut self) {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            self.failed = true;
            self.text = "";
        }
    }

    /// One level back.
    pub fn leave(&mut self) {
        self.depth -= 1;
    }
}

/// A number's digits have five bits each, the lowest first, in one character: the last digit is one from here on. No
/// digit is `<` or `&`, which mean something in a page.
const LAST: u8 = b'=';
/// Those from here on are followed by more.
const MORE: u8 = LAST + DIGIT + 1;
const DIGIT_BITS: u32 = 5;
const DIGIT: u8 = (1 << DIGIT_BITS) - 1;

fn put_number(out: &mut String, mut value: u32) {
    loop {
        let digit = value as u8 & DIGIT;
        value >>= DIGIT_BITS;
        let last = value == 0;
        out.push(char::from(digit + if last { LAST } else { MORE }));
        if last {
            break;
        }
    }
}

/// Something with a packed form.
pub trait Pack: Sized {
    /// Appends the packed form.
    fn pack(&self, out: &mut String);
    /// Reads it back; on a fault the reader remembers, and the value means nothing.
    fn unpack(from: &mut Reader<'_>) -> Self;
}

/// A struct with its packed form: the fields in order.
#[macro_export]
macro_rules! packed {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$field_meta:meta])* $field_vis:vis $field:ident: $ty:ty),+ $(,)? }) => {
        $(#[$meta])*
        $vis struct $name { $($(#[$field_meta])* $field_vis $field: $ty),+ }

        impl $crate::pack::Pack for $name {
            fn pack(&self, out: &mut String) {
                $($crate::pack::Pack::pack(&self.$field, out);)+
            }

            #[inline(never)]
            fn unpack(from: &mut $crate::pack::Reader<'_>) -> Self {
                from.enter();
                let value = Self { $($field: $crate::pack::Pack::unpack(from)),+ };
                from.leave();
                value
            }
        }
    };
}

impl Pack for u32 {
    fn pack(&self, out: &mut String) {
        put_number(out, *self);
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        from.number()
    }
}

impl Pack for i32 {
    fn pack(&self, out: &mut String) {
        put_number(out, (self.cast_unsigned() << 1) ^ (self >> 31).cast_unsigned());
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        let value = from.number();
        (value >> 1).cast_signed() ^ -(value & 1).cast_signed()
    }
}

impl Pack for u64 {
    fn pack(&self, out: &mut String) {
        put_number(out, *self as u32);
        put_number(out, (*self >> 32) as u32);
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        let low = from.number();
        u64::from(low) | u64::from(from.number()) << 32
    }
}

impl Pack for i64 {
    fn pack(&self, out: &mut String) {
        self.cast_unsigned().pack(out);
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        u64::unpack(from).cast_signed()
    }
}

impl Pack for u8 {
    fn pack(&self, out: &mut String) {
        put_number(out, u32::from(*self));
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        from.number() as Self
    }
}

impl Pack for u16 {
    fn pack(&self, out: &mut String) {
        put_number(out, u32::from(*self));
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        from.number() as Self
    }
}

/// An index.
impl Pack for usize {
    fn pack(&self, out: &mut String) {
        put_number(out, *self as u32);
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        from.number() as Self
    }
}

impl Pack for bool {
    fn pack(&self, out: &mut String) {
        put_number(out, u32::from(*self));
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        from.number() != 0
    }
}

impl Pack for String {
    fn pack(&self, out: &mut String) {
        put_number(out, self.len() as u32);
        out.push_str(self);
    }
    #[inline(never)]
    fn unpack(from: &mut Reader<'_>) -> Self {
        from.text().to_owned()
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn pack(&self, out: &mut String) {
        put_number(out, self.len() as u32);
        self.iter().for_each(|item| item.pack(out));
    }
    #[inline(never)]
    fn unpack(from: &mut Reader<'_>) -> Self {
        let mut items = Vec::new();
        from.enter();
        for _ in 0..from.number() {
            if from.failed {
                break;
            }
            items.push(T::unpack(from));
        }
        from.leave();
        items
    }
}

impl<T: Pack> Pack for Option<T> {
    fn pack(&self, out: &mut String) {
        self.is_some().pack(out);
        if let Some(value) = self {
            value.pack(out);
        }
    }
    #[inline(never)]
    fn unpack(from: &mut Reader<'_>) -> Self {
        bool::unpack(from).then(|| T::unpack(from))
    }
}

impl<A: Pack, B: Pack> Pack for (A, B) {
    fn pack(&self, out: &mut String) {
        self.0.pack(out);
        self.1.pack(out);
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        (A::unpack(from), B::unpack(from))
    }
}

impl<T: Pack> Pack for Box<T> {
    fn pack(&self, out: &mut String) {
        (**self).pack(out);
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        from.enter();
        let value = Box::new(T::unpack(from));
        from.leave();
        value
    }
}

impl<T: Pack> Pack for Map<T> {
    fn pack(&self, out: &mut String) {
        put_number(out, self.len() as u32);
        for (key, value) in self {
            key.pack(out);
            value.pack(out);
        }
    }
    #[inline(never)]
    fn unpack(from: &mut Reader<'_>) -> Self {
        let mut map = Map::default();
        for _ in 0..from.number() {
            if from.failed {
                break;
            }
            let key = String::unpack(from);
            map.insert(key, T::unpack(from));
        }
        map
    }
}

impl Pack for NaiveDate {
    fn pack(&self, out: &mut String) {
        self.num_days_from_ce().pack(out);
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        NaiveDate::from_num_days_from_ce_opt(i32::unpack(from)).unwrap_or_else(|| {
            from.failed = true;
            NaiveDate::MIN
        })
    }
}

/// Digits and decimal places.
impl Pack for Yuan {
    fn pack(&self, out: &mut String) {
        let exact = self.0.normalize();
        put_number(out, exact.scale());
        i64::try_from(exact.mantissa()).unwrap_or(0).pack(out);
    }
    #[inline(never)]
    fn unpack(from: &mut Reader<'_>) -> Self {
        let scale = from.number();
        let digits = i64::unpack(from);
        Decimal::try_new(digits, scale).map(Self).unwrap_or_else(|_| {
            from.failed = true;
            Self::ZERO
        })
    }
}

impl Pack for Span {
    fn pack(&self, out: &mut String) {
        self.count.pack(out);
        (self.unit == SpanUnit::Months).pack(out);
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        let count = i32::unpack(from);
        Self { count, unit: if bool::unpack(from) { SpanUnit::Months } else { SpanUnit::Days } }
    }
}

const EVENTS: [Event; 4] = [Event::BirthDate, Event::LeftOn, Event::RecognisedOn, Event::Payment];

impl Pack for Event {
    fn pack(&self, out: &mut String) {
        EVENTS.iter().position(|event| event == self).unwrap_or(0).pack(out);
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        EVENTS.get(usize::unpack(from)).copied().unwrap_or_else(|| {
            from.failed = true;
            Self::Payment
        })
    }
}

// Enums with contents: a tag, then the contents. A new variant does not compile until `pack` has it.

/// Only a fixed day has a packed form. What depends on a person is compiled into a program's tests before anything is
/// packed.
impl Pack for DateExpr {
    fn pack(&self, out: &mut String) {
        let fixed = if let Self::Day(day) = self { *day } else { NaiveDate::MIN };
        fixed.pack(out);
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        Self::Day(Pack::unpack(from))
    }
}

/// Nothing: a condition is compiled into a program's test before anything is packed.
impl Pack for Condition {
    fn pack(&self, _: &mut String) {}
    fn unpack(_: &mut Reader<'_>) -> Self {
        Self::default()
    }
}

/// Without the rules: they are compiled into a program before anything is packed.
impl Pack for Notice {
    fn pack(&self, out: &mut String) {
        let Self {
            notice,
            clauses,
            periods,
            readings,
            questions,
            groups,
            channels,
            papers,
            infos,
            contacts,
            silences,
            ways: _,
            fees: _,
            overlap: _,
            overlap_clauses: _,
            assists: _,
            benefits: _,
            waits: _,
            extras: _,
            registers: _,
            notes: _,
        } = self;
        notice.pack(out);
        clauses.pack(out);
        periods.pack(out);
        readings.pack(out);
        questions.pack(out);
        groups.pack(out);
        channels.pack(out);
        papers.pack(out);
        infos.pack(out);
        contacts.pack(out);
        silences.pack(out);
    }

    fn unpack(from: &mut Reader<'_>) -> Self {
        Self {
            notice: Pack::unpack(from),
            clauses: Pack::unpack(from),
            periods: Pack::unpack(from),
            readings: Pack::unpack(from),
            questions: Pack::unpack(from),
            groups: Pack::unpack(from),
            channels: Pack::unpack(from),
            papers: Pack::unpack(from),
            infos: Pack::unpack(from),
            contacts: Pack::unpack(from),
            silences: Pack::unpack(from),
            ways: Vec::new(),
            fees: Vec::new(),
            overlap: None,
            overlap_clauses: Vec::new(),
            assists: Vec::new(),
            benefits: Vec::new(),
            waits: Vec::new(),
            extras: Vec::new(),
            registers: Vec::new(),
            notes: Vec::new(),
        }
    }
}

/// A tag with its contents.
trait Put {
    fn put(&self, out: &mut String);
}

impl<T: Pack> Put for (u8, &T) {
    fn put(&self, out: &mut String) {
        self.0.pack(out);
        self.1.pack(out);
    }
}

impl Pack for QuestionKind {
    fn pack(&self, out: &mut String) {
        match self {
            Self::Choice(choices) => (0u8, choices).put(out),
            Self::YesNo => 1u8.pack(out),
            Self::Number(most) => (2u8, most).put(out),
        }
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        match from.number() {
            0 => Self::Choice(Vec::<QuestionChoice>::unpack(from)),
            1 => Self::YesNo,
            _ => Self::Number(Pack::unpack(from)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_mean_nothing_in_a_page() {
        for number in (0..2000).chain([4095, 4096, 738_000, 1 << 20, u32::MAX - 1, u32::MAX]) {
            let mut text = String::new();
            put_number(&mut text, number);
            assert!(text.bytes().all(|byte| byte.is_ascii_graphic() && !b"<&".contains(&byte)), "{text}");
            let mut reader = Reader::new(&text);
            assert_eq!((reader.number(), reader.done()), (number, true), "{text}");
        }
        assert_eq!(char::from(MORE + DIGIT), '|');
    }

    #[test]
    fn what_nests_too_deep_is_refused() {
        /// Itself, again and again.
        struct Nest;
        impl Pack for Nest {
            fn pack(&self, _: &mut String) {}
            fn unpack(from: &mut Reader<'_>) -> Self {
                Vec::<Self>::unpack(from);
                Self
            }
        }
        let nested = char::from(LAST + 1).to_string().repeat(100_000);
        let mut reader = Reader::new(&nested);
        Nest::unpack(&mut reader);
        assert!(!reader.done());
    }
}

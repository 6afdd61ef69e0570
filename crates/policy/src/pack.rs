//! The binary form, generated from the definitions of the model.
//!
//! `packed!` wraps a struct's definition and writes and reads its fields in order, so a field cannot be forgotten or
//! read in another order than written. It replaced postcard, whose generated decoders were the largest single part of
//! the wasm: there is one error flag instead of a `Result` at each field, so each field costs one call.

use crate::map::Map;
use crate::model::{DateExpr, Event, Gives, Percent, QuestionChoice, QuestionKind, Span, SpanUnit, Waived, Yuan};
use chrono::{Datelike, NaiveDate};

/// Bytes being read. A fault is remembered; what is read after it is empty.
pub struct Reader<'a> {
    bytes: &'a [u8],
    /// Whether the bytes were not what [`Pack::pack`] writes.
    pub failed: bool,
    depth: u8,
}

/// Deeper than any notice nests; keeps damaged bytes from exhausting the stack.
const MAX_DEPTH: u8 = 64;

impl<'a> Reader<'a> {
    /// Reads from the first byte.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, failed: false, depth: 0 }
    }

    /// Whether every byte was read, without a fault.
    #[must_use]
    pub fn done(&self) -> bool {
        !self.failed && self.bytes.is_empty()
    }

    fn byte(&mut self) -> u8 {
        match self.bytes.split_first() {
            Some((&first, rest)) => {
                self.bytes = rest;
                first
            }
            None => {
                self.failed = true;
                0
            }
        }
    }

    fn number(&mut self) -> u32 {
        let mut value = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte();
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return value;
            }
        }
        self.failed = true;
        0
    }

    fn text(&mut self) -> &'a str {
        let len = self.number() as usize;
        if len > self.bytes.len() {
            self.failed = true;
            return "";
        }
        let (text, rest) = self.bytes.split_at(len);
        self.bytes = rest;
        core::str::from_utf8(text).unwrap_or_else(|_| {
            self.failed = true;
            ""
        })
    }

    /// One level deeper.
    pub(crate) fn enter(&mut self) {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            self.failed = true;
            self.bytes = &[];
        }
    }

    /// One level back.
    pub(crate) fn leave(&mut self) {
        self.depth -= 1;
    }
}

fn put_number(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Something with a binary form.
pub trait Pack: Sized {
    /// Appends the binary form.
    fn pack(&self, out: &mut Vec<u8>);
    /// Reads it back; on a fault the reader remembers, and the value means nothing.
    fn unpack(from: &mut Reader<'_>) -> Self;
}

/// A struct with its binary form: the fields in order.
macro_rules! packed {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$field_meta:meta])* pub $field:ident: $ty:ty),+ $(,)? }) => {
        $(#[$meta])*
        pub struct $name { $($(#[$field_meta])* pub $field: $ty),+ }

        impl $crate::pack::Pack for $name {
            fn pack(&self, out: &mut Vec<u8>) {
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
pub(crate) use packed;

impl Pack for u32 {
    fn pack(&self, out: &mut Vec<u8>) {
        put_number(out, *self);
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        from.number()
    }
}

impl Pack for i32 {
    fn pack(&self, out: &mut Vec<u8>) {
        put_number(out, (self.cast_unsigned() << 1) ^ (self >> 31).cast_unsigned());
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        let value = from.number();
        (value >> 1).cast_signed() ^ -(value & 1).cast_signed()
    }
}

impl Pack for u8 {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(*self);
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        from.byte()
    }
}

impl Pack for bool {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        from.byte() != 0
    }
}

impl Pack for String {
    fn pack(&self, out: &mut Vec<u8>) {
        put_number(out, self.len() as u32);
        out.extend_from_slice(self.as_bytes());
    }
    #[inline(never)]
    fn unpack(from: &mut Reader<'_>) -> Self {
        from.text().to_owned()
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        put_number(out, self.len() as u32);
        self.iter().for_each(|item| item.pack(out));
    }
    #[inline(never)]
    fn unpack(from: &mut Reader<'_>) -> Self {
        let mut items = Vec::new();
        for _ in 0..from.number() {
            if from.failed {
                break;
            }
            items.push(T::unpack(from));
        }
        items
    }
}

impl<T: Pack> Pack for Option<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(u8::from(self.is_some()));
        if let Some(value) = self {
            value.pack(out);
        }
    }
    #[inline(never)]
    fn unpack(from: &mut Reader<'_>) -> Self {
        (from.byte() != 0).then(|| T::unpack(from))
    }
}

impl<T: Pack> Pack for Box<T> {
    fn pack(&self, out: &mut Vec<u8>) {
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
    fn pack(&self, out: &mut Vec<u8>) {
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
    fn pack(&self, out: &mut Vec<u8>) {
        self.num_days_from_ce().pack(out);
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        NaiveDate::from_num_days_from_ce_opt(i32::unpack(from)).unwrap_or_else(|| {
            from.failed = true;
            NaiveDate::MIN
        })
    }
}

/// In fen where that is exact, as text where it is not.
impl Pack for Yuan {
    fn pack(&self, out: &mut Vec<u8>) {
        self.to_string().pack(out);
    }
    #[inline(never)]
    fn unpack(from: &mut Reader<'_>) -> Self {
        from.text().parse().unwrap_or_else(|_| {
            from.failed = true;
            Self::ZERO
        })
    }
}

impl Pack for Span {
    fn pack(&self, out: &mut Vec<u8>) {
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
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(EVENTS.iter().position(|event| event == self).unwrap_or(0) as u8);
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        EVENTS.get(usize::from(from.byte())).copied().unwrap_or_else(|| {
            from.failed = true;
            Self::Payment
        })
    }
}

// Enums with contents: a tag, then the contents. A new variant does not compile until `pack` has it.

impl Pack for DateExpr {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Self::Day(day) => (0u8, day).put(out),
            Self::Event(event) => (1u8, event).put(out),
            Self::YearStart => out.push(2),
            Self::YearEnd => out.push(3),
            Self::PeriodStart(id) => (4u8, id).put(out),
            Self::PeriodEnd(id) => (5u8, id).put(out),
            Self::Within(span, event) => {
                (6u8, span).put(out);
                event.pack(out);
            }
            Self::Plus(base, span) => {
                (7u8, base).put(out);
                span.pack(out);
            }
            Self::MonthAfter(base) => (8u8, base).put(out),
            Self::Later(a, b) => {
                (9u8, a).put(out);
                b.pack(out);
            }
            Self::Earlier(a, b) => {
                (10u8, a).put(out);
                b.pack(out);
            }
        }
    }

    #[inline(never)]
    fn unpack(from: &mut Reader<'_>) -> Self {
        match from.byte() {
            0 => Self::Day(Pack::unpack(from)),
            1 => Self::Event(Pack::unpack(from)),
            2 => Self::YearStart,
            3 => Self::YearEnd,
            4 => Self::PeriodStart(Pack::unpack(from)),
            5 => Self::PeriodEnd(Pack::unpack(from)),
            6 => Self::Within(Pack::unpack(from), Pack::unpack(from)),
            7 => Self::Plus(Pack::unpack(from), Pack::unpack(from)),
            8 => Self::MonthAfter(Pack::unpack(from)),
            9 => Self::Later(Pack::unpack(from), Pack::unpack(from)),
            10 => Self::Earlier(Pack::unpack(from), Pack::unpack(from)),
            _ => {
                from.failed = true;
                Self::YearStart
            }
        }
    }
}

/// A tag with its contents.
trait Put {
    fn put(&self, out: &mut Vec<u8>);
}

impl<T: Pack> Put for (u8, &T) {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(self.0);
        self.1.pack(out);
    }
}

impl Pack for Waived {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Self::All => out.push(0),
            Self::Amount(amount) => (1u8, amount).put(out),
        }
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        if from.byte() == 0 { Self::All } else { Self::Amount(Pack::unpack(from)) }
    }
}

impl Pack for Gives {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Self::All => out.push(0),
            Self::Amount(amount) => (1u8, amount).put(out),
            Self::Pays(pays) => (2u8, pays).put(out),
            Self::Percent(percent) => (3u8, percent).put(out),
            Self::Unstated => out.push(4),
        }
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        match from.byte() {
            0 => Self::All,
            1 => Self::Amount(Pack::unpack(from)),
            2 => Self::Pays(Pack::unpack(from)),
            3 => Self::Percent(Percent::unpack(from)),
            _ => Self::Unstated,
        }
    }
}

impl Pack for QuestionKind {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Self::Choice(choices) => (0u8, choices).put(out),
            Self::YesNo => out.push(1),
            Self::Number(most) => (2u8, most).put(out),
        }
    }
    fn unpack(from: &mut Reader<'_>) -> Self {
        match from.byte() {
            0 => Self::Choice(Vec::<QuestionChoice>::unpack(from)),
            1 => Self::YesNo,
            _ => Self::Number(Pack::unpack(from)),
        }
    }
}

//! Breaking Chinese text into lines. A picture in SVG has no wrapping, so it is done here, in whole numbers: widths are
//! thousandths of the font's size, taken on the wide side, since the font is whatever the reader's device has.

use crate::text::{CLOSING, DATE, LIST, OPENING, UNITS};

/// The width of a character.
const fn width_of(c: char) -> i32 {
    match c {
        'M' | 'W' | 'm' | 'w' | '@' | '%' => 950,
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' => 450,
        'A'..='Z' | '&' => 740,
        ' ' | '.' | ',' | ':' | ';' | '\'' | '!' | '|' => 340,
        '-' | '(' | ')' | '[' | ']' | '/' => 450,
        '!'..='~' => 640,
        _ => 1000,
    }
}

/// The width of a text at this size.
pub(crate) fn width(text: &str, size: i32) -> i32 {
    text.chars().map(|c| width_of(c) * size).sum::<i32>() / 1000
}

/// The largest size, up to this one, at which a text is not wider than the room.
pub(crate) fn fitting(text: &str, size: i32, room: i32) -> i32 {
    let wide = width(text, size);
    if wide > room { (size * room).checked_div(wide).unwrap_or(size) } else { size }
}

/// Whether no line ends between two characters.
fn glued(a: char, b: char) -> bool {
    CLOSING.contains(b)
        || OPENING.contains(a)
        || (a.is_ascii_graphic() && b.is_ascii_graphic())
        || (a.is_ascii_digit() && UNITS.contains(b))
        || (DATE.contains(a) && b.is_ascii_digit())
}

/// A text in lines that are not wider than the room.
pub(crate) fn wrap(text: &str, size: i32, room: i32) -> Vec<String> {
    let mut lines = Lines { size, room, lines: Vec::new() };
    lines.text(text, Glue::Nothing);
    lines.lines
}

/// Names with a separator between them: a name stays in one line where a line can hold it.
pub(crate) fn wrap_list(names: &[String], size: i32, room: i32) -> Vec<String> {
    let mut lines = Lines { size, room, lines: Vec::new() };
    for (at, name) in names.iter().enumerate() {
        let name = if at + 1 < names.len() { format!("{name}{LIST}") } else { name.clone() };
        lines.whole(&name);
    }
    lines.lines
}

/// Sentences, each in one line where a line can hold it.
pub(crate) fn wrap_whole(sentences: &[&str], size: i32, room: i32) -> Vec<String> {
    let mut lines = Lines { size, room, lines: Vec::new() };
    for sentence in sentences {
        lines.whole(sentence);
    }
    lines.lines
}

/// An address, each of its folders in one line where a line can hold it.
pub(crate) fn wrap_address(address: &str, size: i32, room: i32) -> Vec<String> {
    wrap_whole(&address.split_inclusive('/').collect::<Vec<_>>(), size, room)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Glue {
    Nothing,
    Everything,
}

struct Lines {
    size: i32,
    room: i32,
    lines: Vec<String>,
}

/// Where a text ends best that no line can hold: behind a name in a list, and before what stands in brackets.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let cut = if c == '（' {
            at
        } else if LIST.contains(c) {
            at + c.len_utf8()
        } else {
            continue;
        };
        parts.extend(text.get(from..cut).filter(|part| !part.is_empty()));
        from = cut;
    }
    parts.extend(text.get(from..).filter(|part| !part.is_empty()));
    parts
}

impl Lines {
    /// A text in one line where a line can hold it, or else in parts of which the same is true.
    fn whole(&mut self, text: &str) {
        let fits = |text: &str| width(text, self.size) <= self.room;
        let pieces = if fits(text) { vec![text] } else { parts(text) };
        let pieces: Vec<_> = pieces.into_iter().map(|piece| (piece, fits(piece))).collect();
        for (piece, fits) in pieces {
            self.text(piece, if fits { Glue::Everything } else { Glue::Nothing });
        }
    }

    fn text(&mut self, text: &str, glue: Glue) {
        let mut piece = String::new();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            piece.push(c);
            let ends = chars.peek().is_none_or(|&next| glue == Glue::Nothing && !glued(c, next));
            if ends {
                self.piece(&piece);
                piece.clear();
            }
        }
    }

    fn piece(&mut self, piece: &str) {
        let fits = |line: &str| width(line, self.size) + width(piece, self.size) <= self.room;
        match self.lines.last_mut() {
            Some(line) if fits(line) => line.push_str(piece),
            _ if width(piece, self.size) <= self.room => self.lines.push(piece.to_owned()),
            // Longer than a line, as an address may be: broken anywhere.
            _ => {
                for c in piece.chars() {
                    let wide = width_of(c) * self.size / 1000;
                    match self.lines.last_mut() {
                        Some(line) if width(line, self.size) + wide <= self.room => line.push(c),
                        _ => self.lines.push(c.to_string()),
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_begins_with_a_comma_or_tears_a_number() {
        let lines = wrap("缴费到2026年2月25日为止，请早些缴，共400元。", 10, 90);
        for line in &lines {
            assert!(width(line, 10) <= 90, "{line}");
            assert!(!line.starts_with(|c| CLOSING.contains(c)), "{line}");
        }
        assert_eq!(lines.concat(), "缴费到2026年2月25日为止，请早些缴，共400元。");
        assert!(lines.iter().any(|line| line.contains("2026年2月25日")), "{lines:?}");
        assert!(lines.iter().any(|line| line.contains("400元。")), "{lines:?}");
    }

    #[test]
    fn a_name_stays_whole_where_it_can() {
        let names = ["特困人员", "孤儿", "事实无人抚养儿童"].map(str::to_owned);
        assert_eq!(wrap_list(&names, 10, 90), ["特困人员、孤儿、", "事实无人抚养儿童"]);
        assert_eq!(wrap_list(&["事实无人抚养儿童".to_owned()], 10, 50).concat(), "事实无人抚养儿童");
    }

    #[test]
    fn what_no_line_holds_ends_at_a_name_or_a_bracket() {
        let names = ["医保、民政、残联、扶贫办、退役军人事务局".to_owned()];
        assert_eq!(wrap_list(&names, 10, 120), ["医保、民政、残联、", "扶贫办、退役军人事务局"]);
        let office = "县医保局（县医保经办窗口）、县税务局";
        assert_eq!(wrap_whole(&[office], 10, 110), ["县医保局", "（县医保经办窗口）、", "县税务局"]);
    }

    #[test]
    fn an_address_is_broken_at_its_folders_where_they_fit() {
        assert_eq!(
            wrap_address("https://example.gov.cn/canbao/141123/", 10, 190),
            ["https://example.gov.cn/canbao/", "141123/"]
        );
    }

    #[test]
    fn an_address_is_broken_anywhere() {
        let lines = wrap("https://example.gov.cn/canbao/#2026", 10, 100);
        assert!(lines.len() > 1 && lines.iter().all(|line| width(line, 10) <= 100), "{lines:?}");
    }
}

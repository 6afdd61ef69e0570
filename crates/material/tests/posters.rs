//! The posters as pictures: nothing leaves the page, no text lies on another or on the code, and the code reads.

mod common;

use canbao_material::amounts::Amounts;
use canbao_material::{Address, Material};
use common::{address, days, programs};
use std::sync::OnceLock;

/// Left, top, right, bottom.
type Bounds = (i64, i64, i64, i64);

#[derive(Debug)]
struct Text {
    said: String,
    size: i64,
    bounds: Bounds,
}

struct Drawn {
    page: (i64, i64),
    texts: Vec<Text>,
    /// White frames of pure white: the code with its quiet zone.
    codes: Vec<Bounds>,
}

fn attribute<'t>(tag: &'t str, name: &str) -> &'t str {
    let start = tag.find(&format!(" {name}=\"")).unwrap_or_else(|| panic!("{name} in {tag}")) + name.len() + 3;
    tag[start..].split('"').next().expect("it ends")
}

fn number(tag: &str, name: &str) -> i64 {
    attribute(tag, name).parse().expect("a whole number")
}

/// How wide a text is in common Chinese fonts, in hundredths of its size: digits and letters on the wide side.
fn width(text: &str, size: i64) -> i64 {
    let wide = |c: char| match c {
        '.' | ',' | ':' | ' ' | 'i' | 'l' | '\'' => 30,
        '-' | '/' | '(' | ')' => 40,
        'A'..='Z' | 'm' | 'w' => 70,
        '!'..='~' => 60,
        _ => 100,
    };
    text.chars().map(wide).sum::<i64>() * size / 100
}

impl Drawn {
    fn read(svg: &str) -> Self {
        let head = &svg[..svg.find('>').expect("a tag")];
        let view: Vec<i64> =
            attribute(head, "viewBox").split(' ').map(|n| n.parse().expect("a whole number")).collect();
        let mut drawn = Self { page: (view[2], view[3]), texts: Vec::new(), codes: Vec::new() };
        let mut moves = vec![(0, 0)];
        for part in svg.split('<').skip(1) {
            let (tag, inner) = part.split_once('>').expect("a tag ends");
            let &(x, y) = moves.last().expect("a place");
            if let Some(place) = tag.strip_prefix("g transform=\"translate(") {
                let (dx, rest) = place.split_once(' ').expect("two");
                let dy: i64 = rest.trim_end_matches(")\"").parse().expect("a whole number");
                moves.push((x + dx.parse::<i64>().expect("a whole number"), y + dy));
            } else if tag == "/g" {
                moves.pop();
            } else if tag.starts_with("text ") {
                let size = number(tag, "font-size");
                let (left, base) = (x + number(tag, "x"), y + number(tag, "y"));
                let wide = width(inner, size);
                let left = if attribute(tag, "text-anchor") == "middle" { left - wide / 2 } else { left };
                let bounds = (left, base - size * 7 / 8, left + wide, base + size / 8);
                drawn.texts.push(Text { said: inner.to_owned(), size, bounds });
            } else if tag.starts_with("tspan ") {
                let text = drawn.texts.last_mut().expect("within a text");
                let more = width(inner, number(tag, "font-size"));
                (text.bounds.0, text.bounds.2) = (text.bounds.0 - more / 2, text.bounds.2 + more / 2);
                text.said.push_str(inner);
            } else if tag.starts_with("rect ") && attribute(tag, "fill") == "#fff" {
                let (left, top) = (x + number(tag, "x"), y + number(tag, "y"));
                drawn.codes.push((left, top, left + number(tag, "width"), top + number(tag, "height")));
            }
        }
        drawn
    }
}

fn meet(a: Bounds, b: Bounds) -> bool {
    a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
}

/// A poster: whose, of which kind and day; its picture; the address in it.
type Poster = (String, String, Address);

/// Every poster of every notice on every day looked at: with the longest address, and with a short one before the period.
fn posters() -> &'static [Poster] {
    static POSTERS: OnceLock<Vec<Poster>> = OnceLock::new();
    POSTERS.get_or_init(|| {
        let (long, short) = (address(), Address::new("http://a.cn/").expect("an address"));
        let mut posters = Vec::new();
        for program in programs() {
            let amounts = Amounts::of(&program).expect("sound");
            let days = days(&program, &amounts);
            let first = days.first().copied();
            for (on, address) in days.iter().map(|on| (*on, &long)).chain(first.map(|on| (on, &short))) {
                let material = Material::new(&program, &amounts, on, address).expect("the year is not over");
                for (kind, svg) in [("poster", material.poster()), ("phone", material.phone_poster())] {
                    posters.push((format!("{} {kind} on {on}", program.id()), svg, address.clone()));
                }
            }
        }
        posters
    })
}

#[test]
fn nothing_is_cut_off_or_lies_on_anything_else() {
    for (which, svg, _) in posters() {
        let drawn = Drawn::read(svg);
        let (wide, high) = drawn.page;
        assert_eq!(drawn.codes.len(), 1, "{which}");
        for (at, text) in drawn.texts.iter().enumerate() {
            let (left, top, right, bottom) = text.bounds;
            let inside = left >= wide / 60 && right <= wide - wide / 60 && top >= 0 && bottom <= high;
            assert!(inside, "{which}: {text:?} leaves {:?}", drawn.page);
            for other in &drawn.texts[at + 1..] {
                assert!(!meet(text.bounds, other.bounds), "{which}: {text:?} lies on {other:?}");
            }
            for &code in &drawn.codes {
                assert!(!meet(text.bounds, code), "{which}: {text:?} lies on the code {code:?}");
            }
        }
    }
}

/// On A4 a unit is a tenth of a millimetre; a phone is a hand's width away.
#[test]
fn no_type_is_too_small_to_read() {
    for (which, svg, _) in posters() {
        let drawn = Drawn::read(svg);
        let (least, plain) = if drawn.page.0 == 2100 { (28, 36) } else { (16, 22) };
        for text in &drawn.texts {
            assert!(text.size >= least, "{which}: {text:?}");
        }
        let names = drawn.texts.iter().filter(|text| text.said.ends_with('、') || text.said.contains("元"));
        assert!(names.map(|text| text.size).max().is_none_or(|size| size >= plain), "{which}");
    }
}

/// No style, script, font or picture from elsewhere: it looks the same where a page forbids them.
#[test]
fn a_poster_needs_nothing_from_elsewhere() {
    for (which, svg, _) in posters() {
        for foreign in ["<script", "<style", "style=\"", "href", "<image", "<foreignObject", "@import"] {
            assert!(!svg.contains(foreign), "{which} has {foreign}");
        }
        assert_eq!(
            svg.matches("http").count() - svg.matches("http://www.w3.org/2000/svg").count(),
            1,
            "{which}: the address"
        );
    }
}

/// How bright a colour is: `#fff`, `#b3151b`; anything else is taken for dark.
fn brightness(colour: &str) -> u8 {
    let digits: Vec<u32> = colour.trim_start_matches('#').chars().filter_map(|c| c.to_digit(16)).collect();
    let parts = match digits.len() {
        3 => digits.iter().map(|digit| digit * 17).sum::<u32>(),
        6 => digits.chunks(2).map(|pair| pair[0] * 16 + pair[1]).sum(),
        _ => 0,
    };
    u8::try_from(parts / 3).expect("a byte")
}

/// The poster in grey, without its texts: every rectangle and every path of straight strokes, a pixel for a unit. On paper
/// these are 254 dots an inch, less than a printer's.
fn drawn(svg: &str) -> (usize, usize, Vec<u8>) {
    let (wide, high) = Drawn::read(svg).page;
    let mut units = vec![255u8; usize::try_from(wide * high).expect("some")];
    let mut fill = |(left, top, right, bottom): Bounds, grey: u8| {
        for y in top.max(0)..bottom.min(high) {
            for x in left.max(0)..right.min(wide) {
                units[usize::try_from(y * wide + x).expect("inside")] = grey;
            }
        }
    };
    let mut moves = vec![(0, 0)];
    for tag in svg.split('<').skip(1).filter_map(|part| part.split_once('>')).map(|(tag, _)| tag) {
        let &(x, y) = moves.last().expect("a place");
        if let Some(place) = tag.strip_prefix("g transform=\"translate(") {
            let (dx, dy) = place.trim_end_matches(")\"").split_once(' ').expect("two");
            moves.push((x + dx.parse::<i64>().expect("a number"), y + dy.parse::<i64>().expect("a number")));
        } else if tag == "/g" {
            moves.pop();
        } else if tag.starts_with("rect ") {
            let (left, top) = (x + number(tag, "x"), y + number(tag, "y"));
            let bounds = (left, top, left + number(tag, "width"), top + number(tag, "height"));
            fill(bounds, brightness(attribute(tag, "fill")));
        } else if tag.starts_with("path ") && !attribute(tag, "d").contains('Q') {
            let grey = brightness(attribute(tag, "fill"));
            for stroke in attribute(tag, "d").split('M').skip(1) {
                let (start, size) = stroke.split_once('h').expect("to the right");
                let (left, top) = start.split_once(' ').expect("two");
                let (across, rest) = size.split_once('v').expect("down");
                let down = rest.split_once('h').expect("to the left").0;
                let at = |text: &str| text.parse::<i64>().expect("a whole number");
                let (left, top) = (x + at(left), y + at(top));
                fill((left, top, left + at(across), top + at(down)), grey);
            }
        }
    }
    (usize::try_from(wide).expect("some"), usize::try_from(high).expect("some"), units)
}

#[test]
fn the_code_is_read_back_from_the_pixels() {
    let mut read = 0;
    for (which, svg, address) in posters() {
        // One day of each notice and address: drawing is slow.
        if !which.ends_with("03-01") {
            continue;
        }
        let (wide, high, pixels) = drawn(svg);
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(wide, high, |x, y| pixels[y * wide + x]);
        let codes: Vec<String> =
            image.detect_grids().iter().filter_map(|grid| grid.decode().ok()).map(|code| code.1).collect();
        assert_eq!(codes, [address.as_str()], "{which}");
        read += 1;
    }
    assert!(read >= 4 * 17, "{read} codes");
}

//! The posters: what hangs on a board, and what fills a phone's screen.
//!
//! A poster is a head, a stack of blocks and a foot. The blocks are built for one size of type; the largest size at which
//! they fit is taken, and what room is left goes between them. Where even the smallest does not fit, blocks that can be
//! looked up behind the code are left out, the least needed first. All lengths are whole units of the picture.

use crate::Address;
use crate::amounts::{Stretch, monthly};
use crate::facts::{Facts, Line};
use crate::lines::{fitting, width, wrap, wrap_address, wrap_list, wrap_whole};
use crate::qr::Code;
use crate::svg::{Anchor, Look, Picture, escaped};
use crate::text;
use canbao_policy::model::Unstated;

/// A kind of poster.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    width: i32,
    height: i32,
    /// The size of plain type before it is fitted.
    em: i32,
    /// Attributes of the picture as a whole: its size on paper or screen.
    size: &'static str,
}

/// A4, in tenths of a millimetre.
pub(crate) const A4: Form = Form { width: 2100, height: 2970, em: 62, size: "width=\"210mm\" height=\"297mm\"" };

/// A phone's screen, in its dots.
pub(crate) const PHONE: Form = Form { width: 1080, height: 1920, em: 36, size: "width=\"1080\" height=\"1920\"" };

/// What Chinese devices have, by the system they run.
const FONTS: &str = "'PingFang SC','Microsoft YaHei','HarmonyOS Sans SC','Noto Sans CJK SC','Source Han Sans SC','Noto Sans SC',sans-serif";

const RED: &str = "#b3151b";
const DEEP: &str = "#8a0c13";
const GOLD: &str = "#f2cf87";
const BRASS: &str = "#c2924a";
const PAPER: &str = "#fffaf1";
const TINT: &str = "#fbf0dd";
const INK: &str = "#211a16";
const SOFT: &str = "#62564c";
const WHITE: &str = "#ffffff";

/// How much is shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Room {
    /// All of it, each part below the one before.
    Ample,
    /// What comes later stands small beside the code.
    Beside,
    /// What comes later is left out.
    NoLater,
    /// So are the channels.
    NoChannels,
}

/// What is tried until it fits: what is left out, and from the largest size of type to the smallest, in 64ths of the
/// form's.
const TRIES: [(Room, i32, i32); 5] = [
    (Room::Ample, 74, 44),
    (Room::Beside, 60, 37),
    (Room::NoLater, 60, 37),
    (Room::NoLater, 37, 28),
    (Room::NoChannels, 37, 12),
];

/// Draws a poster.
pub(crate) fn draw(facts: &Facts<'_>, address: &Address, form: Form) -> String {
    let head = head(facts, form);
    let foot = foot(facts, form);
    let inner = form.height - head.1 - foot.1;
    let mut blocks = Vec::new();
    'fit: for (room, most, least) in TRIES {
        for size in (least..=most).rev() {
            let body = Body { facts, address, form, em: form.em * size / 64, room };
            blocks = body.blocks();
            let least = body.em / 2 * gaps(&blocks);
            if blocks.iter().map(|block| block.1).sum::<i32>() + least <= inner {
                break 'fit;
            }
        }
    }
    let free = inner - blocks.iter().map(|block| block.1).sum::<i32>();
    let gap = (free / gaps(&blocks).max(1)).clamp(0, form.em * 2);
    let mut picture = Picture::default();
    picture.rect((0, 0, form.width, form.height), 0, PAPER, None);
    picture.put(&head.0, 0, 0);
    let mut y = head.1 + (free - gap * (gaps(&blocks) - 2)) / 2;
    for (block, height) in &blocks {
        picture.put(block, form.margin(), y);
        y += height + gap;
    }
    picture.put(&foot.0, 0, form.height - foot.1);
    let title = escaped(&format!("{}{}", facts.place(), text::title(facts.year())));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" {} viewBox=\"0 0 {} {}\" font-family=\"{FONTS}\" role=\"img\" \
         xml:lang=\"zh-CN\">\n<title>{title}</title>\n{}</svg>\n",
        form.size,
        form.width,
        form.height,
        picture.as_str()
    )
}

/// Between the blocks, and above and below them.
fn gaps(blocks: &[Block]) -> i32 {
    i32::try_from(blocks.len()).unwrap_or(0) + 1
}

/// A part of a poster and its height.
type Block = (Picture, i32);

impl Form {
    const fn margin(self) -> i32 {
        self.em * 2
    }

    const fn room(self) -> i32 {
        self.width - 2 * self.margin()
    }
}

/// A sentence in the parts between which a line ends best.
fn phrases(text: &str) -> Vec<&str> {
    text.split_inclusive(text::PAUSES).collect()
}

/// The height of lines of text.
fn tall(lines: &[String], size: i32) -> i32 {
    size * 3 / 2 * i32::try_from(lines.len()).unwrap_or(0)
}

const fn look(size: i32, bold: bool, colour: &str, anchor: Anchor) -> Look<'_> {
    Look { size, bold, colour, anchor }
}

fn head(facts: &Facts<'_>, form: Form) -> Block {
    let mut picture = Picture::default();
    let (em, wide) = (form.em, form.width);
    let height = em * 41 / 5;
    let middle = wide / 2;
    picture.raw(&format!(
        "<defs><linearGradient id=\"head\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"1\"><stop offset=\"0\" stop-color=\"{RED}\"/>\
         <stop offset=\"1\" stop-color=\"{DEEP}\"/></linearGradient></defs>\n"
    ));
    // A ribbon that hangs a little deeper in the middle, with a gold hem.
    let sag = em;
    let hem = |low: i32| format!("M0 0H{wide}V{}Q{middle} {} 0 {}Z", low - sag, low + sag, low - sag);
    picture.path(&hem(height), BRASS);
    picture.path(&hem(height - em / 6), PAPER);
    picture.path(&hem(height - em / 3), "url(#head)");
    let subject = fitting(text::SUBJECT, em * 11 / 10, form.room() - em * 8);
    let y = em * 17 / 10;
    picture.text(middle, y, look(subject, false, GOLD, Anchor::Middle), text::SUBJECT);
    let half = width(text::SUBJECT, subject) / 2 + em;
    for x in [middle - half - em * 3, middle + half] {
        picture.rect((x, y - em / 24, em * 3, (em / 12).max(2)), 0, GOLD, None);
    }
    let place = fitting(facts.place(), em * 8 / 5, form.room());
    picture.text(middle, em * 17 / 5, look(place, true, GOLD, Anchor::Middle), facts.place());
    let title = text::title(facts.year());
    let size = fitting(&title, em * 5 / 2, form.room() - em);
    picture.text(middle, em * 23 / 4, look(size, true, WHITE, Anchor::Middle), &title);
    (picture, height + sag / 4)
}

fn foot(facts: &Facts<'_>, form: Form) -> Block {
    let notice = &facts.notice.notice;
    let mut picture = Picture::default();
    let size = form.em * 3 / 5;
    let document = notice.document.as_deref().unwrap_or(&notice.title);
    let source = text::source(notice.issuer.as_deref(), document, notice.issued);
    let flawed = if notice.warnings.is_empty() { "" } else { text::FLAWED };
    let mut lines = wrap(&source, size, form.room());
    let as_of = text::as_of(facts.on);
    let words = [phrases(text::WHO), vec![&as_of, flawed, text::LAST_WORD]].concat();
    lines.extend(wrap_whole(&words, size, form.room()));
    let step = size * 3 / 2;
    let height = tall(&lines, size) + size * 3 / 2;
    picture.rect((0, 0, form.width, height), 0, DEEP, None);
    picture.rect((0, 0, form.width, (form.em / 9).max(2)), 0, BRASS, None);
    let mut y = size * 3 / 4 + step / 2;
    for line in &lines {
        picture.text(form.width / 2, y, look(size, false, GOLD, Anchor::Middle), line);
        y += step;
    }
    (picture, height)
}

/// The blocks between head and foot, for one size of type.
struct Body<'f, 'a> {
    facts: &'f Facts<'a>,
    address: &'f Address,
    form: Form,
    em: i32,
    room: Room,
}

impl Body<'_, '_> {
    /// So many type sizes and tenths of one.
    const fn em(&self, whole: i32, tenths: i32) -> i32 {
        self.em * (whole * 10 + tenths) / 10
    }

    fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![self.amount()];
        blocks.extend(self.lines());
        if self.room == Room::Ample {
            blocks.extend(self.later());
        }
        if self.room < Room::NoChannels {
            blocks.extend(self.channels());
        }
        blocks.push(self.contacts());
        blocks
    }

    /// A title over a block; returns where the block begins.
    fn title(&self, picture: &mut Picture, title: &str) -> i32 {
        let size = self.em(1, 3);
        picture.rect((0, self.em(0, 3), self.em(0, 3), self.em(1, 2)), 0, RED, None);
        picture.text(self.em(0, 8), self.em(0, 9), look(size, true, RED, Anchor::Start), title);
        let from = self.em(0, 8) + width(title, size) + self.em(0, 6);
        picture.rect((from, self.em(0, 9), self.form.room() - from, (self.em / 24).max(1)), 0, BRASS, None);
        self.em(2, 1)
    }

    /// Lines of text; returns where they end.
    fn write(&self, picture: &mut Picture, (x, y): (i32, i32), look: Look<'_>, lines: &[String]) -> i32 {
        let step = look.size * 3 / 2;
        let mut y = y;
        for line in lines {
            picture.text(x, y + step / 2, look, line);
            y += step;
        }
        y
    }

    /// What an ordinary payer pays and when, in the largest type.
    fn amount(&self) -> Block {
        let wide = self.form.room();
        let left = wide * 9 / 20;
        let (mut prices, mut days) = (Picture::default(), Picture::default());
        let (how_much, when) = (self.prices(&mut prices, left), self.days(&mut days, wide - left));
        let (top, low) = (self.em(0, 8), how_much.max(when) + self.em(1, 6));
        let (strip, height) = self.strip(wide);
        let mut picture = Picture::default();
        let round = self.em(0, 5);
        picture.rect((0, 0, wide, low + height), round, WHITE, Some((BRASS, (self.em / 12).max(2))));
        picture.rect((left, top, (self.em / 24).max(1), low - 2 * top), 0, BRASS, None);
        picture.put(&prices, 0, (low - how_much) / 2);
        picture.put(&days, left, (low - when) / 2);
        picture.put(&strip, 0, low);
        (picture, low + height)
    }

    fn prices(&self, picture: &mut Picture, wide: i32) -> i32 {
        let middle = wide / 2;
        let room = wide - self.em(1, 6);
        let amount = self.facts.prices().first().is_some_and(|(price, _)| text::is_amount(price));
        let heading = match (self.facts.past(), amount) {
            (true, _) => text::AMOUNT_AFTER,
            (false, true) => text::AMOUNT,
            (false, false) => text::AMOUNT_UNKNOWN,
        };
        let label = look(fitting(heading, self.em(1, 1), room), false, SOFT, Anchor::Middle);
        let mut y = self.write(picture, (middle, 0), label, &[heading.to_owned()]);
        let prices = self.facts.prices();
        let several = prices.len() > 1;
        for (price, rests) in &prices {
            match price.strip_suffix(text::YUAN).filter(|_| text::is_amount(price)) {
                Some(amount) => {
                    let large = if several { self.em(2, 2) } else { self.em(4, 6) };
                    let unit = large * 2 / 5;
                    let large = fitting(amount, large, room - unit);
                    picture.texts(
                        middle,
                        y + large * 3 / 5,
                        look(large, true, RED, Anchor::Middle),
                        &[(amount, large), (text::YUAN, unit)],
                    );
                    y += large * 6 / 5;
                }
                None => {
                    let size = fitting(price, if several { self.em(1, 5) } else { self.em(2, 2) }, room);
                    y = self.write(
                        picture,
                        (middle, y),
                        look(size, true, RED, Anchor::Middle),
                        std::slice::from_ref(price),
                    );
                }
            }
            if !rests.is_empty() {
                let size = fitting(rests, self.em(0, 9), room).max(self.em(0, 7));
                let lines = wrap_whole(&phrases(rests), size, room);
                y = self.write(picture, (middle, y), look(size, false, SOFT, Anchor::Middle), &lines);
            }
        }
        let reasons = self.facts.ordinary_reasons();
        if !reasons.is_empty() {
            let size = self.em(0, 9);
            let lines = wrap(&reasons.join(text::LIST), size, room);
            y = self.write(picture, (middle, y), look(size, false, SOFT, Anchor::Middle), &lines);
        }
        let row = self.facts.stretch().and_then(|stretch| stretch.rows.first());
        if let Some(wait) = row.and_then(|row| self.facts.waits(row)) {
            let size = self.em(0, 9);
            let lines = wrap(&wait, size, room);
            y = self.write(picture, (middle, y), look(size, false, INK, Anchor::Middle), &lines);
        }
        y
    }

    fn days(&self, picture: &mut Picture, wide: i32) -> i32 {
        let x = self.em(1, 2);
        let room = wide - self.em(2, 0);
        let label = look(self.em(1, 1), false, SOFT, Anchor::Start);
        let mut y = self.write(picture, (x, 0), label, &[text::DAYS.to_owned()]);
        let span = self.facts.ordinary().filter(|_| !self.facts.past());
        let (large, plain) = (self.em(1, 6), self.em(1, 1));
        let mut say = |y: &mut i32, said: &str, size: i32, bold: bool| {
            let size = fitting(said, size, room).max(self.em(0, 8));
            let lines = wrap(said, size, room);
            *y = self.write(picture, (x, *y), look(size, bold, INK, Anchor::Start), &lines);
        };
        let Some(span) = span else {
            match self.facts.was() {
                Some(was) => {
                    say(&mut y, text::OVER, large, true);
                    say(&mut y, &text::until(was), plain, false);
                }
                None => say(&mut y, text::NO_DAYS, plain, false),
            }
            return y;
        };
        match (span.from(), span.to()) {
            (Some(from), Some(to)) => {
                say(&mut y, &text::day(from), large, true);
                say(&mut y, &text::to(&text::day(to)), large, true);
            }
            (Some(from), None) => {
                say(&mut y, &text::since(from), large, true);
                if self.facts.amount_is_unstated() {
                    say(&mut y, text::END_UNSTATED, plain, false);
                }
            }
            (None, Some(to)) => {
                say(&mut y, &text::until(to), large, true);
                say(&mut y, text::START_UNSTATED, plain, false);
            }
            (None, None) => say(&mut y, text::NO_DAYS, plain, false),
        }
        match monthly(&span.runs) {
            Some((first, last)) => {
                say(&mut y, &format!("{}{}", text::monthly(first, last), text::CAN_PAY), self.em(1, 2), false);
            }
            None if span.runs.len() > 1 => say(&mut y, text::NOT_EVERY_DAY, plain, false),
            None => {}
        }
        y
    }

    /// The last day in a strip of its own, or that it is past.
    fn strip(&self, wide: i32) -> Block {
        let facts = self.facts;
        let said = if facts.past() {
            text::ordinary(&text::late_unstated(facts.office(Unstated::Late)))
        } else {
            match facts.ordinary().and_then(|span| span.to()) {
                Some(last) => text::last_day(&text::day_of_week(last)),
                None if facts.amount_is_unstated() => text::ordinary(&facts.amount_unstated()),
                None => text::end_unstated(facts.office(Unstated::Deadline)),
            }
        };
        let room = wide - self.em(2, 0);
        let size = fitting(&said, self.em(1, 5), room).max(self.em(1, 0));
        let lines = wrap_whole(&phrases(&said), size, room);
        let height = tall(&lines, size) + self.em(0, 8);
        let mut picture = Picture::default();
        picture.rect((0, 0, wide, height), self.em(0, 5), RED, None);
        picture.rect((0, 0, wide, height / 2), 0, RED, None);
        self.write(&mut picture, (wide / 2, self.em(0, 4)), look(size, true, WHITE, Anchor::Middle), &lines);
        (picture, height)
    }

    /// Who pays how much, the least first.
    fn lines(&self) -> Option<Block> {
        let facts = self.facts;
        let stretch = facts.stretch()?;
        let mut lines = facts.lines(stretch);
        if let [all] = lines.as_mut_slice()
            && all.same
            && facts.amount_is_unstated()
        {
            all.names = vec![text::EVERYBODY.to_owned()];
        }
        let extras = facts.extras();
        // After the last day a table in which nobody has an amount says no more than the strip above it.
        let nothing = facts.past() && lines.iter().all(|line| line.same);
        if (lines.is_empty() && extras.is_empty()) || nothing {
            return None;
        }
        let mut picture = Picture::default();
        let mut y = self.title(&mut picture, text::GROUPS);
        let wide = self.form.room();
        let gap = self.em(0, 4);
        let half = (wide - gap) / 2;
        let (whole, narrow): (Vec<_>, Vec<_>) =
            lines.iter().map(|line| (Cell::new(self, line, wide), Cell::new(self, line, half))).unzip();
        let (mut at, mut tinted) = (0, true);
        while let (Some(cell), Some(left)) = (whole.get(at), narrow.get(at)) {
            // Two short ones stand beside each other.
            let right = narrow.get(at + 1).filter(|right| left.short() && right.short());
            let height = right.map_or(cell.height, |right| left.height.max(right.height));
            if tinted {
                picture.rect((0, y, wide, height), self.em(0, 2), TINT, None);
            }
            match right {
                Some(right) => {
                    left.draw(self, &mut picture, (0, y), height);
                    right.draw(self, &mut picture, (half + gap, y), height);
                    at += 2;
                }
                None => {
                    cell.draw(self, &mut picture, (0, y), height);
                    at += 1;
                }
            }
            y += height;
            tinted = !tinted;
        }
        y += self.em(0, 3);
        let room = wide - self.em(0, 8);
        let plain = look(self.em(1, 0), false, INK, Anchor::Start);
        for extra in extras {
            let lines = wrap_whole(&phrases(&extra), plain.size, room);
            y = self.write(&mut picture, (self.em(0, 4), y), plain, &lines);
        }
        let confirmed = facts.confirmed_by();
        if !confirmed.is_empty() {
            let small = look(self.em(0, 9), false, SOFT, Anchor::Start);
            let lines = wrap_whole(&[&text::confirmed(&confirmed.join(text::LIST))], small.size, room);
            y = self.write(&mut picture, (self.em(0, 4), y), small, &lines);
        }
        Some((picture, y))
    }

    /// What holds in the stretches that come afterwards, a sentence for each.
    fn afterwards(&self) -> Vec<String> {
        let facts = self.facts;
        let said = |when: &str, stretch: &Stretch<'_>| format!("{when}{}{}", text::COLON, self.stretch(stretch));
        let later = facts.later().iter().map(|stretch| said(&text::stretch(stretch.from, stretch.to), stretch));
        let after = facts.amounts.after.iter().filter(|_| !facts.past());
        later.chain(after.map(|stretch| said(&text::since(stretch.days.0), stretch))).collect()
    }

    fn later(&self) -> Option<Block> {
        let sentences = self.afterwards();
        if sentences.is_empty() {
            return None;
        }
        let mut picture = Picture::default();
        let mut y = self.title(&mut picture, text::LATER);
        let plain = look(self.em(1, 0), false, INK, Anchor::Start);
        for sentence in sentences {
            let lines = wrap_whole(&phrases(&sentence), plain.size, self.form.room() - self.em(0, 8));
            y = self.write(&mut picture, (self.em(0, 4), y), plain, &lines);
        }
        Some((picture, y))
    }

    fn stretch(&self, stretch: &Stretch<'_>) -> String {
        let facts = self.facts;
        let lines = facts.lines(stretch);
        let ordinary = facts.stretch_prices(stretch);
        let mut said = if ordinary == text::UNSTATED {
            let amount = stretch.rows.first().is_some_and(|row| !row.runs.is_empty());
            let office = facts.office(if amount { Unstated::Fee } else { Unstated::Late });
            text::ordinary(&if amount { text::amount_unstated(office) } else { text::late_unstated(office) })
        } else {
            let everybody = !lines.is_empty() && lines.iter().all(|line| line.same);
            if everybody { text::all_pay(&ordinary) } else { text::pays(&ordinary) }
        };
        if let Some(wait) = stretch.rows.first().and_then(|row| facts.waits(row)) {
            said = format!("{said}{}{wait}", text::AND);
        }
        let others: Vec<String> = lines
            .iter()
            .filter(|line| !line.same)
            .map(|line| format!("{}{}", line.short_names(&lines).join(text::LIST), line.prices_by(str::to_owned)))
            .collect();
        if others.iter().map(|line| line.chars().count()).sum::<usize>() > 60 {
            said = format!("{said}{}{}", text::ALSO, text::OTHERS_DIFFER);
        } else {
            for other in others {
                said = format!("{said}{}{other}", text::ALSO);
            }
        }
        said + text::STOP
    }

    /// Where to pay.
    fn channels(&self) -> Option<Block> {
        let channels = self.facts.channels();
        if channels.is_empty() {
            return None;
        }
        let mut picture = Picture::default();
        let mut y = self.title(&mut picture, text::CHANNELS);
        let (tall, gap, size) = (self.em(1, 9), self.em(0, 5), self.em(1, 0));
        let mut x = 0;
        for name in channels {
            let name_size = fitting(name, size, self.form.room() - self.em(1, 4));
            let wide = width(name, name_size) + self.em(1, 4);
            if x > 0 && x + wide > self.form.room() {
                x = 0;
                y += tall + gap;
            }
            picture.rect((x, y, wide, tall), tall / 2, WHITE, Some((RED, (self.em / 16).max(1))));
            picture.text(x + wide / 2, y + tall / 2, look(name_size, false, INK, Anchor::Middle), name);
            x += wide + gap;
        }
        y += tall;
        let cash = self.facts.cash();
        if !cash.is_empty() {
            let size = self.em(0, 9);
            let lines = wrap_whole(&[&text::cash(&cash.join(text::LIST))], size, self.form.room() - self.em(0, 4));
            y = self.write(
                &mut picture,
                (self.em(0, 2), y + self.em(0, 3)),
                look(size, false, SOFT, Anchor::Start),
                &lines,
            );
        }
        Some((picture, y))
    }

    /// Whom to ask, and the code.
    fn contacts(&self) -> Block {
        let facts = self.facts;
        let mut picture = Picture::default();
        let wide = self.form.room();
        let code = Code::of(self.address.as_str());
        let most = self.em(9, 0).clamp(self.form.width * 2 / 9, self.form.width / 4);
        let side = code.width(most);
        let pad = self.em(0, 3);
        let frame = side + 2 * pad;
        let caption = self.em(1, 0);
        let left = wide - frame;
        picture.rect((left, 0, frame, frame), self.em(0, 3), WHITE, Some((BRASS, (self.em / 12).max(2))));
        code.draw(&mut picture, left + pad, pad, most);
        let caption = fitting(text::SCAN, caption, frame);
        let middle = left + frame / 2;
        let low = self.write(
            &mut picture,
            (middle, frame + self.em(0, 2)),
            look(caption, true, RED, Anchor::Middle),
            &[text::SCAN.to_owned()],
        );

        let mut y = self.offices(&mut picture, left - self.em(1, 5));
        let small = look(self.em(0, 8), false, SOFT, Anchor::Start);
        let room = left - self.em(1, 5);
        if self.room == Room::Beside {
            y += self.em(0, 3);
            for sentence in self.afterwards() {
                let lines = wrap_whole(&phrases(&sentence), small.size, room);
                y = self.write(&mut picture, (0, y), Look { colour: INK, ..small }, &lines);
            }
        }
        if facts.several() {
            let lines = wrap(text::SCAN_SEVERAL, small.size, room);
            y = self.write(&mut picture, (0, y + self.em(0, 3)), small, &lines);
        }
        y = self.write(&mut picture, (0, y), small, &wrap_address(self.address.as_str(), small.size, room));
        (picture, y.max(low))
    }

    /// The offices to ask, with their phones where the notice has them.
    fn offices(&self, picture: &mut Picture, room: i32) -> i32 {
        let contacts = self.facts.contacts();
        let with = contacts.iter().any(|(_, phone)| phone.is_some());
        let title = if with { text::PHONES } else { text::OFFICES };
        picture.rect((0, self.em(0, 3), self.em(0, 3), self.em(1, 2)), 0, RED, None);
        picture.text(self.em(0, 8), self.em(0, 9), look(self.em(1, 3), true, RED, Anchor::Start), title);
        let plain = look(self.em(1, 1), false, INK, Anchor::Start);
        let mut y = self.em(2, 2);
        if !with {
            let names: Vec<String> = contacts.iter().map(|(office, _)| (*office).to_owned()).collect();
            let names = if names.is_empty() { vec![text::LOCAL_OFFICE.to_owned()] } else { names };
            let small = look(self.em(0, 8), false, SOFT, Anchor::Start);
            let beside = self.em(1, 2) + width(title, self.em(1, 3));
            if beside + width(text::NO_PHONE, small.size) <= room {
                picture.text(beside, self.em(0, 9), small, text::NO_PHONE);
            } else {
                y = self.write(picture, (0, y), small, &[text::NO_PHONE.to_owned()]);
            }
            return self.write(picture, (0, y), plain, &wrap_list(&names, plain.size, room));
        }
        let number = look(self.em(1, 3), true, RED, Anchor::Start);
        let beside = contacts.iter().map(|(office, _)| width(office, plain.size)).max().unwrap_or(0) + self.em(0, 8);
        for (office, phone) in &contacts {
            let phone = phone.unwrap_or_default();
            if beside + width(phone, number.size) <= room {
                picture.text(0, y + number.size * 3 / 4, plain, office);
                picture.text(beside, y + number.size * 3 / 4, number, phone);
                y += number.size * 3 / 2;
            } else {
                y = self.write(picture, (0, y), plain, &wrap(office, plain.size, room));
                y = self.write(picture, (0, y), number, &wrap(phone, number.size, room));
            }
        }
        y
    }
}

/// An entry of the table: the amount, and beside it who pays it.
struct Cell {
    amounts: Vec<String>,
    names: Vec<String>,
    details: Vec<String>,
    amount_size: i32,
    same: bool,
    column: i32,
    height: i32,
}

impl Cell {
    fn new(body: &Body<'_, '_>, line: &Line, wide: i32) -> Self {
        let column = body.em(6, 0);
        let room = wide - column - body.em(1, 2);
        let mut names = line.names.clone();
        if line.same
            && let Some(last) = names.last_mut()
        {
            *last = text::in_brackets(last, text::SAME);
        }
        let names = wrap_list(&names, body.em(1, 1), room);
        let last = line.last.map(text::until);
        let details = line.details.iter().chain(&last).flat_map(|detail| wrap(detail, body.em(0, 9), room)).collect();
        let prices = line.prices();
        let amount_size = match line.prices.as_slice() {
            [one] => {
                fitting(one, if text::is_amount(one) { body.em(1, 6) } else { body.em(1, 3) }, column - body.em(0, 5))
            }
            _ => body.em(1, 1),
        };
        let amounts = wrap(&prices, amount_size, column - body.em(0, 5));
        let mut cell = Self { amounts, names, details, amount_size, same: line.same, column, height: 0 };
        cell.height = cell.beside(body).max(tall(&cell.amounts, amount_size)) + body.em(0, 6);
        cell
    }

    /// The height of what stands beside the amount.
    fn beside(&self, body: &Body<'_, '_>) -> i32 {
        tall(&self.names, body.em(1, 1)) + tall(&self.details, body.em(0, 9))
    }

    /// Whether half a line is enough.
    fn short(&self) -> bool {
        self.names.len() == 1 && self.details.is_empty() && self.amounts.len() == 1
    }

    fn draw(&self, body: &Body<'_, '_>, picture: &mut Picture, (x, y): (i32, i32), height: i32) {
        let amount = look(self.amount_size, true, if self.same { SOFT } else { RED }, Anchor::Middle);
        let top = y + (height - tall(&self.amounts, self.amount_size)) / 2;
        body.write(picture, (x + self.column / 2, top), amount, &self.amounts);
        let left = x + self.column + body.em(0, 3);
        let top = y + (height - self.beside(body)) / 2;
        let low = body.write(picture, (left, top), look(body.em(1, 1), false, INK, Anchor::Start), &self.names);
        body.write(picture, (left, low), look(body.em(0, 9), false, SOFT, Anchor::Start), &self.details);
    }
}

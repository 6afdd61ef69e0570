//! A picture in SVG, written as text. Whole numbers only, and no style sheet: where a page forbids inline styles, and
//! in a program that knows only shapes, it looks the same.

use std::fmt::Write as _;

/// Where a text stands on its line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
}

/// How a text looks.
#[derive(Clone, Copy)]
pub(crate) struct Look<'c> {
    pub(crate) size: i32,
    pub(crate) bold: bool,
    pub(crate) colour: &'c str,
    pub(crate) anchor: Anchor,
}

/// Left, top, width, height.
pub(crate) type Frame = (i32, i32, i32, i32);

/// Shapes and texts, later ones on top.
#[derive(Default)]
pub(crate) struct Picture(String);

impl Picture {
    /// A rectangle with round corners, filled, and with a border of a colour and width if given.
    pub(crate) fn rect(&mut self, (x, y, width, height): Frame, round: i32, fill: &str, border: Option<(&str, i32)>) {
        let _ = write!(self.0, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"");
        if round > 0 {
            let _ = write!(self.0, " rx=\"{round}\"");
        }
        let _ = write!(self.0, " fill=\"{fill}\"");
        if let Some((colour, wide)) = border {
            let _ = write!(self.0, " stroke=\"{colour}\" stroke-width=\"{wide}\"");
        }
        self.0.push_str("/>\n");
    }

    /// A filled path.
    pub(crate) fn path(&mut self, path: &str, fill: &str) {
        let _ = writeln!(self.0, "<path fill=\"{fill}\" d=\"{path}\"/>");
    }

    /// A line of text; `y` is the middle of its height.
    pub(crate) fn text(&mut self, x: i32, y: i32, look: Look<'_>, text: &str) {
        self.texts(x, y, look, &[(text, look.size)]);
    }

    /// A line of text in parts of several sizes on one base line.
    pub(crate) fn texts(&mut self, x: i32, y: i32, look: Look<'_>, parts: &[(&str, i32)]) {
        let anchor = match look.anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
        };
        // The base line of Chinese type lies a bit more than a third of its size below the middle.
        let base = y + look.size * 36 / 99;
        let weight = if look.bold { " font-weight=\"bold\"" } else { "" };
        let Look { size, colour, .. } = look;
        let _ = write!(
            self.0,
            "<text x=\"{x}\" y=\"{base}\" font-size=\"{size}\"{weight} fill=\"{colour}\" text-anchor=\"{anchor}\">"
        );
        for &(part, size) in parts {
            if size == look.size {
                self.0.push_str(&escaped(part));
            } else {
                let _ = write!(self.0, "<tspan font-size=\"{size}\">{}</tspan>", escaped(part));
            }
        }
        self.0.push_str("</text>\n");
    }

    /// Another picture inside, moved down.
    pub(crate) fn put(&mut self, picture: &Self, x: i32, y: i32) {
        let _ = writeln!(self.0, "<g transform=\"translate({x} {y})\">\n{}</g>", picture.0);
    }

    /// Something as it stands.
    pub(crate) fn raw(&mut self, text: &str) {
        self.0.push_str(text);
    }

    /// The shapes and texts as they are written.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Text that SVG takes as it stands.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

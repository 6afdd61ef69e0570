//! The county's address as a QR code.

use crate::svg::Picture;
use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

/// The white border that a reader needs, in modules.
const QUIET: i32 = 4;

/// A code to draw.
pub(crate) struct Code(Option<QrCode>);

impl Code {
    /// The code of an address. An [`Address`](crate::Address) is short enough for one.
    pub(crate) fn of(address: &str) -> Self {
        let segments = QrSegment::make_segments(address);
        // The smallest codes have no mark in their fourth corner, and are read badly where they are small or bent.
        let least = Version::new(2);
        let code = QrCode::encode_segments_advanced(&segments, QrCodeEcc::Medium, least, Version::MAX, None, true);
        Self(code.ok())
    }

    /// The modules of a side, with the quiet zone.
    fn side(&self) -> i32 {
        self.0.as_ref().map_or(1, |code| code.size() + 2 * QUIET)
    }

    /// The width of the code at whole units a module, not above this.
    pub(crate) fn width(&self, most: i32) -> i32 {
        most / self.side() * self.side()
    }

    /// Draws the code with its quiet zone, dark on white.
    pub(crate) fn draw(&self, picture: &mut Picture, x: i32, y: i32, most: i32) {
        let Some(code) = &self.0 else { return };
        let module = most / self.side();
        let width = self.width(most);
        picture.rect((x, y, width, width), 0, "#fff", None);
        // One path: the dark modules of a row that touch each other are one stroke of it.
        let mut path = String::new();
        for row in 0..code.size() {
            let mut column = 0;
            while column < code.size() {
                let start = column;
                while code.get_module(column, row) {
                    column += 1;
                }
                if column > start {
                    let (left, top) = (x + (start + QUIET) * module, y + (row + QUIET) * module);
                    let wide = (column - start) * module;
                    path.push_str(&format!("M{left} {top}h{wide}v{module}h-{wide}z"));
                }
                column += 1;
            }
        }
        picture.path(&path, "#000");
    }
}

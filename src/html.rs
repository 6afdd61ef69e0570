//! HTML as one growing text: how every page is written, in the browser and in the static files.
//!
//! Nothing gets into it but tags, classes and attribute names that stand in the code, and texts, which are escaped.
//! So no sentence of a notice and nothing that a person typed can become markup.
//!
//! A tag is written as one text, read at run time, because a call with one constant weighs a few bytes of wasm and
//! there are hundreds of them:
//!
//! ```
//! use canbao_app::html::Html;
//! let mut h = Html::default();
//! h.open("p.hint.lead#about@help[role=note]");
//! h.attr("data-year", "2026");
//! h.text("1 < 2");
//! h.close();
//! assert_eq!(
//!     h.finish(),
//!     r#"<p class="hint lead" id="about" data-testid="help" role="note" data-year="2026">1 &lt; 2</p>"#
//! );
//! ```

/// A page, or a part of one, while it is written.
#[derive(Default)]
pub struct Html {
    text: String,
    /// The elements not closed yet.
    open: Vec<Element>,
    /// The last tag still lacks its `>`: attributes may follow.
    in_tag: bool,
}

struct Element {
    tag: &'static str,
    start: usize,
    /// Where its content starts, if the element is left out when there is none.
    content: Option<usize>,
}

impl Html {
    /// Opens an element: its tag, then in any order `.class`, `#id`, `@data-testid` and `[name=value]`.
    #[inline(never)]
    pub fn open(&mut self, spec: &'static str) {
        self.end_tag();
        let start = self.text.len();
        let tag = self.tag(spec);
        self.open.push(Element { tag, start, content: None });
    }

    /// An element that has no content, such as `input`. Attributes may follow.
    #[inline(never)]
    pub fn void(&mut self, spec: &'static str) {
        self.tag(spec);
    }

    /// An attribute of the tag just opened.
    #[inline(never)]
    pub fn attr(&mut self, name: &'static str, value: &str) {
        self.attr_of(name, &[value]);
    }

    /// An attribute whose value is put together from parts.
    #[inline(never)]
    pub fn attr_of(&mut self, name: &'static str, parts: &[&str]) {
        self.name(name);
        for part in parts {
            self.escaped(part);
        }
        self.text.push('"');
    }

    /// Text.
    #[inline(never)]
    pub fn text(&mut self, text: &str) {
        self.end_tag();
        self.escaped(text);
    }

    /// Closes the element opened last.
    #[inline(never)]
    pub fn close(&mut self) {
        self.end_tag();
        let Some(element) = self.open.pop() else { return };
        if element.content == Some(self.text.len()) {
            self.text.truncate(element.start);
            return;
        }
        for part in ["</", element.tag, ">"] {
            self.text.push_str(part);
        }
    }

    /// An element around a text.
    #[inline(never)]
    pub fn line(&mut self, spec: &'static str, text: &str) {
        self.open(spec);
        self.text(text);
        self.close();
    }

    /// From here on is the content of the element opened last: where none follows, the element is left out with
    /// everything written into it so far.
    #[inline(never)]
    pub fn optional(&mut self) {
        self.end_tag();
        if let Some(element) = self.open.last_mut() {
            element.content = Some(self.text.len());
        }
    }

    /// What was written, with every element closed.
    pub fn finish(mut self) -> String {
        self.end_tag();
        while !self.open.is_empty() {
            self.close();
        }
        self.text
    }

    /// Writes a tag up to where more attributes may follow, and returns its name.
    fn tag(&mut self, spec: &'static str) -> &'static str {
        self.end_tag();
        let (name, mut rest) = spec.split_at(end(spec, 0));
        self.text.push('<');
        self.text.push_str(name);
        self.in_tag = true;
        let mut classes = false;
        while !rest.is_empty() {
            let to = end(rest, 1);
            let (part, after) = rest.split_at(to);
            let (kind, value) = part.split_at(1);
            match kind {
                "." if classes => {
                    // The attribute stands last, so it can be taken up again.
                    self.text.pop();
                    self.text.push(' ');
                }
                "." => self.name("class"),
                "#" => self.name("id"),
                "@" => self.name("data-testid"),
                _ => self.name(value.split_once('=').map_or(value, |(name, _)| name)),
            }
            classes = kind == ".";
            let value = if kind == "[" { value.split_once('=').map_or("", |(_, value)| value) } else { value };
            self.text.push_str(value);
            self.text.push('"');
            rest = after.strip_prefix(']').unwrap_or(after);
        }
        name
    }

    /// Begins an attribute.
    fn name(&mut self, name: &str) {
        for part in [" ", name, "=\""] {
            self.text.push_str(part);
        }
    }

    fn end_tag(&mut self) {
        if self.in_tag {
            self.in_tag = false;
            self.text.push('>');
        }
    }

    fn escaped(&mut self, text: &str) {
        for part in text.split_inclusive(['&', '<', '>', '"', '\r']) {
            let (before, entity) = match part.as_bytes().last() {
                Some(b'&') => (1, "&amp;"),
                Some(b'<') => (1, "&lt;"),
                Some(b'>') => (1, "&gt;"),
                Some(b'"') => (1, "&quot;"),
                // Readers of HTML make a line feed of it otherwise.
                Some(b'\r') => (1, "&#13;"),
                _ => (0, ""),
            };
            self.text.push_str(part.get(..part.len() - before).unwrap_or_default());
            self.text.push_str(entity);
        }
    }
}

/// Where a part of a tag's description ends: within brackets at the closing one, otherwise at the next sign.
fn end(spec: &str, from: usize) -> usize {
    let rest = spec.get(from..).unwrap_or_default();
    let found = if spec.starts_with('[') { rest.find(']') } else { rest.find(['.', '#', '@', '[']) };
    found.map_or(spec.len(), |at| at + from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Html)) -> String {
        let mut h = Html::default();
        write(&mut h);
        h.finish()
    }

    #[test]
    fn nothing_typed_becomes_markup() {
        let hostile = r#"<script>alert("1" & '2')</script>"#;
        assert_eq!(
            written(|h| h.line("p", hostile)),
            "<p>&lt;script&gt;alert(&quot;1&quot; &amp; '2')&lt;/script&gt;</p>"
        );
        let attribute = written(|h| {
            h.void("input[type=text]");
            h.attr("value", r#""><img src=x onerror="x">"#);
        });
        assert_eq!(attribute, r#"<input type="text" value="&quot;&gt;&lt;img src=x onerror=&quot;x&quot;&gt;">"#);
    }

    #[test]
    fn the_end_of_a_line_stays_as_it_is() {
        assert_eq!(written(|h| h.line("p", "a\r\nb")), "<p>a&#13;\nb</p>");
    }

    #[test]
    fn a_tag_is_written_from_one_text() {
        assert_eq!(written(|h| h.line("p", "x")), "<p>x</p>");
        assert_eq!(written(|h| h.line("p.a.b", "x")), r#"<p class="a b">x</p>"#);
        assert_eq!(
            written(|h| h.line("h1@heading[tabindex=-1][data-x=a.b#c]", "x")),
            r#"<h1 data-testid="heading" tabindex="-1" data-x="a.b#c">x</h1>"#
        );
        assert_eq!(written(|h| h.void("input[checked]")), r#"<input checked="">"#);
        assert_eq!(written(|h| h.line("p#a@b.c.d", "x")), r#"<p id="a" data-testid="b" class="c d">x</p>"#);
    }

    #[test]
    fn an_optional_element_is_there_only_with_content() {
        let part = |lines: &[&str]| {
            written(|h| {
                h.open("main");
                h.open("div.part");
                h.line("h3", "title");
                h.optional();
                lines.iter().for_each(|line| h.line("p", line));
                h.close();
            })
        };
        assert_eq!(part(&[]), "<main></main>");
        assert_eq!(part(&["a"]), r#"<main><div class="part"><h3>title</h3><p>a</p></div></main>"#);
    }

    #[test]
    fn optional_within_optional_leaves_nothing_behind() {
        let text = written(|h| {
            h.open("section");
            h.optional();
            h.open("ul");
            h.optional();
            h.close();
            h.close();
        });
        assert_eq!(text, "");
    }

    #[test]
    fn everything_is_closed() {
        let text = written(|h| {
            h.open("div");
            h.open("p");
            h.text("x");
        });
        assert_eq!(text, "<div><p>x</p></div>");
        assert_eq!(written(Html::close), "");
    }
}

//! Reading a request out of JavaScript.
//!
//! Every field that is looked at from here costs a call out of WebAssembly and back, some of them a text copied letter by
//! letter. So the browser writes the whole request as JSON in one call, which also settles what JSON settles: a field
//! that is `undefined` is absent, a getter has been called, and an object that contains itself is an error. What comes
//! back is well-formed, and a request is shallow, so this reads just that deep and steps over anything below: nesting a
//! hundred thousand levels deep is a wrong value like any other and not the end of the stack.

use canbao_engine::RequestError;
use canbao_engine::answers::{Loose, LooseRequest};
use wasm_bindgen::JsValue;

/// The request in a JavaScript value.
pub(crate) fn read(value: &JsValue) -> Result<LooseRequest, RequestError> {
    let text = js_sys::JSON::stringify(value).ok().and_then(|text| text.as_string());
    text.as_deref()
        .and_then(parse)
        .ok_or_else(|| RequestError::new("bad_request", "请求要是一个对象：{ notice, on, answers }", &[]))
}

/// The request in a JSON text; `None` where it is no object.
fn parse(text: &str) -> Option<LooseRequest> {
    let mut reader = Reader { text, at: 0 };
    let mut request = LooseRequest::default();
    reader.object(|reader, key| {
        match key.as_str() {
            "notice" => request.notice = Some(reader.value()?),
            "on" => request.on = Some(reader.value()?),
            "answers" if reader.peek() == Some(b'{') => reader.object(|reader, key| {
                let value = reader.value()?;
                request.answers.insert(key, value);
                Some(())
            })?,
            "answers" => {
                reader.skip()?;
                request.answers_malformed = true;
            }
            _ => {
                reader.skip()?;
                request.unknown.push(key);
            }
        }
        Some(())
    })?;
    Some(request)
}

/// Goes through JSON as `JSON.stringify` writes it: well-formed, without spaces.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn eat(&mut self, byte: u8) -> Option<()> {
        (self.next()? == byte).then_some(())
    }

    fn object(&mut self, mut entry: impl FnMut(&mut Self, String) -> Option<()>) -> Option<()> {
        self.eat(b'{')?;
        if self.peek()? == b'}' {
            return self.eat(b'}');
        }
        loop {
            let key = self.string()?;
            self.eat(b':')?;
            entry(self, key)?;
            match self.next()? {
                b',' => {}
                b'}' => return Some(()),
                _ => return None,
            }
        }
    }

    /// An answer: a scalar, or a list of scalars.
    fn value(&mut self) -> Option<Loose> {
        if self.peek()? != b'[' {
            return self.scalar();
        }
        self.eat(b'[')?;
        let mut items = Vec::new();
        if self.peek()? == b']' {
            self.eat(b']')?;
            return Some(Loose::List(items));
        }
        loop {
            items.push(self.scalar()?);
            match self.next()? {
                b',' => {}
                b']' => return Some(Loose::List(items)),
                _ => return None,
            }
        }
    }

    fn scalar(&mut self) -> Option<Loose> {
        match self.peek()? {
            b'"' => self.string().map(Loose::Text),
            b'{' | b'[' => self.skip().map(|()| Loose::Other),
            _ => Some(match self.word() {
                "true" => Loose::Bool(true),
                "false" => Loose::Bool(false),
                number => number.parse().map_or(Loose::Other, Loose::Int),
            }),
        }
    }

    /// A number, `true`, `false` or `null`.
    fn word(&mut self) -> &'a str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.bytes().position(|byte| matches!(byte, b',' | b']' | b'}'));
        let word = end.and_then(|end| rest.get(..end)).unwrap_or(rest);
        self.at += word.len();
        word
    }

    /// Steps over a value, however deep.
    fn skip(&mut self) -> Option<()> {
        let mut depth = 0usize;
        loop {
            match self.peek()? {
                b'"' => {
                    self.string()?;
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' => self.at += 1,
                _ => {
                    self.word();
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    fn string(&mut self) -> Option<String> {
        self.eat(b'"')?;
        let mut found = String::new();
        loop {
            let rest = self.text.get(self.at..)?;
            let plain = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\'))?;
            found.push_str(rest.get(..plain)?);
            self.at += plain;
            if self.next()? == b'"' {
                return Some(found);
            }
            found.push(self.escaped()?);
        }
    }

    fn escaped(&mut self) -> Option<char> {
        Some(match self.next()? {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            // Characters outside the basic plane come as they are; what is written in numbers is a control character
            // or half of a pair that has lost its other half.
            b'u' => {
                let digits = self.text.get(self.at..self.at + 4)?;
                self.at += 4;
                char::from_u32(u32::from_str_radix(digits, 16).ok()?).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            other => char::from(other),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> Loose {
        Loose::Text(value.to_owned())
    }

    #[test]
    fn reads_a_request() {
        let request = parse(
            r#"{"notice":"a\"\\\u0001b","on":5,"answers":{"x":true,"y":["p",null,-3],"z":1.5,"e":[],"t":"兴"},"more":[{"q":"}"}]}"#,
        )
        .expect("an object");
        assert_eq!(request.notice, Some(text("a\"\\\u{1}b")));
        assert_eq!(request.on, Some(Loose::Int(5)));
        assert_eq!(request.unknown, ["more"]);
        let answers: Vec<(&str, &Loose)> = request.answers.iter().map(|(key, value)| (key.as_str(), value)).collect();
        let list = Loose::List(vec![text("p"), Loose::Other, Loose::Int(-3)]);
        let expected = [
            ("e", &Loose::List(Vec::new())),
            ("t", &text("兴")),
            ("x", &Loose::Bool(true)),
            ("y", &list),
            ("z", &Loose::Other),
        ];
        assert_eq!(answers, expected);
    }

    #[test]
    fn steps_over_what_no_request_has() {
        let deep =
            format!(r#"{{"answers":{{"x":{}{},"y":{{"a":[1]}}}},"on":"o"}}"#, "[".repeat(90_000), "]".repeat(90_000));
        let request = parse(&deep).expect("an object");
        assert_eq!(request.answers.get("y"), Some(&Loose::Other));
        assert_eq!(request.answers.get("x"), Some(&Loose::List(vec![Loose::Other])));
        assert_eq!(request.on, Some(text("o")));
        assert!(parse(r#"{"answers":[{"a":1}]}"#).expect("an object").answers_malformed);
    }

    #[test]
    fn a_request_is_an_object() {
        for other in ["5", "null", "[]", "\"x\"", "", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":\"\\u12"] {
            assert_eq!(parse(other), None, "{other}");
        }
        assert_eq!(parse("{}"), Some(LooseRequest::default()));
    }
}

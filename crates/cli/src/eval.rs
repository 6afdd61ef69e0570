//! Answering requests: one, an array, or a roster of a whole county.
//!
//! Nothing is lost: a bad request becomes an error in its place and the rest is still answered, even where the text
//! breaks off in the middle. A roster (one request a line) streams, in constant memory, and answers go out before the
//! next line is waited for, so another program can hold the pipe open and ask one by one.

use crate::memo::Memo;
use crate::source::Library;
use crate::text;
use canbao_engine::RequestError;
use canbao_engine::answers::LooseRequest;
use canbao_engine::evaluate::evaluate_request;
use serde::Serialize;
use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Write};

/// How much text is read and written at a time.
const CHUNK: usize = 1 << 18;

/// Longer than any request: a line beyond it is an error, not a reason to run out of memory.
const LONGEST_LINE: usize = 1 << 20;

/// How many bad requests are named on standard error; the output has all of them.
const NAMED: usize = 5;

/// What the input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One request a line.
    Lines,
    /// Found out by looking: one request, an array, or one request a line.
    Auto,
}

/// How a response to a single request is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// On one line.
    Compact,
    /// Indented, for people.
    Pretty,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Requests answered.
    pub answered: u64,
    /// Bad requests.
    pub bad: u64,
    /// The first bad ones: where, and what is wrong.
    pub named: Vec<String>,
}

impl Summary {
    fn count(&mut self, result: Result<(), RequestError>, place: impl FnOnce() -> String) {
        match result {
            Ok(()) => self.answered += 1,
            Err(error) => {
                self.bad += 1;
                if self.named.len() < NAMED {
                    self.named.push(text::bad_request(&place(), &error));
                }
            }
        }
    }
}

/// Watches a roster pass: lines answered so far, and bytes read.
pub trait Progress {
    /// Called now and then.
    fn tick(&mut self, lines: u64, bytes: u64);
}

impl Progress for () {
    fn tick(&mut self, _: u64, _: u64) {}
}

#[derive(Serialize)]
struct InPlace<'a> {
    error: &'a RequestError,
}

/// Answers requests from their text.
pub struct Evaluator {
    library: Library,
    memo: Memo,
    layout: Layout,
}

impl Evaluator {
    /// Answers from these notices.
    #[must_use]
    pub fn new(library: Library, layout: Layout) -> Self {
        Self { library, memo: Memo::default(), layout }
    }

    /// Appends the response to a request, or the error in its place, to `out`.
    ///
    /// # Errors
    /// With what was appended, when the request has no response.
    pub fn answer(&mut self, request: &[u8], out: &mut Vec<u8>) -> Result<(), RequestError> {
        if self.memo.recall(request, out) {
            return Ok(());
        }
        let start = out.len();
        match self.evaluate(request, out) {
            Ok(()) => {
                self.memo.keep(request, out.get(start..).unwrap_or_default());
                Ok(())
            }
            Err(error) => {
                out.truncate(start);
                self.write_error(&error, out);
                Err(error)
            }
        }
    }

    fn evaluate(&mut self, request: &[u8], out: &mut Vec<u8>) -> Result<(), RequestError> {
        // Checked once for the whole request, not once for each text in it.
        let loose = match std::str::from_utf8(request) {
            Ok(request) => serde_json::from_str::<LooseRequest>(request),
            Err(_) => serde_json::from_slice(request),
        };
        let loose = loose.map_err(|error| malformed(&error))?;
        let (notice, _) = loose.head()?;
        let program = self.library.program(notice)?;
        let response = evaluate_request(program, &loose)?;
        self.write(&response, out).map_err(|error| malformed(&error))
    }

    fn write(&self, value: &impl Serialize, out: &mut Vec<u8>) -> serde_json::Result<()> {
        match self.layout {
            Layout::Compact => serde_json::to_writer(out, value),
            Layout::Pretty => serde_json::to_writer_pretty(out, value),
        }
    }

    fn write_error(&self, error: &RequestError, out: &mut Vec<u8>) {
        // Strings and lists of strings always have a JSON form.
        let _ = self.write(&InPlace { error }, out);
    }

    /// Reads requests and writes responses.
    ///
    /// # Errors
    /// When reading or writing fails.
    pub fn run(
        &mut self,
        input: impl Read,
        mut output: impl Write,
        form: Form,
        progress: &mut dyn Progress,
    ) -> io::Result<Summary> {
        let mut lines = Lines::new(input);
        let mut ahead = Vec::new();
        match if form == Form::Lines { Form::Lines } else { lines.form(&mut ahead)? } {
            Form::Lines => self.roster(ahead, &mut lines, &mut output, progress),
            Form::Auto => {
                let mut content = ahead.concat();
                lines.rest(&mut content)?;
                self.document(&content, &mut output)
            }
        }
    }

    /// One request a line, one answer a line.
    fn roster<R: Read>(
        &mut self,
        ahead: Vec<Vec<u8>>,
        lines: &mut Lines<R>,
        output: &mut impl Write,
        progress: &mut dyn Progress,
    ) -> io::Result<Summary> {
        self.layout = Layout::Compact;
        let mut summary = Summary::default();
        let mut out = Vec::with_capacity(2 * CHUNK);
        let mut number = 0u64;
        let mut line = Vec::new();
        let mut ahead = ahead.into_iter();
        loop {
            let state = if let Some(read) = ahead.next() {
                line = read;
                Line::Whole
            } else {
                if out.len() >= CHUNK || (!out.is_empty() && lines.would_wait()) {
                    output.write_all(&out)?;
                    output.flush()?;
                    out.clear();
                    progress.tick(summary.answered + summary.bad, lines.bytes);
                }
                lines.next(&mut line)?
            };
            number += 1;
            let request = trimmed(&line);
            let result = match state {
                Line::End => break,
                Line::Whole if request.is_empty() => continue,
                Line::Whole => self.answer(request, &mut out),
                Line::TooLong => {
                    lines.skip(&mut line)?;
                    let error = RequestError::new("bad_request", text::line_too_long(LONGEST_LINE), &[]);
                    self.write_error(&error, &mut out);
                    Err(error)
                }
            };
            out.push(b'\n');
            summary.count(result, || text::at_line(number));
        }
        output.write_all(&out)?;
        output.flush()?;
        progress.tick(summary.answered + summary.bad, lines.bytes);
        Ok(summary)
    }

    /// One request, an array of requests, or several requests one after another.
    fn document(&mut self, content: &[u8], output: &mut impl Write) -> io::Result<Summary> {
        let mut summary = Summary::default();
        let mut out = Vec::new();
        let content = content.strip_prefix(BOM).unwrap_or(content);
        if trimmed(content).first() == Some(&b'[') {
            self.array(content, &mut summary, &mut out, output)?;
        } else {
            self.values(content, &mut summary, &mut out);
        }
        output.write_all(&out)?;
        output.flush()?;
        Ok(summary)
    }

    fn array(
        &mut self,
        content: &[u8],
        summary: &mut Summary,
        out: &mut Vec<u8>,
        output: &mut dyn Write,
    ) -> io::Result<()> {
        let mut failure = None;
        out.push(b'[');
        let mut json = serde_json::Deserializer::from_slice(content);
        let elements =
            Elements { evaluator: self, summary: &mut *summary, out: &mut *out, output, failure: &mut failure };
        let result = elements.deserialize(&mut json).and_then(|()| json.end());
        if let Some(failure) = failure {
            return Err(failure);
        }
        if let Err(error) = result {
            separate(summary, out);
            self.broken_off(&error, summary, out);
        }
        out.extend(if summary.answered + summary.bad == 0 { &b"]\n"[..] } else { b"\n]\n" });
        Ok(())
    }

    fn values(&mut self, content: &[u8], summary: &mut Summary, out: &mut Vec<u8>) {
        for value in serde_json::Deserializer::from_slice(content).into_iter::<&RawValue>() {
            match value {
                Ok(request) => {
                    let result = self.answer(request.get().as_bytes(), out);
                    let number = summary.answered + summary.bad + 1;
                    summary.count(result, || if number == 1 { String::new() } else { text::at_request(number) });
                }
                Err(error) => self.broken_off(&error, summary, out),
            }
            out.push(b'\n');
        }
        if summary.answered + summary.bad == 0 {
            let error = RequestError::new("bad_request", text::NO_REQUEST, &[]);
            self.write_error(&error, out);
            out.push(b'\n');
            summary.count(Err(error), String::new);
        }
    }

    /// Text that is no JSON: nothing after it can be told apart, so this is the last answer.
    fn broken_off(&self, error: &serde_json::Error, summary: &mut Summary, out: &mut Vec<u8>) {
        let detail = text::json_detail(error);
        let error = RequestError::new("bad_request", text::no_json_at(error.line(), error.column(), &detail), &[]);
        self.write_error(&error, out);
        summary.count(Err(error), String::new);
    }
}

/// What is wrong with a text that is no request. Its place in the input is for the caller to add.
fn malformed(error: &serde_json::Error) -> RequestError {
    let detail = text::json_detail(error);
    let message = if error.is_data() { text::no_request(&detail) } else { text::no_json(error.column(), &detail) };
    RequestError::new("bad_request", message, &[])
}

/// Sets the next element of an array apart from what stands before it.
fn separate(summary: &Summary, out: &mut Vec<u8>) {
    out.extend(if summary.answered + summary.bad == 0 { &b"\n"[..] } else { b",\n" });
}

/// Answers the elements of an array one after another.
struct Elements<'a> {
    evaluator: &'a mut Evaluator,
    summary: &'a mut Summary,
    out: &'a mut Vec<u8>,
    output: &'a mut dyn Write,
    failure: &'a mut Option<io::Error>,
}

impl<'de> DeserializeSeed<'de> for Elements<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Elements<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an array of requests")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        while let Some(request) = elements.next_element::<&RawValue>()? {
            separate(self.summary, self.out);
            let result = self.evaluator.answer(request.get().as_bytes(), self.out);
            let number = self.summary.answered + self.summary.bad + 1;
            self.summary.count(result, || text::at_request(number));
            if self.out.len() >= CHUNK {
                if let Err(failure) = self.output.write_all(self.out) {
                    *self.failure = Some(failure);
                    return Err(serde::de::Error::custom("cannot write"));
                }
                self.out.clear();
            }
        }
        Ok(())
    }
}

/// The mark that some programs put before UTF-8.
const BOM: &[u8] = b"\xef\xbb\xbf";

fn trimmed(line: &[u8]) -> &[u8] {
    line.strip_prefix(BOM).unwrap_or(line).trim_ascii()
}

#[derive(Clone, Copy, PartialEq)]
enum Line {
    Whole,
    TooLong,
    End,
}

/// The lines of an input, none longer than a request can be.
struct Lines<R> {
    reader: BufReader<R>,
    bytes: u64,
}

impl<R: Read> Lines<R> {
    fn new(input: R) -> Self {
        Self { reader: BufReader::with_capacity(CHUNK, input), bytes: 0 }
    }

    fn part(&mut self, line: &mut Vec<u8>) -> io::Result<usize> {
        line.clear();
        let read = (&mut self.reader).take(LONGEST_LINE as u64).read_until(b'\n', line)?;
        self.bytes += read as u64;
        Ok(read)
    }

    fn next(&mut self, line: &mut Vec<u8>) -> io::Result<Line> {
        Ok(match self.part(line)? {
            0 => Line::End,
            LONGEST_LINE if !line.ends_with(b"\n") => Line::TooLong,
            _ => Line::Whole,
        })
    }

    /// Leaves the rest of a line that is too long.
    fn skip(&mut self, line: &mut Vec<u8>) -> io::Result<()> {
        while self.part(line)? == LONGEST_LINE && !line.ends_with(b"\n") {}
        Ok(())
    }

    fn rest(&mut self, content: &mut Vec<u8>) -> io::Result<()> {
        self.reader.read_to_end(content).map(|_| ())
    }

    /// Whether the next line is not here yet.
    fn would_wait(&self) -> bool {
        !self.reader.buffer().contains(&b'\n')
    }

    /// Tells a roster from a document by the first two lines that are not blank, which it hands over with what is
    /// before them.
    fn form(&mut self, ahead: &mut Vec<Vec<u8>>) -> io::Result<Form> {
        let mut solid = 0;
        loop {
            let mut line = Vec::new();
            let state = self.next(&mut line)?;
            let content = trimmed(&line);
            let roster = match solid {
                0 => content.is_empty() || (content.starts_with(b"{") && content.ends_with(b"}")),
                _ => content.is_empty() || content.starts_with(b"{"),
            };
            solid += usize::from(!content.is_empty());
            ahead.push(line);
            if state != Line::Whole || !roster {
                return Ok(Form::Auto);
            }
            if solid == 2 {
                return Ok(Form::Lines);
            }
        }
    }
}

//! Every sentence the command line says to policy staff, in plain Chinese.
//!
//! Sentences say what is wrong, where, and what to do. They live in one place so that they can be read and corrected
//! together, by somebody who does not read Rust. [`words`] says a notice's rules, `sheet` what stands on the decision
//! table.

pub(crate) mod sheet;
pub mod words;

use crate::cases::Case;
use crate::matching::Mismatch;
use canbao_engine::RequestError;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io;
use std::path::Path;

// ---- files ----

/// A file that cannot be read.
#[must_use]
pub fn cannot_read(path: &Path, error: &io::Error) -> String {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "没有这个文件".to_owned(),
        io::ErrorKind::InvalidData => "不是 UTF-8 文本，请用 UTF-8 编码另存".to_owned(),
        io::ErrorKind::PermissionDenied => "没有读取的权限".to_owned(),
        _ => error.to_string(),
    };
    format!("{}：{why}", path.display())
}

/// A file or folder that cannot be written.
#[must_use]
pub fn cannot_write(path: &Path, error: &io::Error) -> String {
    format!("{}：写不进去（{error}）", path.display())
}

/// Something wrong in a file.
#[must_use]
pub fn in_file(path: &Path, message: &str) -> String {
    format!("{}：{}", path.display(), message.trim_end())
}

/// A rule that the engine cannot make ready.
#[must_use]
pub fn fault(rule: &str, message: &str) -> String {
    format!("`{rule}`：{message}")
}

/// What to do about it.
pub const FAULT_HELP: &str = "改正这一条后再运行 `cargo canbao check`。";

/// A notice in the wrong place.
#[must_use]
pub fn wrong_path(path: &Path, id: &str) -> String {
    format!("{}：文件里写的是 {id}，与它所在的位置不符。位置要是 <六位代码>-<拼音>/<年度>.toml", path.display())
}

/// A file of cases about another notice than the one beside it.
#[must_use]
pub fn other_notice(path: &Path, said: &str, beside: &str) -> String {
    format!("{}：写着 notice = \"{said}\"，但旁边的通知是 {beside}", path.display())
}

// ---- requests ----

/// No notice with this id.
#[must_use]
pub fn unknown_notice(id: &str) -> String {
    format!("没有编号为 `{id}` 的通知；`canbao list` 列出全部编号")
}

/// A notice whose file is faulty.
#[must_use]
pub fn bad_notice(id: &str, message: &str) -> String {
    format!("通知 {id} 的文件有错，先用 `cargo canbao check` 改好：{message}")
}

/// Nothing came in.
pub const NO_REQUEST: &str = "标准输入里没有请求；请输入一个请求、一个数组，或每行一个请求";

/// What the JSON reader says, without the place it adds.
#[must_use]
pub fn json_detail(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(detail, _)| detail.to_owned())
}

/// JSON, but no request.
#[must_use]
pub fn no_request(detail: &str) -> String {
    format!("请求要是一个对象：{{\"notice\", \"on\", \"answers\"}}（{detail}）")
}

/// No JSON, within one line.
#[must_use]
pub fn no_json(column: usize, detail: &str) -> String {
    format!("第 {column} 个字节处不是合法的 JSON（{detail}）")
}

/// No JSON, within a document.
#[must_use]
pub fn no_json_at(line: usize, column: usize, detail: &str) -> String {
    format!("第 {line} 行第 {column} 个字节处不是合法的 JSON（{detail}），其后的内容没有处理")
}

/// A line longer than any request.
#[must_use]
pub fn line_too_long(limit: usize) -> String {
    format!("这一行超过 {limit} 个字节，不是一个请求")
}

/// Where a bad request is, in a roster.
#[must_use]
pub fn at_line(number: u64) -> String {
    format!("第 {number} 行：")
}

/// Where a bad request is, in an array.
#[must_use]
pub fn at_request(number: u64) -> String {
    format!("第 {number} 条：")
}

/// What is wrong with a request, and where it is.
#[must_use]
pub fn bad_request(place: &str, error: &RequestError) -> String {
    let answers = if error.answers.is_empty() { String::new() } else { format!("（{}）", error.answers.join("、")) };
    format!("{place}{}{answers}", error.message)
}

/// How many requests were bad.
#[must_use]
pub fn bad_requests(bad: u64, all: u64, named: &[String]) -> String {
    let mut text = format!("{all} 条请求中有 {bad} 条有误，输出里已在原位写明：");
    for line in named {
        let _ = write!(text, "\n  {line}");
    }
    if bad > named.len() as u64 {
        text.push_str("\n  ……");
    }
    text
}

/// A person sits at the keyboard and nothing was piped in.
pub const WAITING: &str = "正在等待标准输入里的请求（Ctrl-D 结束）；用法见 `cargo canbao eval --help`";

// ---- golden cases ----

/// What a case expects and what came.
#[must_use]
pub fn mismatch(path: &str, expected: &str, actual: &str) -> String {
    format!("{path}\n      应为 {expected}\n      实为 {actual}")
}

/// An element that must be there.
#[must_use]
pub fn to_contain(element: &Value) -> String {
    format!("含有 {element}")
}

/// An element that must not be there.
#[must_use]
pub fn to_lack(element: &Value) -> String {
    format!("没有 {element}")
}

/// How many elements a list has.
#[must_use]
pub fn elements(count: usize) -> String {
    format!("{count} 项")
}

/// None of the outcomes is the one expected.
#[must_use]
pub fn no_such_outcome(count: usize) -> String {
    format!("{count} 种结果中没有一种相符；最接近的一种：")
}

/// No error.
pub const NO_ERROR: &str = "没有错误";

/// An error that names these answers.
#[must_use]
pub fn naming(answers: &BTreeSet<String>) -> String {
    let answers: Vec<&str> = answers.iter().map(String::as_str).collect();
    format!("指出 {} 有误", answers.join("、"))
}

/// A case that failed.
#[must_use]
pub fn failed_case(path: &Path, case: &Case, mismatches: &[Mismatch], request: &Value) -> String {
    let mut text = format!("✗ {} · {}\n    {}\n", path.display(), case.name, case.why);
    for mismatch in mismatches {
        let _ = writeln!(text, "    {mismatch}");
    }
    let _ = writeln!(text, "    请求 {request}\n");
    text
}

/// Two cases of one name.
#[must_use]
pub fn case_twice(name: &str) -> String {
    format!("有两个用例都叫“{name}”；名字在一个文件里要唯一")
}

/// A key that no expectation has.
#[must_use]
pub fn unknown_expectation(case: &str, key: &str, known: &[&str]) -> String {
    format!("用例“{case}”：expect 里没有 `{key}`，只有 {}", known.join("、"))
}

/// An expectation inside a response of what no response has.
#[must_use]
pub fn no_such_key<'a>(known: impl Iterator<Item = &'a str>) -> String {
    format!("结果里没有这一项，只有 {}", known.collect::<Vec<_>>().join("、"))
}

/// A case needs one of the two.
#[must_use]
pub fn expect_or_error(case: &str) -> String {
    format!("用例“{case}”：expect 和 error 要有一个，也只能有一个")
}

/// No golden case was found, or none passed the filter.
pub const NOTHING_TO_RUN: &str = "没有可运行的用例";

/// The built-in notices have no files.
pub const NO_FOLDER: &str = "这里和上级文件夹都没有 policies/；请用 --policies 指明，或写出文件";

// ---- check ----

/// A notice in one phrase.
#[must_use]
pub fn id_and_place(id: &str, place: &str) -> String {
    format!("{id} {place}")
}

/// A notice without golden cases.
#[must_use]
pub fn no_cases(path: &Path, cases: &Path) -> String {
    format!("{}: error: 还没有核对用例，请依据通知原文写进 {}", path.display(), cases.display())
}

/// A command that shows a finding.
#[must_use]
pub fn ready_to_run(request: &Value, notice: Option<&Path>) -> String {
    let notice = notice.map_or_else(String::new, |path| format!(" --notice '{}'", path.display()));
    format!("echo '{request}' | cargo canbao eval{notice}")
}

/// The smallest request that shows a finding.
#[must_use]
pub fn smallest_request(command: &str) -> String {
    format!("最小的例子，可以直接运行：\n{command}")
}

/// A leaf is excused although a case reaches it.
#[must_use]
pub fn reached_after_all(path: &Path, leaf: &str) -> String {
    format!("{}: error: [[unreached]] 里的 `{leaf}` 已经有用例到达，请删去这一条", path.display())
}

/// A leaf is excused that does not exist.
#[must_use]
pub fn no_such_leaf(path: &Path, leaf: &str) -> String {
    format!("{}: error: [[unreached]] 里的 `{leaf}` 不存在（规则改过？），请删去或改正这一条", path.display())
}

/// Leaves that no case reaches.
#[must_use]
pub fn uncovered(path: &Path, count: usize, shown: &[(&str, Value)]) -> String {
    let mut text = format!("{}: error: 有 {count} 种情形没有用例到达\n", path.display());
    for (leaf, request) in shown {
        let _ = writeln!(text, "  {leaf}\n    {request}");
    }
    if count > shown.len() {
        let _ = writeln!(text, "  ……还有 {} 种，用 --all 全部列出", count - shown.len());
    }
    text.push_str("help: 依据通知原文补一个用例，或在 [[unreached]] 里写明不写用例的理由");
    text
}

/// The heads of the table that `check` prints.
pub const CHECK_HEADS: [&str; 7] = ["通知", "规则", "证明天数", "情形", "用例", "未到达", "用时"];

/// How many golden cases there are, where that is known.
#[must_use]
pub fn cases(count: Option<usize>) -> String {
    match count {
        Some(0) => "没有".to_owned(),
        Some(count) => count.to_string(),
        None => "—".to_owned(),
    }
}

/// How many leaves are not reached, and how many of them are excused.
#[must_use]
pub fn unreached(uncovered: Option<usize>, excused: usize) -> String {
    match uncovered {
        None => "—".to_owned(),
        Some(uncovered) if excused == 0 => uncovered.to_string(),
        Some(uncovered) => format!("{uncovered}（已说明 {excused}）"),
    }
}

/// A length of time.
#[must_use]
pub fn seconds(time: std::time::Duration) -> String {
    format!("{}.{:02} 秒", time.as_secs(), time.subsec_millis() / 10)
}

/// A place of a skeleton that is not filled in yet.
#[must_use]
pub fn not_filled(path: &Path, line: usize, column: usize, what: &str) -> String {
    format!("{}:{line}:{column}: error: 这里还没有填：{what}", path.display())
}

// ---- render and new ----

/// No notice of that name.
#[must_use]
pub fn no_notice(name: &str) -> String {
    format!("没有叫 `{name}` 的通知或文件；`canbao list` 列出全部编号")
}

/// All kinds of material go into a folder.
pub const OUT_NEEDED: &str = "做全部材料要用 --out 指明文件夹；只要一种请用 --kind，可以写到标准输出";

/// The day is none.
pub const BAD_DAY: &str = "日期要写成日历上有的一天，如 2026-01-05";

/// No calendar can be made.
pub const NO_CALENDAR: &str = "没有做日历：这一天之后，通知没有写明哪些天可以交";

/// What to know about the material.
#[must_use]
pub fn remark(remark: &str) -> String {
    format!("注意：{remark}")
}

/// The code is none.
pub const BAD_CODE: &str = "代码是六位数字，不知道的位写 x，如 141123、43xxxx";

/// The pinyin is none.
pub const BAD_PINYIN: &str = "拼音用小写字母，音节之间用 -，如 xing-xian";

/// A new place needs its pinyin.
pub const PINYIN_NEEDED: &str = "这个地方还没有通知，请用 --pinyin 写明地名拼音，如 --pinyin xing-xian";

/// A file that is there already.
#[must_use]
pub fn exists(path: &Path) -> String {
    format!("{}：已经有了，没有改动", path.display())
}

/// Files that were written, and what to do next.
#[must_use]
pub fn started(notice: &Path, cases: &Path) -> String {
    format!(
        "已生成：\n  {}\n  {}\n先依据通知原文写用例，再填通知，填好后运行 `cargo canbao check {}`。\n写法见 docs/AUTHORING.md。",
        notice.display(),
        cases.display(),
        notice.display()
    )
}

// ---- list ----

/// A file that cannot be listed.
#[must_use]
pub fn left_out(path: &Path) -> String {
    format!("{}：文件有错，没有列出；用 `cargo canbao check` 查看", path.display())
}

/// The heads of the table that `list` prints.
pub const LIST_HEADS: [&str; 5] = ["编号", "地区", "年度", "发文日期", "标题"];

// ---- progress ----

/// The progress bar, with or without a known end.
#[must_use]
pub const fn progress_template(sized: bool) -> &'static str {
    if sized { "{bar:30} {percent}% {msg}，剩余 {eta}" } else { "{spinner} {msg}" }
}

/// How far a roster is.
#[must_use]
pub fn progress(lines: u64, rate: u128) -> String {
    format!("已测算 {lines} 人，每秒 {rate} 人")
}

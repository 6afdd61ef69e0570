//! Every sentence that a policy author reads about a notice file, in plain Chinese.
//!
//! Authors are policy staff, no programmers: a sentence says what is wrong in the words of the file, with keys and values
//! in backticks, and the hint says what to write instead.

use super::near;
use super::shape::Wanted;
use chrono::{Datelike, NaiveDate};
use toml::de::DeValue;

/// What is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Say {
    pub(crate) what: String,
    pub(crate) hint: String,
}

fn say(what: impl Into<String>, hint: impl Into<String>) -> Say {
    Say { what: what.into(), hint: hint.into() }
}

/// `a`、`b`、`c`
fn list<T: AsRef<str>>(words: impl IntoIterator<Item = T>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{}`", word.as_ref())).collect();
    words.join("、")
}

fn sorted<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let mut words: Vec<&str> = words.into_iter().collect();
    words.sort_unstable();
    list(words)
}

/// What a table of this kind is called in the file.
fn table(kind: &str) -> String {
    match kind {
        "Notice" => "文件最外层".to_owned(),
        "Identity" => "`[notice]`".to_owned(),
        "Place" => "`[notice.place]`".to_owned(),
        "Condition" => "条件".to_owned(),
        "Window" => "`windows` 的一项".to_owned(),
        "Dates" => "日期范围".to_owned(),
        "Range" => "数目范围".to_owned(),
        "GroupEntry" => "`[[group]]`".to_owned(),
        "ReadingOption" => "`options` 的一项".to_owned(),
        "QuestionChoice" => "`choice` 的一项".to_owned(),
        "Audience" => "`audiences` 的一项".to_owned(),
        "Growth" => "`grows`".to_owned(),
        "Rounding" => "`round`".to_owned(),
        "Clause" | "Period" | "Reading" | "Question" | "Way" | "Fee" | "Assist" | "Benefit" | "Wait" | "Extra"
        | "Register" | "Note" | "Channel" | "Paper" | "Info" | "Contact" | "Silence" => {
            format!("`[[{}]]`", kind.to_lowercase())
        }
        other => format!("`{}`", other.to_lowercase()),
    }
}

/// The word for a kind of rule in the file: `way` for `Way`.
fn rule(kind: &str) -> String {
    kind.to_lowercase()
}

// ── TOML itself ──────────────────────────────────────────────────────────────────────────────────────────────────────

/// The parser's own message, in Chinese as far as it is a mistake that authors make.
pub(crate) fn toml(message: &str, found: &str, line: &str) -> Say {
    // Outside of texts, signs are half-width.
    let outside = line.split('"').step_by(2).flat_map(str::chars);
    let mut full_width: Vec<String> =
        outside.filter(|c| "“”‘’＝，：［］｛｝＂＃".contains(*c)).map(String::from).collect();
    full_width.dedup();
    if message.starts_with("duplicate key") {
        return say(format!("`{found}` 在这里写了两次"), "删掉一个；同一张表里一个键只能写一次。");
    }
    if !full_width.is_empty() {
        return say(
            "这一行不是合法的 TOML",
            format!(
                "这一行有全角符号 {}；引号、等号、逗号、括号都要用半角的，如 `id = \"newborn\"`。",
                list(full_width)
            ),
        );
    }
    let (what, hint) = match message {
        m if m.contains("must be quoted") => ("文字没有加引号", "文字要放在半角双引号里，如 `name = \"兴县\"`。"),
        m if m.contains("basic string") || m.contains("literal string") => {
            ("引号没有成对", "一段文字要在同一行里以 `\"` 开始、以 `\"` 结束；文字里面的引号改用“”。")
        }
        m if m.contains("unclosed array table") || m.contains("unclosed table") => {
            ("表头的方括号没有成对", "表头写成 `[notice]` 或 `[[way]]`，单独占一行。")
        }
        m if m.contains("unclosed array") => ("列表没有结束", "在列表末尾补上 `]`。"),
        m if m.contains("unclosed inline table") => ("花括号没有成对", "在末尾补上 `}`。"),
        m if m.contains("missing comma") => ("两项之间缺少逗号", "在两项之间加一个半角逗号 `,`。"),
        m if m.contains("extra comma") => ("多了一个逗号", "删掉多余的逗号。"),
        m if m.contains("key with no value") || m.contains("missing value") => {
            ("键后面没有值", "写成 `键 = 值`，如 `year = 2026`。")
        }
        m if m.contains("missing assignment") => ("键和值之间缺少等号", "写成 `键 = 值`，如 `year = 2026`。"),
        m if m.contains("extra") && m.contains('=') => ("多了一个等号", "一行只写一个 `键 = 值`。"),
        m if m.contains("unquoted key") => {
            ("键里有不能用的字符", "键只用小写字母、数字和下划线；自己起的键如含汉字要加引号。")
        }
        m if m.contains("leading zero") => ("数不能以 0 开头", "日期和金额要加引号，如 `\"2026-02-05\"`、`\"400\"`。"),
        m if m.contains("recurs") => ("嵌套太深", "把条件拆开，少套几层。"),
        _ => ("这里不是合法的 TOML", "每行写一个 `键 = 值`，文字加半角双引号；说明以 `#` 开头。"),
    };
    say(what, hint)
}

// ── Shape ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// A key that the format does not have.
pub(crate) fn unknown_key<'k>(
    key: &str,
    kind: &str,
    near: Option<&str>,
    known: impl IntoIterator<Item = &'k str>,
) -> Say {
    let what = format!("{}没有 `{key}` 这个键", table_or_field(kind));
    match near {
        Some(near) => say(what, format!("是不是 `{near}`？")),
        None => say(what, format!("可以写的键：{}。", sorted(known))),
    }
}

fn table_or_field(kind: &str) -> String {
    let name = table(kind);
    if name.ends_with('`') { format!("{name} ") } else { name }
}

/// A key that belongs to a table around this one.
pub(crate) fn misplaced_key(key: &str, kind: &str, home: &str, is_table: bool) -> Say {
    let hint = match (home, is_table) {
        ("Notice", true) => format!("`{key}` 是单独的表，表头写成 `[[{key}]]`。"),
        ("Notice", false) => format!("`{key}` 是文件最外层的键，要移到第一个方括号表头之前。"),
        _ => format!("`{key}` 属于 {}，要移到它自己的表头后面、下一级表头之前。", table(home)),
    };
    say(format!("{}没有 `{key}` 这个键", table_or_field(kind)), hint)
}

/// A required key that is not there.
pub(crate) fn missing_key(key: &str, kind: &str, is_list: bool) -> Say {
    let example = match (key, is_list) {
        ("notice", _) => "在文件开头加一张 `[notice]` 表。".to_owned(),
        ("place", _) => "加一张 `[notice.place]` 表。".to_owned(),
        ("year", _) => "加一行，如 `year = 2026`。".to_owned(),
        (_, true) => format!("加一行 `{key} = […]`。"),
        (_, false) => format!("加一行 `{key} = …`。"),
    };
    say(format!("{}缺少 `{key}`", table_or_field(kind)), example)
}

fn wanted_name(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::Text => "一段带引号的文字",
        Wanted::Amount => "一个带引号的金额",
        Wanted::Date => "一个带引号的日期",
        Wanted::Length => "一段带引号的时长",
        Wanted::Number => "一个整数",
        Wanted::YesNo => "`true` 或 `false`",
        Wanted::List => "一个列表",
        Wanted::Tables => "一组表",
        Wanted::Table => "一张表",
    }
}

fn found_name(found: &DeValue<'_>) -> &'static str {
    match found {
        DeValue::String(_) => "一段文字",
        DeValue::Integer(_) => "一个整数",
        DeValue::Float(_) => "一个小数",
        DeValue::Boolean(_) => "`true`/`false`",
        DeValue::Datetime(_) => "一个没有引号的日期",
        DeValue::Array(items) if items.iter().any(|item| item.get_ref().is_table()) => "一组表",
        DeValue::Array(_) => "一个列表",
        DeValue::Table(_) => "一张表",
    }
}

/// The value as it would be written in quotes.
fn plain(found: &DeValue<'_>) -> Option<String> {
    match found {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Boolean(value) => Some(value.to_string()),
        DeValue::Datetime(day) => Some(day.to_string()),
        DeValue::Array(_) | DeValue::Table(_) => None,
    }
}

/// A value of another type than the key has.
pub(crate) fn wrong_type(owner: &str, field: &str, wanted: Wanted, found: &DeValue<'_>) -> Say {
    let what = format!("`{field}` 要写{}，这里是{}", wanted_name(wanted), found_name(found));
    let hint = match (wanted, plain(found)) {
        (Wanted::Text | Wanted::Amount | Wanted::Date | Wanted::Length, Some(text)) => {
            format!("加上引号：`\"{text}\"`。")
        }
        (Wanted::Number, Some(text)) if text.parse::<u32>().is_ok() => {
            format!("去掉引号：`{text}`。")
        }
        (Wanted::YesNo, Some(text)) if text == "true" || text == "false" => {
            format!("去掉引号：`{text}`。")
        }
        (Wanted::Text, None) => format!("写成 `{field} = \"…\"`。"),
        (Wanted::Amount, None) => format!("写成 `{field} = \"400\"`，单位是元。"),
        (Wanted::Date, None) => format!("写成 `{field} = \"2026-02-25\"`。"),
        (Wanted::Length, None) => {
            format!("写成 `{field} = \"3 months\"` 或 `{field} = \"90 days\"`。")
        }
        (Wanted::Number, _) => format!("写成不带引号的整数，如 `{field} = 3`。"),
        (Wanted::YesNo, _) => format!("写成 `{field} = true` 或 `{field} = false`，不加引号。"),
        (Wanted::List, Some(text)) => format!("加上方括号：`{field} = [\"{text}\"]`。"),
        (Wanted::List, None) => format!("写成 `{field} = [\"…\"]`。"),
        (Wanted::Tables, _) if owner == "Notice" => {
            format!("每一项一张表，表头用双方括号：`[[{field}]]`。")
        }
        (Wanted::Tables, _) => format!("写成列表：`{field} = [{{ … }}]`。"),
        (Wanted::Table, _) => match field {
            "notice" | "place" => "表头用单方括号：`[notice]`、`[notice.place]`。".to_owned(),
            _ => format!("写成 `{field} = {{ … }}`。"),
        },
    };
    say(what, hint)
}

/// A whole number outside what the key takes.
pub(crate) fn number_out_of_range(field: &str, least: i64, most: i64) -> Say {
    say(format!("`{field}` 的数太大或太小"), format!("写一个 {least} 到 {most} 之间的整数。"))
}

/// A word that is none of those the key takes.
pub(crate) fn unknown_value<'k>(
    field: &str,
    word: &str,
    near: Option<&str>,
    words: &[&str],
    tables: impl IntoIterator<Item = &'k str>,
) -> Say {
    let what = format!("`{field}` 没有 `{word}` 这个值");
    match near {
        Some(near) => say(what, format!("是不是 `{near}`？")),
        None => say(what, choices(field, words, tables)),
    }
}

fn choices<'k>(field: &str, words: &[&str], tables: impl IntoIterator<Item = &'k str>) -> String {
    let tables: Vec<String> = tables.into_iter().map(|key| format!("{{ {key} = … }}")).collect();
    let all = words.iter().map(|word| format!("\"{word}\"")).chain(tables);
    format!("`{field}` 可以写：{}。", list(all))
}

/// A value that is no word and no table where one of some is wanted.
pub(crate) fn wrong_choice<'k>(
    field: &str,
    found: &DeValue<'_>,
    words: &[&str],
    tables: impl IntoIterator<Item = &'k str>,
) -> Say {
    say(format!("`{field}` 不能写{}", found_name(found)), choices(field, words, tables))
}

/// A word where the key takes a table of that name.
pub(crate) fn needs_table(field: &str, key: &str) -> Say {
    let example = match key {
        "amount" | "pays" => format!("{{ {key} = \"200\" }}"),
        "percent" => "{ percent = { rate = \"50\" } }".to_owned(),
        "number" => "{ number = 5 }".to_owned(),
        _ => format!("{{ {key} = […] }}"),
    };
    say(format!("`{key}` 后面还要有内容"), format!("写成 `{field} = {example}`。"))
}

/// A table where the key takes a bare word.
pub(crate) fn needs_word(field: &str, word: &str) -> Say {
    say(format!("`{word}` 后面没有内容"), format!("写成 `{field} = \"{word}\"`。"))
}

/// None or several where exactly one is wanted.
pub(crate) fn exactly_one<'k>(field: &str, keys: impl IntoIterator<Item = &'k str>) -> Say {
    say(format!("`{field}` 里面要写一个键，而且只写一个"), format!("从 {} 里选一个。", sorted(keys)))
}

/// A text with nothing in it.
pub(crate) fn empty_text() -> Say {
    say("这里是空的", "写上内容；没有内容就把整个键删掉。")
}

/// Something that only the deserializer found.
pub(crate) fn unreadable(message: &str) -> Say {
    say(format!("这里读不懂（{message}）"), "对照 docs/AUTHORING.md 检查这一处。")
}

// ── Amounts, dates, lengths ──────────────────────────────────────────────────────────────────────────────────────────

/// A text that is no amount.
pub(crate) fn no_amount(text: &str) -> Say {
    let digits: String = text
        .chars()
        .filter_map(|c| match c {
            '０'..='９' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32),
            '0'..='9' | '.' => Some(c),
            _ => None,
        })
        .collect();
    let digits = digits.trim_start_matches('0');
    let hint = if digits.is_empty() || digits.starts_with('.') || digits.matches('.').count() > 1 {
        "写成以元为单位的数，如 `\"400\"`、`\"87.5\"`。".to_owned()
    } else {
        format!("只写数字，单位就是元，如 `\"{digits}\"`。")
    };
    say(format!("`{text}` 不是金额"), hint)
}

/// An amount below zero.
pub(crate) fn negative_amount(text: &str) -> Say {
    say(format!("金额 `{text}` 是负数"), "金额不能小于 0；减免写在 `[[assist]]` 或 `waived` 里。")
}

/// An amount with more than two places.
pub(crate) fn finer_than_fen(text: &str) -> Say {
    say(format!("金额 `{text}` 比分还细"), "最多写两位小数（到分）；需要取整就用 `round`。")
}

/// A text that is no length of time.
pub(crate) fn no_length(text: &str) -> Say {
    say(format!("`{text}` 不是一段时长"), "写成 `\"90 days\"`（天）或 `\"3 months\"`（个月）。")
}

/// A text that is no date, with the nearest that is.
pub(crate) fn no_date(text: &str) -> Say {
    let numbers: Vec<u32> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .filter_map(|n| n.parse().ok())
        .collect();
    let words: Vec<&str> = text
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-' && c != '.')
        .filter(|word| word.chars().any(|c| c.is_ascii_alphabetic()))
        .collect();
    if words.is_empty()
        && let [year, month, day] = *numbers.as_slice()
    {
        let in_reach = (1900..=2200).contains(&year);
        let year_number = i32::try_from(year).unwrap_or(0);
        if in_reach && NaiveDate::from_ymd_opt(year_number, month, day).is_some() {
            return say(
                format!("`{text}` 不是日期的写法"),
                format!("写成四位年、两位月、两位日：`\"{year:04}-{month:02}-{day:02}\"`。"),
            );
        }
        let length = NaiveDate::from_ymd_opt(year_number, month, 1).map(|first| first.num_days_in_month());
        let hint = match length {
            Some(length) if in_reach => format!("{year}年{month}月只有 {length} 天。"),
            _ => "月份是 01 到 12，写成 `\"2026-02-25\"` 这样。".to_owned(),
        };
        return say(format!("日历上没有 `{text}` 这一天"), hint);
    }
    const WORDS: [&str; 14] = [
        "birth_date",
        "left_on",
        "recognised_on",
        "payment",
        "year_start",
        "year_end",
        "of",
        "after",
        "later",
        "earlier",
        "days",
        "months",
        "day",
        "month",
    ];
    let slip = words.iter().find_map(|word| {
        let known = WORDS.contains(word) || word.contains('.') || word.chars().any(|c| c.is_ascii_digit());
        if known { None } else { near::word(word, WORDS).map(|near| (*word, near)) }
    });
    let hint = match slip {
        Some((word, near)) => format!("`{word}` 是不是 `{near}`？"),
        None => "可以写固定日期 `2026-02-25`，事件 `birth_date`、`left_on`、`recognised_on`、`payment`，\n\
                 时段 `central.start`、`central.end`，年度 `year_start`、`year_end`，\n\
                 或 `90 days of left_on`、`left_on + 1 day`、`month after payment`、`later(A, B)`、`earlier(A, B)`。"
            .to_owned(),
    };
    say(format!("`{text}` 不是日期"), hint)
}

// ── Names ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// What a name in the file stands for.
pub(crate) fn noun(kind: &str) -> &'static str {
    match kind {
        "Clause" => "条款",
        "Period" => "时段",
        "Reading" => "待释疑条款",
        "ReadingOption" => "读法",
        "Question" => "本通知自己的问题",
        "QuestionChoice" => "选项",
        "GroupEntry" => "人群",
        "Channel" => "缴费渠道",
        "Way" => "办理路径",
        _ => "规则",
    }
}

/// Where names of this kind are given.
fn given_in(kind: &str) -> String {
    match kind {
        "ReadingOption" => "`options`".to_owned(),
        "QuestionChoice" => "`choice`".to_owned(),
        _ => table(kind),
    }
}

/// A name that nothing in the file has.
pub(crate) fn unknown_name<'k>(
    kind: &str,
    name: &str,
    near: Option<&str>,
    known: impl IntoIterator<Item = &'k str>,
) -> Say {
    let what = format!("没有{} `{name}`", noun(kind));
    let known = list(known);
    match near {
        Some(near) => say(what, format!("是不是 `{near}`？")),
        None if known.is_empty() => say(what, format!("先用 {} 写出来。", given_in(kind))),
        None => say(what, format!("{} 里有：{known}。", given_in(kind))),
    }
}

/// The same name twice.
pub(crate) fn duplicate(kind: &str, name: &str) -> Say {
    let hint = match kind {
        "Clause" => "同一条款只写一次，把两处的说明合并。",
        "GroupEntry" | "Channel" => "同一个只写一张表，把两处合并。",
        _ => "给其中一个换个名字；规则的 `id` 在整个文件里都不能重复。",
    };
    say(format!("{} `{name}` 写了两次", noun(kind)), hint)
}

/// Beside the first of two.
pub(crate) fn first_here() -> String {
    "第一次在这里".to_owned()
}

/// A name with characters that names don't have.
pub(crate) fn bad_name(name: &str) -> Say {
    say(
        format!("`{name}` 不能用作名字"),
        "名字只用小写英文字母、数字、下划线和短横，如 `newborn_2026`；汉字写在 `label`、`name` 或 `notes` 里。",
    )
}

/// A name that the engine or the contract has already.
pub(crate) fn reserved_name(name: &str) -> Say {
    say(format!("`{name}` 是系统自己的名字"), "换一个名字。")
}

/// Something that nothing in the file uses.
pub(crate) fn unused(kind: &str, name: &str) -> Say {
    let hint = match kind {
        "Clause" => "在依据它的规则、渠道、材料或说明的 `clauses` 里写上它；与居民无关就删掉这一条。",
        "Period" => "在办理路径的 `windows` 里用 `period` 引用它，或在日期里写 `名字.end`；不需要就删掉。",
        "Reading" => "在受影响的规则的 `when` 里写 `reading = { 名字 = [\"读法\"] }`；不影响结果就删掉。",
        _ => "在条件里用到它，或者删掉。",
    };
    say(format!("{} `{name}` 没有被用到", noun(kind)), hint)
}

/// A number where the question has choices, or the other way round.
pub(crate) fn question_kind(name: &str, key: &str) -> Say {
    let hint = match key {
        "choice" => "数目问题用 `number = { 问题 = { at_least = … } }`。",
        _ => "选择题和是非题用 `choice = { 问题 = [\"…\"] }`。",
    };
    say(format!("问题 `{name}` 不能用在 `{key}` 里"), hint)
}

/// An override of a rule that is of another kind.
pub(crate) fn overrides_other_kind(name: &str, is: &str, here: &str) -> Say {
    say(
        format!("`{name}` 是 `{}` 规则，不能被 `{}` 规则排除", rule(is), rule(here)),
        format!("`over` 只写同类的规则，即别的 `{}`。", rule(here)),
    )
}

/// An override of a rule that there is not.
pub(crate) fn overrides_nothing<'k>(
    name: &str,
    kind: &str,
    near: Option<&str>,
    known: impl IntoIterator<Item = &'k str>,
) -> Say {
    let what = format!("`over` 要排除的 `{}` 规则 `{name}` 不存在", rule(kind));
    let known = list(known);
    match near {
        Some(near) => say(what, format!("是不是 `{near}`？")),
        None if known.is_empty() => say(what, "没有别的同类规则，把 `over` 删掉。"),
        None => say(what, format!("同类的规则有：{known}；排除其他全部写 `[\"*\"]`。")),
    }
}

/// A rule that overrides itself.
pub(crate) fn overrides_itself(name: &str) -> Say {
    say(format!("规则 `{name}` 排除了它自己"), "从 `over` 里删掉它。")
}

/// `*` in the only rule of its kind.
pub(crate) fn overrides_no_other() -> Say {
    say("`over` 写了 `*`，但没有别的同类规则", "把 `over` 删掉。")
}

/// Rules that override each other.
pub(crate) fn override_cycle(names: &[&str]) -> Say {
    let circle: Vec<String> = names.iter().chain(names.first()).map(|name| format!("`{name}`")).collect();
    say(
        format!("规则互相排除：{}", circle.join(" → ")),
        "例外排除一般，一般不能再排除例外：删掉其中一个 `over`，或写明 `when` 使它们不会同时适用。",
    )
}

// ── Conditions ───────────────────────────────────────────────────────────────────────────────────────────────────────

/// An empty list in a condition.
pub(crate) fn empty_list(field: &str) -> Say {
    let hint = match field {
        "groups" | "all_groups" => {
            "空列表等于没有写这个条件。要表示“不属于某些人群”，写 `not = { groups = [\"…\"] }`；否则删掉。"
        }
        _ => "空列表等于没有写这个条件：写上值，或者删掉。",
    };
    say(format!("条件里的 `{field}` 是空的"), hint)
}

/// An empty condition within another.
pub(crate) fn empty_condition(field: &str) -> Say {
    let what = match field {
        "not" => "`not` 里面是空的：空条件总是成立，`not` 就永远不成立".to_owned(),
        _ => format!("`{field}` 里有一个空条件，它总是成立"),
    };
    say(what, "写上条件，或者删掉。")
}

/// The same value twice in one list.
pub(crate) fn twice(word: &str) -> Say {
    say(format!("`{word}` 在同一个列表里写了两次"), "删掉一个。")
}

/// Way or route in a condition of a way.
pub(crate) fn way_in_way(field: &str) -> Say {
    say(
        format!("办理路径的条件里不能用 `{field}`"),
        "路径是由这些条件决定的，不能反过来依赖路径：改用回答、日期或待释疑作条件。",
    )
}

/// A range with neither side.
pub(crate) fn open_both_sides(field: &str, keys: [&str; 2]) -> Say {
    say(format!("`{field}` 两头都没有写，等于没有条件"), format!("至少写 {} 中的一个，或者删掉。", list(keys)))
}

/// A range with its sides the wrong way round.
pub(crate) fn inverted_range(field: &str) -> Say {
    say(format!("`{field}` 的下限高于上限，永远不成立"), "把两个数对调，或改正其中一个。")
}

/// A number that this answer never is.
pub(crate) fn never_so_many(field: &str, most: u32) -> Say {
    say(format!("`{field}` 写的数永远达不到"), format!("最多是 {most}。"))
}

/// Zero missed years.
pub(crate) fn never_zero(field: &str) -> Say {
    say(format!("`{field}` 至少是 1，这个条件永远不成立"), "没有断保用 `last_year` 判断，不要写 0 年。")
}

/// At least none.
pub(crate) fn always(field: &str) -> Say {
    say(format!("`{field}` 写了 `at_least = 0`，总是成立"), "写 1 或以上，或者删掉。")
}

/// Under no age.
pub(crate) fn inverted_age() -> Say {
    say("`age` 的 `under` 不大于 `at_least`，永远不成立", "`at_least` 是“满几周岁”，`under` 是“不满几周岁”，后者要大。")
}

/// A comparison of two things that happened to the person.
pub(crate) fn two_events(field: &str, event: &str) -> Say {
    let hint = match event {
        "payment" => format!("反过来写：`payment = {{ … }}`，如 `payment = {{ to = \"90 days of {field}\" }}`。"),
        _ => "本人的日期只能和固定日期、时段或年度比较；只有 `payment` 能和一个事件比较。".to_owned(),
    };
    say(format!("`{field}` 不能和 `{event}` 比较"), hint)
}

/// Two events in one bound.
pub(crate) fn several_events(first: &str, second: &str) -> Say {
    say(
        format!("一个日期里不能同时用 `{first}` 和 `{second}`"),
        "每个日期最多依赖一个事件；分成两个条件，用 `all` 连起来。",
    )
}

/// The payment day in its own condition or window.
pub(crate) fn payment_of_itself(field: &str) -> Say {
    say(format!("`{field}` 里不能用 `payment`"), "缴费日就是由这里决定的：改用固定日期、时段或别的事件。")
}

/// The reference day of an age.
pub(crate) fn age_on_event(event: &str) -> Say {
    say(format!("年龄不能按 `{event}` 那天算"), "写固定日期，如 `on = \"2026-01-01\"`，或 `on = \"payment\"`。")
}

// ── Dates ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// A first day after the last.
pub(crate) fn inverted_dates(from: NaiveDate, to: NaiveDate) -> Say {
    say(format!("开始日 {from} 在结束日 {to} 之后"), "把 `from` 和 `to` 对调，或改正其中一个。")
}

/// The careful first day of cover before the earliest.
pub(crate) fn inverted_safe(from: NaiveDate, safe: NaiveDate) -> Say {
    say(format!("`from_safe` {safe} 早于 `from` {from}"), "`from_safe` 是较晚的那种读法，不能更早。")
}

/// A period that is not fixed.
pub(crate) fn period_by_event(event: &str) -> Say {
    say(format!("时段里不能用 `{event}`"), "时段对所有人都一样；因人而异的期限写在办理路径的 `windows` 里。")
}

/// Periods that rest on each other.
pub(crate) fn period_cycle(id: &str) -> Say {
    say(format!("时段 `{id}` 的日期绕了一圈又依赖它自己"), "把其中一个日期写成固定日期。")
}

/// A period far from the coverage year.
pub(crate) fn year_mismatch(day: NaiveDate, year: i32) -> Say {
    say(
        format!("{day} 与参保年度 {year} 对不上"),
        format!("缴费时段通常在 {} 年或 {year} 年；如果确实如此可以不管。", year - 1),
    )
}

/// Issued far from the coverage year.
pub(crate) fn issue_mismatch(day: NaiveDate, year: i32) -> Say {
    say(format!("印发日期 {day} 与参保年度 {year} 对不上"), "检查 `issued` 和 `year`；如果确实如此可以不管。")
}

/// A coverage year that is none.
pub(crate) fn no_year() -> Say {
    say("`year` 不像是参保年度", "写四位的年份，如 `year = 2026`。")
}

/// A code that is none of GB/T 2260.
pub(crate) fn no_code(code: &str) -> Say {
    say(format!("`{code}` 不是行政区划代码"), "写六位 GB/T 2260 代码，如 `141123`；不知道的位写 `x`，如 `43xxxx`。")
}

/// Days of the month that are none.
pub(crate) fn bad_days() -> Say {
    say("每月缴费日要在 1 到 31 之间", "如每月 1 日至 25 日：`days = { first = 1, last = 25 }`。")
}

/// Days of the month the wrong way round.
pub(crate) fn inverted_days() -> Say {
    say("每月缴费日的 `first` 大于 `last`", "`first` 是每月第一个可缴费日，`last` 是最后一个，对调过来。")
}

// ── Money ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Assistance of more than there is to pay.
pub(crate) fn assistance_above_fee(gives: &str, fee: &str, rest: &str) -> Say {
    say(
        format!("资助 {gives} 元高于缴费 {rest} 元（`fee` 规则 `{fee}`）"),
        "改正金额；全额资助写 `gives = \"all\"`。`amount` 是资助多少，`pays` 是个人缴多少。",
    )
}

/// The person's part of more than there is to pay.
pub(crate) fn pays_above_fee(pays: &str, fee: &str, rest: &str) -> Say {
    say(
        format!("个人缴 {pays} 元高于缴费 {rest} 元（`fee` 规则 `{fee}`）"),
        "改正金额。`pays` 是个人缴多少，`amount` 是资助多少。",
    )
}

/// The same, where it is only so with some of the fees.
pub(crate) fn perhaps(say: Say) -> Say {
    let hint = format!("{}\n如果这条资助和这个缴费标准不会同时适用，在 `when` 里写明（如 `route`）。", say.hint);
    Say { what: say.what, hint }
}

/// Beside the fee in question.
pub(crate) fn this_fee() -> String {
    "这个缴费标准".to_owned()
}

/// A share that is no whole number of fen.
pub(crate) fn not_exact(rate: &str, of: &str) -> Say {
    say(
        format!("{of} 元的 {rate}% 不是整分"),
        "按通知写明怎样取整，如四舍五入到元：`round = { to = \"1\", mode = \"half_up\" }`。",
    )
}

/// More than all of it.
pub(crate) fn rate_above_100() -> Say {
    say("比例高于 100%", "`rate` 是百分数：百分之五十写 `\"50\"`。")
}

/// A unit of rounding of nothing.
pub(crate) fn round_to_zero() -> Say {
    say("取整的单位不能是 0", "取整到元写 `to = \"1\"`，到角写 `to = \"0.1\"`。")
}

/// More waived than there is.
pub(crate) fn waived_above_fee() -> Say {
    say("`waived` 高于这条规则的缴费金额", "改正金额；全部免缴写 `waived = \"all\"`。")
}

/// Something that rests on a standard fee that is not given.
pub(crate) fn needs_standard(field: &str) -> Say {
    say(
        format!("写了 `{field}` 但没有写 `standard`"),
        "加上个人缴费标准，如 `standard = \"400\"`；通知没有给出金额就把这个键删掉。",
    )
}

// ── Rules ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// A window with both its own dates and a period's.
pub(crate) fn period_or_dates() -> Say {
    say("这个时间窗既引用时段又自己写日期", "`period` 已经带来 `from`、`to`、`days`；两种写法只留一种。")
}

/// A window without anything.
pub(crate) fn empty_window() -> Say {
    say("这个时间窗什么时间也没有写", "写 `period = \"…\"`，或 `from`、`to`；任何时候都能办理就不要写 `windows`。")
}

/// `before` where there is no before.
pub(crate) fn nothing_before() -> Say {
    say("写了 `before` 但没有开始日", "`before` 说的是开始日之前：加上 `from` 或 `period`，或者删掉 `before`。")
}

/// Windows on a way that leads nowhere.
pub(crate) fn windows_not_covered() -> Say {
    say("`not_covered` 的路径不需要时间窗", "把 `windows` 删掉。")
}

/// A first layer before the first.
pub(crate) fn bad_layer() -> Say {
    say("`layer` 从 1 开始", "第一层写 1 或不写，第二层写 2。")
}

/// A wait of nothing.
pub(crate) fn no_wait() -> Say {
    say("等待期的长度是 0", "没有等待期就不要写 `length`：只有 `id`、`when`、`over` 的规则就是豁免。")
}

/// Growth or shortening of a wait that has no length.
pub(crate) fn needs_length(field: &str) -> Say {
    say(format!("写了 `{field}` 但没有写 `length`"), "加上等待期的基本长度，如 `length = \"3 months\"`。")
}

/// Days and months in one wait.
pub(crate) fn other_unit(field: &str) -> Say {
    say(format!("`{field}` 的单位和 `length` 不同"), "同一个等待期都用天（`days`）或都用月（`months`）。")
}

/// A cap below the length.
pub(crate) fn cap_below_length() -> Say {
    say("`cap` 短于 `length`", "`cap` 是等待期最长多久，不能短于基本长度。")
}

/// Shortening of a wait that never grows.
pub(crate) fn less_without_growth() -> Say {
    say(
        "写了 `less` 但没有写 `grows`",
        "补缴只能减去断保增加的部分，不会短于 `length`：加上 `grows`，或者删掉 `less`。",
    )
}

/// Growth without a condition on last year.
pub(crate) fn growth_for_all() -> Say {
    say(
        "按断保年数增加的等待期没有限定去年未参保的人",
        "在 `when` 里写 `last_year = [\"none\"]`，其他人另写一条不带 `grows` 的规则。",
    )
}

/// Working days the wrong way round.
pub(crate) fn inverted_working_days() -> Say {
    say("`working_days_min` 大于 `working_days_max`", "把两个数对调。")
}

/// The careful first day of cover without the first.
pub(crate) fn safe_without_from() -> Say {
    say("写了 `from_safe` 但没有写 `from`", "只有一种读法就只写 `from`；有两种才加 `from_safe`。")
}

/// A choice of one.
pub(crate) fn one_option(field: &str) -> Say {
    say(format!("`{field}` 至少要有两项"), "只有一项就没有什么可选：补上另一项，或者整个删掉。")
}

/// A number question for zero only.
pub(crate) fn number_of_none() -> Say {
    say("数目问题的上限是 0", "写最大可能的数，如 `kind = { number = 10 }`。")
}

/// Something on screen without a clause.
pub(crate) fn no_clause(kind: &str) -> Say {
    say(
        format!("{} 没有写依据的条款", table(kind)),
        "加上 `clauses = [\"…\"]`：居民看到的每个金额和日期都要能指回通知原文。",
    )
}

/// Assistance for a group that the notice does not list.
pub(crate) fn group_not_listed(group: &str) -> Say {
    say(
        format!("资助了人群 `{group}`，但没有它的 `[[group]]`"),
        "加一张 `[[group]]`，写明通知里的名称和由哪个部门的名单确认。",
    )
}

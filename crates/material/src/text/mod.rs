//! Every sentence of the material, in plain Chinese.
//!
//! They stand in one place so that they can be read and corrected together, by somebody who does not read Rust. A
//! sentence says what the engine returned and no more; where the notice is silent, it says so and names whom to ask.
//! One does 交, and what it is called is 缴费, as in the app.

pub(crate) mod spoken;

use chrono::{Datelike, NaiveDate};

// ---- days ----

/// `2026年2月25日`.
pub(crate) fn day(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// A day without the year or month of the day before it.
pub(crate) fn end(from: NaiveDate, to: NaiveDate) -> String {
    if from.year() != to.year() {
        day(to)
    } else if from.month() != to.month() {
        format!("{}月{}日", to.month(), to.day())
    } else {
        format!("{}日", to.day())
    }
}

/// `2026年2月25日（星期三）`.
pub(crate) fn day_of_week(date: NaiveDate) -> String {
    format!("{}（{}）", day(date), weekday(date))
}

/// `星期三`.
pub(crate) fn weekday(date: NaiveDate) -> String {
    const DAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
    let name = DAYS.get(date.weekday().num_days_from_monday() as usize).copied().unwrap_or_default();
    format!("星期{name}")
}

/// A stretch of days; an end that the notice does not give is left out.
pub(crate) fn stretch(from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
    match (from, to) {
        (Some(from), Some(to)) if from == to => day(from),
        (Some(from), Some(to)) => format!("{}至{}", day(from), end(from, to)),
        (Some(from), None) => format!("{}起", day(from)),
        (None, Some(to)) => until(to),
        (None, None) => NO_DAYS.to_owned(),
    }
}

pub(crate) fn until(to: NaiveDate) -> String {
    format!("到{}为止", day(to))
}

pub(crate) fn since(from: NaiveDate) -> String {
    format!("{}起", day(from))
}

pub(crate) fn to(day: &str) -> String {
    format!("至{day}")
}

pub(crate) fn monthly(first: u32, last: u32) -> String {
    format!("每月{first}日至{last}日")
}

/// Who was not in the resident plan last year cannot pay.
pub(crate) const CONTINUING: &str = "限上年参加居民医保的人";
pub(crate) const CAN_PAY: &str = "可以交";
pub(crate) const NOT_EVERY_DAY: &str = "中间有些日子不能交";
pub(crate) const NO_DAYS: &str = "缴费日期通知没有写";
pub(crate) const START_UNSTATED: &str = "从哪天开始，通知没有写";
pub(crate) const END_UNSTATED: &str = "到哪天为止，通知没有写";

pub(crate) fn end_unstated(office: &str) -> String {
    format!("{END_UNSTATED}，请问{office}")
}

// ---- amounts ----

pub(crate) fn yuan(amount: &str) -> String {
    format!("{amount}{YUAN}")
}

pub(crate) const YUAN: &str = "元";
pub(crate) const FREE: &str = "不用交";
pub(crate) const UNSTATED: &str = "通知没有写";
pub(crate) const NOT_COVERED: &str = "不在这里参保";
pub(crate) const OR: &str = "或";
/// Between possibilities that are sentences of their own.
pub(crate) const EITHER: &str = "；或";
pub(crate) const LIST: &str = "、";
pub(crate) const ALSO: &str = "；";
pub(crate) const AND: &str = "，";
pub(crate) const COLON: &str = "：";

/// Whether a price is said as an amount, so that "pays" goes before it.
pub(crate) fn is_amount(price: &str) -> bool {
    price.starts_with(|c: char| c.is_ascii_digit())
}

pub(crate) fn in_brackets(text: &str, inner: &str) -> String {
    format!("{text}（{inner}）")
}

/// What a name is without its last part in brackets.
pub(crate) fn stem(name: &str) -> &str {
    let inner = name.strip_suffix(['）', ')']);
    inner.and_then(|inner| inner.rfind(['（', '('])).map_or(name, |at| &name[..at])
}

/// In one group and in another. No brackets: a short name leaves out what stands in them.
pub(crate) fn both(group: &str, with: &str) -> String {
    format!("{with}中的{group}")
}

pub(crate) const EVERYBODY: &str = "各类人员";
pub(crate) const ORDINARY: &str = "普通居民";

pub(crate) fn wait(length: &str) -> String {
    format!("缴费后有{length}等待期")
}

/// Who pays now waits until the year is over.
pub(crate) const IN_VAIN: &str = "现在交当年用不上";

/// The same of who pays on a day that is to come, or later.
pub(crate) fn in_vain(from: NaiveDate) -> String {
    format!("{}起交的，当年用不上", day(from))
}

/// `P90D` as `90天`, `P3M` as `3个月`.
pub(crate) fn length(iso: &str) -> String {
    let inner = iso.strip_prefix('P').unwrap_or(iso);
    if let Some(days) = inner.strip_suffix('D') {
        format!("{days}天")
    } else if let Some(months) = inner.strip_suffix('M') {
        format!("{months}个月")
    } else {
        iso.to_owned()
    }
}

/// A premium beside the fee.
pub(crate) fn extra(label: &str, amounts: &str, required: Option<bool>) -> String {
    let required = match required {
        Some(true) => "必须交",
        Some(false) => "自愿",
        None => "是不是必须交，通知没有写",
    };
    format!("另外交{label}{amounts}（{required}）")
}

pub(crate) fn without_extra(names: &str) -> String {
    format!("{names}不交这一项")
}

// ---- what a price rests on ----

pub(crate) const BORN: &str = "出生";
pub(crate) const RECOGNISED: &str = "认定";
pub(crate) const BY_BIRTH: &str = "看出生日期";
pub(crate) const BY_RECOGNITION: &str = "看认定日期";
pub(crate) const BY_PERSON: &str = "看个人情况";
pub(crate) const BY_READING: &str = "通知有两种理解";

/// A range of days; `..` is an open end.
pub(crate) fn range(from: &str, to: &str, event: &str) -> String {
    match (from, to) {
        ("..", "..") => String::new(),
        ("..", to) => format!("{to}及以前{event}"),
        (from, "..") => format!("{from}及以后{event}"),
        (from, to) if from == to => format!("{from}{event}"),
        (from, to) => format!("{from}至{to}{event}"),
    }
}

pub(crate) fn number_range(from: &str, to: &str) -> String {
    match (from, to) {
        ("..", to) => format!("不超过{to}"),
        (from, "..") => format!("{from}或更多"),
        (from, to) if from == to => from.to_owned(),
        (from, to) => format!("{from}至{to}"),
    }
}

pub(crate) const YES: &str = "是";
pub(crate) const NO: &str = "不是";

/// A question without its mark.
pub(crate) fn asked(question: &str) -> &str {
    question.trim_end_matches(['?', '？'])
}

pub(crate) fn by_question(question: &str) -> String {
    format!("看{}", asked(question))
}

// ---- whom to ask ----

pub(crate) const LOCAL_OFFICE: &str = "当地医保部门";

pub(crate) fn late_unstated(office: &str) -> String {
    format!("能不能交、交多少，通知没有写，请问{office}")
}

pub(crate) fn amount_unstated(office: &str) -> String {
    format!("交多少，通知没写，请问{office}")
}

// ---- poster ----

pub(crate) const SUBJECT: &str = "城乡居民基本医疗保险";
pub(crate) const AMOUNT: &str = "普通居民每人交";
pub(crate) const AMOUNT_UNKNOWN: &str = "普通居民每人交多少";
pub(crate) const AMOUNT_AFTER: &str = "普通居民现在交多少";
pub(crate) const DAYS: &str = "缴费时间";
pub(crate) const GROUPS: &str = "各类人员交多少";
pub(crate) const LATER: &str = "其他时间";
pub(crate) const CHANNELS: &str = "缴费渠道";
pub(crate) const PHONES: &str = "咨询电话";
pub(crate) const OFFICES: &str = "咨询单位";
pub(crate) const SCAN: &str = "扫码看自己交多少";
pub(crate) const SCAN_SEVERAL: &str = "有几种身份的，也请扫码看";
pub(crate) const SAME: &str = "和普通居民一样";
pub(crate) const OTHERS_DIFFER: &str = "有些身份的人交的不一样，请扫码看自己的";
pub(crate) const NO_PHONE: &str = "（通知没有写电话）";
pub(crate) const FLAWED: &str = "所依据的通知文本有瑕疵，详情扫码看。";
/// Whom [`crate::amounts`] asks the engine for.
pub(crate) const WHO: &str = "这里都按本地户籍、没有其他保障、上年一直参加居民医保的人算，不含新生儿、大中专学生和刚离职、退役、释放等中途转入的人；“普通居民”是其中没有特殊身份的。其他人请扫码看。";
pub(crate) const LAST_WORD: &str = "最后以当地医保局、税务局的答复为准。";

pub(crate) fn title(year: i32) -> String {
    format!("{year}年度城乡居民医保缴费")
}

pub(crate) fn last_day(day: &str) -> String {
    format!("最后一天：{day}")
}

pub(crate) fn past(last: NaiveDate) -> String {
    format!("缴费期已经过了（{}）", until(last))
}

pub(crate) const OVER: &str = "缴费期已过";
pub(crate) const PAST: &str = "缴费期已经过了";

pub(crate) fn confirmed(offices: &str) -> String {
    format!("身份认定：{offices}")
}

pub(crate) fn cash(channels: &str) -> String {
    format!("可以用现金：{channels}")
}

pub(crate) fn source(issuer: Option<&str>, document: &str, issued: Option<NaiveDate>) -> String {
    let issued = issued.map_or_else(String::new, |day| format!("（{}印发）", self::day(day)));
    let issuer = issuer.map_or_else(String::new, |issuer| format!("{issuer} "));
    format!("依据：{issuer}{document}{issued}")
}

pub(crate) fn as_of(on: NaiveDate) -> String {
    format!("数据截至{}。", day(on))
}

// ---- message to a group ----

pub(crate) fn message_head(place: &str, year: i32) -> String {
    format!("【{place}{year}年居民医保】")
}

pub(crate) fn pays(prices: &str) -> String {
    if is_amount(prices) { format!("普通居民每人交{prices}") } else { format!("普通居民{prices}") }
}

pub(crate) fn all_pay(prices: &str) -> String {
    if is_amount(prices) { format!("{EVERYBODY}都交{prices}") } else { format!("{EVERYBODY}都{prices}") }
}

pub(crate) fn last_day_short(to: NaiveDate) -> String {
    format!("最后一天{}", day(to))
}

pub(crate) fn ordinary(said: &str) -> String {
    format!("普通居民{said}")
}

pub(crate) const OTHERS: &str = "有些身份的人交的不一样，点开看自己的";
pub(crate) const OTHERS_AND_DAYS: &str = "有些身份的人交的不一样，最后一天也不一样，点开看自己的";
pub(crate) const STOP: &str = "。";

pub(crate) fn channels_short(names: &str) -> String {
    format!("缴费：{names}")
}

pub(crate) fn contact_short(contacts: &str) -> String {
    format!("咨询：{contacts}")
}

pub(crate) fn link(address: &str) -> String {
    format!("看自己交多少：{address}")
}

pub(crate) fn as_of_short(on: NaiveDate, flawed: bool) -> String {
    format!("（数据截至{}{}）", day(on), if flawed { "，文本有瑕疵" } else { "" })
}
pub(crate) const FLAWED_SPOKEN: &str = "所依据的通知文本有瑕疵，以当地答复为准。";

pub(crate) const GAP_REASONS: &str = "金额看什么定";
pub(crate) const GAP_GROUPS: &str = "各类人员的金额";
pub(crate) const GAP_EXTRAS: &str = "另外要交的";
pub(crate) const GAP_CHANNELS: &str = "缴费渠道";
pub(crate) const GAP_CONTACTS: &str = "咨询单位";

/// What of the message did not fit, for staff.
pub(crate) fn message_gaps(most: usize, names: &str) -> String {
    format!("群消息连网址最多{most}字，没有放全的是：{names}。")
}

pub(crate) fn message_room(less: usize, names: &str) -> String {
    format!("网址再短{less}个字符，就放得下{names}。")
}

// ---- calendar ----

pub(crate) fn calendar_name(place: &str, year: i32) -> String {
    format!("{place}{year}年度居民医保缴费")
}

pub(crate) fn event(prices: &str) -> String {
    if is_amount(prices) {
        format!("居民医保可以缴费，普通居民{prices}")
    } else {
        format!("居民医保可以缴费，交多少{prices}")
    }
}

pub(crate) fn last_event(place: &str) -> String {
    format!("居民医保缴费最后一天（{place}）")
}

pub(crate) fn alarm(last: NaiveDate) -> String {
    format!("居民医保快到最后一天了：{}", day_of_week(last))
}

// ---- refusals ----

pub(crate) fn over(year: i32) -> String {
    format!("{year}年度已经结束，这份通知的金额和日期不能再宣传")
}

pub(crate) fn faulty(message: &str) -> String {
    format!("通知文件有错，请先运行 `cargo canbao check`：{message}")
}

pub(crate) const BAD_ADDRESS: &str =
    "网址要以 http:// 或 https:// 开头，只用英文字母、数字和网址里的符号，不留空格；中文要先转成 % 编码";

pub(crate) fn long_address(most: usize) -> String {
    format!("网址太长，最多 {most} 个字符，群消息里才放得下")
}

// ---- lines ----

/// After what a line ends best.
pub(crate) const PAUSES: [char; 2] = ['，', '；'];
/// What may not begin a line.
pub(crate) const CLOSING: &str = "，。、；：？！）》”’】〕…·,.;:?!)]}%";
/// What may not end a line.
pub(crate) const OPENING: &str = "（《“‘【〔([{";
/// What stays with the number before it.
pub(crate) const UNITS: &str = "年月日元天个周岁级号";
/// What a number after it stays with, as in a date.
pub(crate) const DATE: &str = "年月";

//! Numbers and days as a village loudspeaker says them: 四百元, 二月二十五日, 幺幺零.

use chrono::{Datelike, NaiveDate};

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

fn digit(digit: u32) -> char {
    DIGITS.get(digit as usize).copied().unwrap_or_default()
}

/// A whole number: 1100 is 一千一百, 1005 is 一千零五.
pub(crate) fn number(number: u32) -> String {
    let mut text = String::new();
    // Groups of four digits, the highest first.
    let groups = [(number / 100_000_000, "亿"), (number / 10_000 % 10_000, "万"), (number % 10_000, "")];
    let mut gap = false;
    for (group, name) in groups {
        if group == 0 {
            gap |= !text.is_empty();
            continue;
        }
        if gap || (!text.is_empty() && group < 1000) {
            text.push('零');
        }
        thousands(group, &mut text);
        text.push_str(name);
        gap = false;
    }
    if text.is_empty() { "零".to_owned() } else { text }
}

fn thousands(number: u32, text: &mut String) {
    let start = text.len();
    let mut gap = false;
    for (value, name) in [(number / 1000, "千"), (number / 100 % 10, "百"), (number / 10 % 10, "十"), (number % 10, "")]
    {
        if value == 0 {
            gap |= text.len() > start;
            continue;
        }
        if gap {
            text.push('零');
        }
        // 十五, not 一十五, where nothing stands before it.
        if !(name == "十" && value == 1 && text.is_empty()) {
            text.push(digit(value));
        }
        text.push_str(name);
        gap = false;
    }
}

/// Digits one by one: 2026 is 二零二六.
pub(crate) fn digits(text: &str) -> String {
    text.chars().map(|c| c.to_digit(10).map_or(c, digit)).collect()
}

/// A phone number: digits one by one, 1 said as 幺, and a pause where it is written apart.
pub(crate) fn phone(text: &str) -> String {
    let mut said = String::new();
    for c in text.chars() {
        match c.to_digit(10) {
            Some(1) => said.push('幺'),
            Some(value) => said.push(digit(value)),
            None if !said.is_empty() && !said.ends_with('，') => said.push('，'),
            None => {}
        }
    }
    said.trim_end_matches('，').to_owned()
}

/// An amount as it is written: 87.5 is 八十七元五角.
pub(crate) fn yuan(amount: &str) -> String {
    let (whole, part) = amount.split_once('.').unwrap_or((amount, ""));
    let mut text = format!("{}元", whole.parse().map_or_else(|_| digits(whole), number));
    let mut parts = part.chars().map(|c| c.to_digit(10).unwrap_or(0));
    let (jiao, fen) = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    if jiao > 0 {
        text.extend([digit(jiao), '角']);
    } else if fen > 0 {
        text.push('零');
    }
    if fen > 0 {
        text.extend([digit(fen), '分']);
    }
    text
}

/// A day with its year.
pub(crate) fn day(day: NaiveDate) -> String {
    format!("{}年{}", year(day.year()), month_day(day))
}

/// A year: 二零二六.
pub(crate) fn year(year: i32) -> String {
    digits(&year.to_string())
}

/// A day without its year.
pub(crate) fn month_day(day: NaiveDate) -> String {
    format!("{}月{}日", number(day.month()), number(day.day()))
}

/// A day, without the year of the day before it.
pub(crate) fn end(from: NaiveDate, to: NaiveDate) -> String {
    if from.year() == to.year() { month_day(to) } else { day(to) }
}

/// A text with its numbers in words, and its years digit by digit.
pub(crate) fn words(text: &str) -> String {
    let mut said = String::new();
    let mut run = String::new();
    for c in text.chars().chain([' ']) {
        if c.is_ascii_digit() {
            run.push(c);
            continue;
        }
        if !run.is_empty() {
            let is_year = c == '年' && run.len() == 4;
            said.push_str(
                &run.parse().map_or_else(|_| digits(&run), |value| if is_year { digits(&run) } else { number(value) }),
            );
            run.clear();
        }
        said.push(c);
    }
    said.pop();
    said
}

// ---- sentences of the announcement ----

pub(crate) fn head(place: &str, year: i32) -> String {
    format!("各位居民请注意，{place}{}年度城乡居民医保缴费，请您记好。", self::year(year))
}

pub(crate) fn pays(prices: &str, amount: bool) -> String {
    if amount { format!("普通居民每人交{prices}。") } else { format!("普通居民{prices}。") }
}

pub(crate) fn stretch(from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("缴费时间从{}到{}", day(from), end(from, to)),
        (Some(from), None) => format!("缴费时间从{}开始", day(from)),
        (None, Some(to)) => format!("缴费到{}为止", day(to)),
        (None, None) => "缴费日期通知没有写".to_owned(),
    }
}

pub(crate) fn monthly(first: u32, last: u32) -> String {
    format!("，每月{}日到{}日可以交", number(first), number(last))
}

pub(crate) fn last_day(to: NaiveDate, weekday: &str) -> String {
    format!("最后一天是{}，{weekday}。", month_day(to))
}

pub(crate) fn until(to: NaiveDate) -> String {
    format!("，到{}为止", month_day(to))
}

pub(crate) const END_UNSTATED: &str = "最后一天，通知没有写。";

pub(crate) fn others(office: &str) -> String {
    format!("有些身份的人交的不一样，请问{office}")
}

pub(crate) fn channels(names: &str) -> String {
    format!("可以用这些办法交：{names}。")
}

pub(crate) fn contact(office: &str, phone: &str) -> String {
    format!("有疑问请打{office}的电话，{phone}。")
}

pub(crate) fn ask(office: &str) -> String {
    format!("有疑问请问{office}。")
}

pub(crate) fn past(last: NaiveDate) -> String {
    format!("缴费期到{}，已经过了。", day(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_as_people_say_them() {
        let cases = [
            (0, "零"),
            (5, "五"),
            (10, "十"),
            (15, "十五"),
            (20, "二十"),
            (110, "一百一十"),
            (400, "四百"),
            (1005, "一千零五"),
            (1050, "一千零五十"),
            (1100, "一千一百"),
            (5000, "五千"),
            (10_010, "一万零一十"),
            (20_300, "二万零三百"),
            (1_000_000, "一百万"),
            (300_000_002, "三亿零二"),
        ];
        for (value, said) in cases {
            assert_eq!(number(value), said);
        }
    }

    #[test]
    fn amounts_phones_and_days() {
        assert_eq!(yuan("400"), "四百元");
        assert_eq!(yuan("87.5"), "八十七元五角");
        assert_eq!(yuan("87.05"), "八十七元零五分");
        assert_eq!(yuan("0.55"), "零元五角五分");
        assert_eq!(phone("0359-8801101"), "零三五九，八八零幺幺零幺");
        assert_eq!(phone("(0351) 12393"), "零三五幺，幺二三九三");
        assert_eq!(day("2026-02-25".parse().expect("a day")), "二零二六年二月二十五日");
        assert_eq!(words("建行POS机2台，60岁"), "建行POS机二台，六十岁");
    }
}

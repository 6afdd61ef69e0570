//! What stands on the decision table.

use canbao_engine::contract::{FeeSum, Kind};
use canbao_policy::model::{Basis, Fee, Required, Wait, Waived, Yuan};
use chrono::{Datelike, NaiveDate};

use super::words;

pub(crate) const IDENTITY: &str = "通知";
pub(crate) const PERIODS: &str = "缴费期";
pub(crate) const AMOUNTS: &str = "各类人员缴多少";
pub(crate) const WAYS: &str = "办理路径和特殊情形";
pub(crate) const FEES: &str = "个人缴费标准";
pub(crate) const ASSISTS: &str = "资助";
pub(crate) const COVER: &str = "待遇享受期";
pub(crate) const WAITS: &str = "等待期";
pub(crate) const EXTRAS: &str = "另外的缴费";
pub(crate) const REGISTERS: &str = "先登记后缴费";
pub(crate) const READINGS: &str = "待释疑条款";
pub(crate) const QUESTIONS: &str = "本通知自己的问题";
pub(crate) const SILENCES: &str = "通知没有写的";
pub(crate) const CHANNELS: &str = "缴费渠道";
pub(crate) const PAPERS: &str = "要带的材料";
pub(crate) const INFOS: &str = "退费、凭证和其他";
pub(crate) const CONTACTS: &str = "咨询单位";
pub(crate) const ALL_CLAUSES: &str = "条款大意";
pub(crate) const SIGNATURES: &str = "签字";

pub(crate) const ITEM: &str = "项目";
pub(crate) const CONTENT: &str = "内容";
pub(crate) const CLAUSES: &str = "依据";
pub(crate) const CLAUSE: &str = "条款";
pub(crate) const SUMMARY: &str = "大意";
pub(crate) const TITLE: &str = "标题";
pub(crate) const DOCUMENT: &str = "文号";
pub(crate) const ISSUER: &str = "发文单位";
pub(crate) const ISSUED: &str = "印发日期";
pub(crate) const PLACE: &str = "地区";
pub(crate) const YEAR: &str = "参保年度";
pub(crate) const ID: &str = "编号";
pub(crate) const SOURCE: &str = "来源";
pub(crate) const FISCAL: &str = "人均财政补助";
pub(crate) const PERIOD: &str = "时段";
pub(crate) const DAYS: &str = "起止";
pub(crate) const MONTHLY: &str = "每月可缴日";
pub(crate) const MONTH: &str = "月份";
pub(crate) const PAYABLE_DAYS: &str = "可缴日";
pub(crate) const WEEKDAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
pub(crate) const WHO: &str = "人员";
pub(crate) const PAYABLE: &str = "个人缴";
pub(crate) const ASSISTANCE: &str = "资助";
pub(crate) const CONFIRMED: &str = "由谁认定";
pub(crate) const WAY: &str = "路径";
pub(crate) const FOR: &str = "适用";
pub(crate) const WHEN: &str = "什么时候";
pub(crate) const RESULT: &str = "结果";
pub(crate) const OVER: &str = "优先于";
pub(crate) const NOTES: &str = "说明";
pub(crate) const FEE: &str = "标准";
pub(crate) const GIVES: &str = "资助多少";
pub(crate) const BY: &str = "由谁资助";
pub(crate) const COVER_FROM: &str = "从哪天起";
pub(crate) const COVER_TO: &str = "到哪天止";
pub(crate) const LEVEL: &str = "档次";
pub(crate) const WAIT: &str = "等待多久";
pub(crate) const WAIT_FROM: &str = "从哪天算";
pub(crate) const AMOUNT: &str = "金额";
pub(crate) const REQUIRED: &str = "是否必缴";
pub(crate) const REGISTER: &str = "登记后多久能缴";
pub(crate) const QUESTION: &str = "问题";
pub(crate) const OPTIONS: &str = "读法（第一种为建议）";
pub(crate) const ANSWERS: &str = "回答";
pub(crate) const ABOUT: &str = "关于";
pub(crate) const SILENT: &str = "没有写什么";
pub(crate) const ASK: &str = "问谁";
pub(crate) const CHANNEL: &str = "渠道";
pub(crate) const STEPS: &str = "步骤";
pub(crate) const WHERE: &str = "地点、电话";
pub(crate) const BRING: &str = "材料";
pub(crate) const OFFICE: &str = "单位";
pub(crate) const PHONE: &str = "电话";
pub(crate) const NOTE: &str = "提示";

pub(crate) const ORDINARY: &str = "普通居民";
pub(crate) const NOT_SAID: &str = "没有写";
pub(crate) const ANY_DAY: &str = "任何一天";
pub(crate) const OVER_ALL: &str = "其他全部";
pub(crate) const FROM_PAYMENT: &str = "缴费当天";
pub(crate) const EXEMPT: &str = "免缴";
pub(crate) const YES_NO: &str = "是、否";
pub(crate) const CASH: &str = "可用现金";
pub(crate) const CALENDAR: &str = "普通居民的可缴日（标出的日子能缴）：";
pub(crate) const AMOUNTS_OF: &str =
    "按规则算出：本县户籍、没有其他保障、上年参加居民医保的人，不是学生和新生儿，只有所列的身份。";
pub(crate) const OVERLAP_OPEN: &str =
    "同时有几种身份、通知没有写按哪一种的：两种结果都告诉居民，建议按缴得少的准备；资助不相加。";
pub(crate) const OVERLAP_HIGHEST: &str = "同时有几种身份的：只享受最高的一种资助。";
pub(crate) const SIGNED: &str = "以上各表与通知原文核对一致；待释疑条款按第一种读法建议居民准备，同时告知另一种读法。";
pub(crate) const SIGNERS: [&str; 3] = ["编制", "复核", "审定"];

/// A section's heading with its number.
pub(crate) fn numbered_heading(number: usize, heading: &str) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (number / 10 % 10, DIGITS[number % 10]);
    let tens = match tens {
        0 => String::new(),
        1 => "十".to_owned(),
        more => format!("{}十", DIGITS[more]),
    };
    format!("{tens}{ones}、{heading}")
}

/// An open reading with its number.
pub(crate) fn numbered_question(number: usize, question: &str) -> String {
    format!("{number}. {question}")
}

pub(crate) const EVERYBODY: &str = "以上各类人员";

pub(crate) fn title(place: &str, year: i32) -> String {
    format!("{place}{year}年度城乡居民医保缴费对照表")
}

pub(crate) fn year(year: i32) -> String {
    format!("{year}年")
}

pub(crate) fn yuan(amount: Yuan) -> String {
    format!("{amount}元")
}

pub(crate) fn with_clauses(text: &str, clauses: &[String]) -> String {
    if clauses.is_empty() { text.to_owned() } else { format!("{text}〔{}〕", clauses.join("、")) }
}

pub(crate) fn monthly(first: u8, last: u8) -> String {
    format!("{first}日至{last}日")
}

/// The first day, where the notice does not say it.
pub(crate) fn assumed_from(from: &str) -> String {
    format!("（从哪天起通知没写，算的时候从{from}起）")
}

pub(crate) fn from_to(from: &str, to: &str) -> String {
    format!("{from}至{to}")
}

pub(crate) fn month(day: NaiveDate) -> String {
    format!("{}年{}月", day.year(), day.month())
}

pub(crate) fn days_of_month(runs: &[(u32, u32)]) -> String {
    let each = runs.iter().map(|(a, b)| if a == b { format!("{a}日") } else { format!("{a}日至{b}日") });
    let each: Vec<String> = each.collect();
    if each.is_empty() { "不能缴".to_owned() } else { each.join("、") }
}

pub(crate) fn amounts_in(from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
    format!("{}缴费：", words::stretch(from, to))
}

pub(crate) fn amounts_after(day: NaiveDate) -> String {
    format!("过了以上日期（{}起）：", words::day(day))
}

/// In one group and in another.
pub(crate) fn both(group: &str, with: &str) -> String {
    format!("{group}，又是{with}")
}

/// Everything that must hold.
pub(crate) fn all(rests: impl Iterator<Item = String>) -> String {
    rests.collect::<Vec<_>>().join("，")
}

pub(crate) const fn kind(kind: Kind) -> &'static str {
    words::kind(kind)
}

pub(crate) fn amount_if(amount: &str, rests: &[String]) -> String {
    format!("{amount}（{}）", rests.join("；或"))
}

/// An amount under conditions that move with the day of payment, as they are on the first day.
pub(crate) fn amount_at_first(amount: &str, rests: &[String]) -> String {
    format!("{amount}（按第一天缴算，{}）", rests.join("；或"))
}

pub(crate) fn assistance(fee: &FeeSum) -> String {
    if fee.assistance == Yuan::ZERO {
        return String::new();
    }
    let by = fee.assisted_by.as_ref().map_or_else(String::new, |by| format!("（{by}）"));
    format!("{}元{by}", fee.assistance)
}

pub(crate) fn way(route: &str, id: &str) -> String {
    format!("{route}\n`{id}`")
}

pub(crate) fn not_said(what: &[&str]) -> String {
    format!("通知没有写：{}。", what.join("、"))
}

pub(crate) fn fee(fee: &Fee) -> String {
    let Some(standard) = fee.standard else { return "通知没有写金额".to_owned() };
    let mut text = yuan(standard);
    if let Some(fiscal) = fee.fiscal {
        text.push_str(&format!("，另缴财政补助部分{fiscal}元"));
    }
    match fee.waived {
        Some(Waived::All) => text.push_str("，免缴"),
        Some(Waived::Amount(amount)) => text.push_str(&format!("，免{amount}元")),
        None => {}
    }
    if fee.basis == Some(Basis::Inferred) {
        text.push_str("（由其他条款推出）");
    }
    text
}

pub(crate) fn or_later(from: &str, safe: &str) -> String {
    format!("{from}；从严为{safe}")
}

pub(crate) fn wait(wait: &Wait) -> String {
    let Some(length) = wait.length else { return "没有等待期".to_owned() };
    let mut text = words::span(length);
    if let Some(grows) = wait.grows {
        text.push_str(&format!("，断保超过{}年的，每多1年加{}", grows.beyond, words::span(grows.add)));
        if let Some(cap) = grows.cap {
            text.push_str(&format!("，最长{}", words::span(cap)));
        }
    }
    if let Some(less) = &wait.less {
        text.push_str(&format!("，每补缴1年减{}", words::span(less.each)));
    }
    text
}

pub(crate) const fn required(required: Required) -> &'static str {
    match required {
        Required::Yes => "必缴",
        Required::No => "自愿",
        Required::Unstated => "没有写",
    }
}

pub(crate) fn working_days(min: u8, max: u8) -> String {
    if min == max { format!("{min}个工作日") } else { format!("{min}至{max}个工作日") }
}

pub(crate) fn option(label: &str, recommended: bool) -> String {
    if recommended { format!("① {label}（建议）") } else { format!("· {label}") }
}

pub(crate) fn up_to(max: u32) -> String {
    format!("0至{max}的整数")
}

pub(crate) fn step_for(who: &str, step: &str) -> String {
    format!("{step}（{who}）")
}

pub(crate) fn numbered(steps: &[String]) -> String {
    if let [one] = steps {
        return one.clone();
    }
    let each = steps.iter().enumerate().map(|(at, step)| format!("{}. {step}", at + 1));
    each.collect::<Vec<_>>().join("\n")
}

pub(crate) fn line(signer: &str) -> String {
    format!("{signer}：________________  日期：____年____月____日")
}

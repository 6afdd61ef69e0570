//! The notice on one page, without a question.

use super::format;
use canbao_policy::model::Answer;
use chrono::NaiveDate;

pub const FOLD: &str = "不答题，直接看这份通知的要点";
pub const AFTER: &str = "过了缴费期";
pub const CLAUSES: &str = "通知各条的大意";
pub const WHO: &str = "哪些人";
pub const PAYS: &str = "自己交多少";
/// Whom [`canbao_material::amounts`] asks the engine for.
pub const FOR_WHOM: &str = "上面的钱按户口在本地、没有别的医保、上年一直参加居民医保的人算，不含新生儿、大中专学生和刚离职、退役、释放等中途转入的人。";
pub const ORDINARY: &str = "普通居民";
pub const AND: &str = "，同时是";
/// Where all of them pay the same.
pub const EVERYBODY: &str = "普通居民和上面的各类人员";
/// What everybody pays or may pay besides.
pub fn besides(premium: &str) -> String {
    format!("另外，{premium}。")
}
pub const OR: &str = "，或者";

/// The days in which these amounts hold.
pub fn stretch(from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
    if from.is_none() && to.is_none() {
        return "交多少".to_owned();
    }
    format!("{}，交多少", format::stretch(from, to))
}

/// The days of each month on which one can pay.
pub fn monthly(first: u32, last: u32) -> String {
    format!("每月 {first} 日到 {last} 日可以交。")
}
/// The days on which one can pay, where they are no such ones.
pub fn runs(runs: &[String]) -> String {
    format!("可以交的日子：{}", runs.join("、"))
}
/// From when on the waiting period outlasts the year.
pub fn in_vain(from: &str) -> String {
    format!("{from} 起交的当年用不上")
}

/// Between amounts.
pub const ALSO: &str = "；";
/// Within one.
pub const WITH: &str = "，";

/// What an amount may depend on the day of.
pub const fn event(answer: Answer) -> Option<&'static str> {
    match answer {
        Answer::BirthDate => Some("出生日期"),
        Answer::RecognisedOn => Some("认定日期"),
        _ => None,
    }
}
/// Several amounts by the day of an event.
pub fn by_day(event: &str, amounts: &[String]) -> String {
    format!("看{event}：{}", amounts.join(ALSO))
}
pub fn on_day(days: &str, amount: &str) -> String {
    format!("{days}的，{amount}")
}

/// Several possible amounts.
pub fn prices(prices: &[String]) -> String {
    if prices.len() > 1 { format!("看具体情况：{}", prices.join(OR)) } else { prices.concat() }
}

pub fn warning(warning: &str) -> String {
    format!("网上文本的问题：{warning}")
}

/// The title of a county's page, as search engines and link cards show it.
pub fn title(place: &str, year: i32) -> String {
    format!("{place} {year} 年度居民医保：交多少、哪天前交、去哪里交")
}

pub fn description(place: &str, year: i32) -> String {
    format!(
        "回答几个小问题，看自己和家人{year}年度{place}居民医保交多少、最后一天是哪天、在哪里交。内容只来自当地的通知。"
    )
}

pub const DESCRIPTION: &str = "明年的居民医保交多少钱、什么时候交、在哪里交";

/// Over the choice of a county, where an address leads nowhere.
pub const MISSING_TITLE: &str = "没有这个页面";
pub const MISSING: &str = "没有这个页面：网址可能抄错了，也可能这个县、这个年度还没有收。请在下面找您参保的地方。";

/// Beside the first question, while the app is on its way.
pub const TAPPED: &str = "记下了，正在打开下一题……";
pub const FAILED: &str = "问答没能打开，或者中途停了。请看看网络，刷新页面再试，一般能接着答。";
pub const NO_SCRIPT: &str = "问答要用到 JavaScript，您的浏览器把它关了。";
/// After one of these two, where the page has a sheet.
pub const READ_BELOW: &str = "下面通知的要点现在就能看。";

//! The household.

use super::result;
use canbao_policy::model::Action;
use canbao_policy::words;

/// What a person is called: the nickname, or a plain word by number.
pub fn name(number: u32, nickname: &str) -> String {
    match (nickname, number) {
        ("", 1) => "我".to_owned(),
        ("", number) => words!["家人", number],
        (nickname, _) => nickname.to_owned(),
    }
}
/// Whom a page is about, where there are several.
pub fn about(name: &str, place_and_year: &str) -> String {
    words![name, " · ", place_and_year]
}

pub const FAMILY: &str = "一家人";
pub const INVITE: &str = "再给家里人算一算";
pub const TITLE: &str = "一家人的医保";
pub const TOTAL: &str = "全家一共要交";
pub const NO_TOTAL: &str = "还没有谁的金额能定下来。";
pub fn counted(counted: usize, open: usize) -> String {
    match open {
        0 => format!("{counted} 个人的都算上了。"),
        open => format!("只算了 {counted} 个人的；还有 {open} 个人没算完，没有加进去。"),
    }
}
pub fn elsewhere(count: usize) -> String {
    format!("{count} 个人不在这里参保，这里不算。")
}
pub const WITHOUT_EXTRAS: &str = "通知里另外的保险不在这个数里，看各人的结果。";
pub fn over(title: &str, lead: &str) -> String {
    format!("{title}。{lead}")
}

// The last days.
pub const DEADLINES: &str = "先办谁的";
pub const DEADLINES_LEAD: &str = "一个人有几种可能的，按最早的那天排；第一次参保的，按最晚登记的那天排。";
pub fn deadline(day: &str, left: &str, names: &[String]) -> String {
    format!("{}：{day}，{left}", names.join("、"))
}

// Each one.
pub const EACH: &str = "每个人";
pub fn unfinished(left: usize) -> String {
    format!("还没算完，最多还有 {left} 题")
}
pub fn skipped(count: usize) -> String {
    format!("跳过了 {count} 题，补上会更准")
}
pub const TROUBLE: &str = "有的回答对不上，要改一下";
pub fn last_day(action: Action, day: &str, left: &str) -> String {
    format!("{}：{day}，{left}", result::deadline(action))
}
pub const SEE: &str = "看结果";
pub const GO_ON: &str = "接着回答";
pub fn of(name: &str, what: &str) -> String {
    format!("{name}：{what}")
}
pub const CHANGE: &str = "改称呼、删除";
pub const NICKNAME: &str = "称呼";
pub const RENAME: &str = "改称呼";
pub const REMOVE: &str = "删除这个人";

pub const PRINT: &str = "打印这一页";

// One more.
pub const ADD: &str = "再加一个人";
pub const ADD_LEAD: &str = "起个称呼好认，不用写真名；不填也行。";
pub const ADD_BUTTON: &str = "开始回答";
pub fn shared(answer: &str) -> String {
    format!("“{answer}”照前面的算，不再问。这个人不一样的话，在结果页“您的回答”里改。")
}
pub fn full(most: u32) -> String {
    format!("这里最多放 {most} 个人。")
}
pub const KEPT_HERE: &str = "称呼和回答只存在这台手机（电脑）上。点下面的“清除全部回答”，所有人的一次删掉。";

//! The result to take along, in plain Chinese.

use canbao_policy::model::Action;

pub const PLAN_BY: &str = "先按这个准备：";

pub fn line(name: &str, value: &str) -> String {
    format!("{name}：{value}")
}

/// A sentence of today, for who reads it on another day.
pub fn dated(sentence: &str, day: &str) -> String {
    sentence.replacen("今天", day, 1).replace("今天", "当天")
}

pub fn as_of(day: &str) -> String {
    format!("以上按 {day} 去办来算")
}

/// What the last day is in a calendar.
pub const fn event(action: Action) -> &'static str {
    match action {
        Action::Pay => "今天是缴费的最后一天",
        Action::Register => "今天是登记的最后一天",
    }
}
/// The same of the day by which who has never been insured registers before paying.
pub const REGISTER_FIRST: &str = "第一次参保的，今天是登记的最后一天，过后才能缴费";

// The buttons.
pub const TITLE: &str = "把结果带走";
pub const PRINT: &str = "打印";
pub const SAVE: &str = "把最后一天加进日历";
pub const SAVED: &str = "日历文件已经保存，打开它就能加进日历。";
pub const COPY: &str = "复制成文字，发给家人";
pub const COPIED: &str = "已经复制，可以粘贴到微信里。";
pub const NOT_COPIED: &str = "复制不了，请长按上面的文字自己复制。";
pub const READ: &str = "看看要复制的文字";
pub const SHARE: &str = "转发本县的网址";
pub const COPY_LINK: &str = "复制本县的网址";
pub const LINK_COPIED: &str = "网址已经复制，里面没有您的回答。";
pub const IN_WECHAT: &str =
    "在微信里不能打印，也不能加进日历。请点右上角的“···”，选“在浏览器打开”，打开后再点。转发也在“···”里。";

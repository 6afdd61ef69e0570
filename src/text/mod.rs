//! Every sentence on screen that is not the notice's own.
//!
//! In one place, so that it can be read and reviewed as a text: plain Chinese, short, exact, kind, and never more
//! certain than the notice. Pages and components hold no Chinese.
//!
//! One does 交, and what it is called is 缴费: "最晚哪天交", "集中缴费期". The notices' own sentences keep their words.
//!
//! | module | what is said there |
//! |---|---|
//! | here | the frame: choosing a place, the buttons, what goes wrong, about |
//! | [`questions`] | the contract's questions and their answers (what groups are called: `canbao_policy::model::Group::name`) |
//! | [`result`] | the result |
//! | [`family`] | the household |
//! | [`sheet`] | a notice on one page, and the page before the app has arrived |
//! | [`handout`] | the result to take along |
//! | [`offline`] | without network, and in a file handed on |
//! | [`format`](mod@format) | days, stretches of time, lengths |

use canbao_policy::words;

pub mod family;
pub mod format;
pub mod handout;
#[cfg(not(target_arch = "wasm32"))]
pub mod offline;
pub mod questions;
pub mod result;
#[cfg(not(target_arch = "wasm32"))]
pub mod sheet;

pub const NAME: &str = "参保";
pub fn title(page: &str) -> String {
    words![page, " - ", NAME]
}
pub fn page_of(number: u32, subject: &str) -> String {
    words!["第 ", number, " 页 - ", subject]
}

// Choosing a place and year.
pub const COUNTIES_TITLE: &str = "居民医保，交多少、哪天前交、去哪里交";
pub const COUNTIES_LEAD: &str =
    "回答几个小问题就知道，不用登录。给自己查、给家人查都行，问题里的“您”就是要参保的那个人。";
pub const COUNTIES_PICK: &str = "找到您参保的地方";
pub const SEARCH: &str = "县名、拼音或首字母";
pub fn resume(place: &str, year: i32) -> String {
    format!("接着上次：{place} {year} 年度")
}
pub const NOT_FOUND: &str = "没有找到。请换个写法再试；还是没有，就是这里还没有收，请看下面怎么办。";
pub const NOT_LISTED_TITLE: &str = "没有您的县？";
pub const NOT_LISTED: &str = "这里只收了上面这些地方的通知。别的地方的金额和日期不一样，不能照着办：请问您当地的医保局或税务局，也可以打医保热线 12393。";
pub fn county_and_year(name: &str, year: i32) -> String {
    format!("{name} · {year} 年度")
}
pub const YEAR_OVER: &str = "这个年度已经结束，金额和日期不能再用";

// A page that is still on its way.
pub const LATE_TITLE: &str = "正在打开……";
pub const LATE_LEAD: &str = "网慢的时候要等一会儿，您的回答都在。一直打不开的话，请看看网络，再点下面的按钮。";
pub const LATE_AGAIN: &str = "再试一次";

// The frame around a page.
pub const BACK: &str = "返回";
pub const TO_COUNTIES: &str = "换个地方";
pub const ABOUT: &str = "关于";
pub const LARGER: &str = "大字";
pub const SMALLER: &str = "标准字";
pub const FORGET: &str = "清除全部回答";
pub fn place_and_year(place: &str, year: i32) -> String {
    words![place, " ", year, " 年度居民医保"]
}
pub fn copy_warning(count: usize) -> String {
    words!["注意：这份通知的网上文本有 ", count, " 处问题"]
}

// A question.
pub fn at_most_left(count: usize) -> String {
    if count <= 1 { "最后 1 题".to_owned() } else { words!["最多还有 ", count, " 题"] }
}
pub const UNKNOWN: &str = "不清楚，先跳过";
pub const NEXT: &str = "下一步";
pub const SEE_RESULT: &str = "先看结果";
pub const WHY_ASKED: &str = "为什么问这个？";
pub const WHY_ASKED_LEAD: &str = "通知里这些条款要看您的回答：";
pub const YES: &str = "是";
pub const NO: &str = "不是";
pub const YEAR: &str = "年";
pub const MONTH: &str = "月";
pub const DAY: &str = "日";
pub const NONE_OF_THESE: &str = "都不是";
pub const OTHER_GROUPS: &str = "其他身份";
pub const OTHER_GROUPS_LEAD: &str =
    "这份通知没有点名下面这些身份，勾了金额和日期也不变。有没有资助，可以问认定的部门。";
pub const CONFIRMED_BY: &str = "谁来认定：";
pub fn number_hint(least: u32, most: u32) -> String {
    words!["填 ", least, " 到 ", most, " 之间的整数"]
}

// What was typed cannot be right.
pub const DATE_INCOMPLETE: &str = "请把年、月、日都填上，只填数字。";
pub const DATE_SHORT_YEAR: &str = "年份请写四位数，例如 1952。";
pub const DATE_IMPOSSIBLE: &str =
    "公历里没有这一天，请再看看。您记的如果是农历（阴历），请照证件上的公历（阳历）日期填。";
/// Months and days as only the lunar calendar names them.
pub const LUNAR_WORDS: [char; 8] = ['腊', '冬', '正', '闰', '初', '廿', '农', '阴'];
pub const DATE_LUNAR: &str = "这像是农历（阴历）的说法。请照身份证或证明上的公历（阳历）日期填，只填数字。";
pub const DATE_TOO_OLD: &str = "这个年份太早了，请再看看。";
pub const NUMBER_MISSING: &str = "请填一个整数，只填数字。";
pub const NUMBER_WRONG: &str = "这个数字不在范围里，请再看看。";
pub const NOTHING_TICKED: &str = "请先勾选。一项也不是的话，点“都不是”。";
pub fn date_after_today(today: &str) -> String {
    words!["这一天还没到（今天是", today, "），请再看看年份和月份。"]
}

// Answers that cannot all be right.
pub const CONFLICT_TITLE: &str = "有两个回答对不上";
pub const CONFLICT_LEAD: &str = "没关系，改一下就好。请看看下面哪个填错了：";
pub const BROKEN_TITLE: &str = "这里出了点问题";
pub const HOTLINE: &str = "12393";
pub const BROKEN_LEAD: &str = "这份通知暂时算不出结果，不是您填错了。请直接问当地医保局，或打医保热线 12393。";

// The answers, beside the result.
pub const ANSWERS_TITLE: &str = "您的回答";
pub const ANSWERS_EMPTY: &str = "还没有回答问题。";
pub const UNKEPT: &str = "这个浏览器不让保存回答：关掉页面后，要重新答。要留着结果，请先复制、打印或截图。";
pub const CHANGE: &str = "修改";
pub fn change(label: &str) -> String {
    format!("{CHANGE}：{label}")
}
pub const LEFT_OPEN: &str = "不清楚";
pub const LIST_SEPARATOR: &str = "、";

// About.
pub const ABOUT_TITLE: &str = "关于“参保”";
pub const ABOUT_WHAT: &str = "“参保”照着各县公开的缴费通知，算出一个人该交多少居民医保费、最晚哪天交、去哪里交。";
pub const DATA_TITLE: &str = "数据从哪里来";
pub const DATA: &str = "来自下面列出的通知。每条规则都注明是通知的哪一条，结果页里能看到。";
pub const ABOUT_SILENT: &str = "通知没写的，这里不猜，会告诉您“通知没有写”和该问谁。";
pub const NOT_TITLE: &str = "它不是什么";
pub const ABOUT_NOT: &str =
    "它不是政府网站，不能缴费，也不代替经办机构的答复。名单以认定部门为准，办理以当地医保局、税务局为准。";
pub const PRIVACY_TITLE: &str = "您的回答去了哪里";
pub const PRIVACY: [&str; 4] = [
    "哪里也没去，只存在这台手机（电脑）上。",
    "计算也在这台手机上做，不上传。",
    "网址里没有您的回答，转发网址不会带上。",
    "点“清除全部回答”就全部删掉。",
];
pub const SOURCES_TITLE: &str = "收了哪些通知";
pub fn issued(issuer: Option<&str>, day: Option<&str>) -> String {
    match (issuer, day) {
        (Some(issuer), Some(day)) => format!("{issuer}，{day}发文"),
        (Some(issuer), None) => format!("{issuer}，发文日期不详"),
        (None, Some(day)) => format!("发文单位不详，{day}发文"),
        (None, None) => "发文单位和日期不详".to_owned(),
    }
}
pub fn version(number: &str) -> String {
    format!("版本 {number}")
}

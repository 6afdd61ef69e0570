//! The result in plain Chinese. What an outcome leaves open is said as open.

use canbao_engine::contract::{InVain, Kind, Today};
use canbao_policy::model::{Action, Basis, Route, Topic, Unstated};
use canbao_policy::words;

pub const TITLE: &str = "您的结果";
pub fn asked_on(day: &str) -> String {
    format!("按 {day} 去办来算")
}

// A device whose clock is wrong.
pub const EARLY_TITLE: &str = "这台设备的日期不对，先不算";
pub fn early(day: &str, year: i32) -> String {
    format!(
        "照这台设备，今天是 {day}，那时还没有 {year} 年度的通知。请先把设备的日期调对，再打开这个页面；也可以问下面的单位。"
    )
}

// A coverage year that has ended.
pub fn over_title(year: i32) -> String {
    format!("{year} 年度已经结束")
}
pub const OVER_LEAD: &str = "这份通知的金额和日期现在都不能用了，也不能当作别的年份的标准。";
pub const OVER_NEWER: &str = "这里收了同一个地方更新的通知，请回去选。";
pub const OVER_NO_NEWER: &str =
    "更新的通知这里还没有收。现在该交多少，请问当地医保局或税务局，也可以打医保热线 12393。";

// The headline.
pub const PAY: &str = "要交";
pub const YUAN: &str = "元";
pub fn pay(amount: &str) -> String {
    format!("{PAY} {amount} {YUAN}")
}
pub fn amount(sign: &str, amount: &str) -> String {
    format!("{sign}{amount} {YUAN}")
}
pub const fn headline(kind: Kind) -> &'static str {
    match kind {
        Kind::Pay => PAY,
        Kind::Free => "不用交钱",
        Kind::Unstated => "通知没有写清楚，要问一问",
        Kind::NotCovered => "不在这里参保",
    }
}
pub const PLAN_BY: &str = "先按这个准备";
/// What it comes to, and by which way.
pub fn by_route(headline: &str, route: Option<&str>) -> String {
    match route {
        Some(route) => format!("{headline}（{route}）"),
        None => headline.to_owned(),
    }
}
/// What another outcome comes to, with what it has of its own where the first comes to the same.
pub fn besides(headline: &str, own: &str) -> String {
    format!("{headline}，但{own}")
}
/// Where it has nothing else of its own.
pub const OTHER_PREMISES: &str = "前提不一样";
/// Beside one for which there is nothing to do.
pub const TO_REGISTER: &str = "要登记";
pub fn wait_of(length: &str) -> String {
    format!("等待期是 {length}")
}
pub const NO_WAIT: &str = "没有等待期";
pub const A_WAIT: &str = "有等待期";
pub const OTHER_WAIT: &str = "等待期和上面的不一样长";
pub fn also_possible(headline: &str, count: usize) -> String {
    if count == 1 {
        format!("也可能：{headline}")
    } else {
        format!("也可能：{headline}（{count} 种情况）")
    }
}
pub const fn route(route: Route) -> Option<&'static str> {
    match route {
        Route::Central => Some("集中缴费期内办理"),
        Route::Newborn => Some("按新生儿办理"),
        Route::Left => Some("从别的保障转过来，补办"),
        Route::Late => Some("集中缴费期之外办理"),
        Route::LateGroup => Some("集中缴费期之后新认定的困难群众"),
        Route::School => Some("由学校统一办理"),
        Route::None => None,
    }
}

// Several outcomes.
pub fn several(headlines: &[String]) -> String {
    match headlines {
        [one] => format!("{one}，但有的细节还不一定"),
        // One of them may have a comma of its own.
        several => format!("还不能定：{}", several.join("；或者")),
    }
}
pub const SEVERAL_ANSWERS: &str = "有的问题还没有答，所以结果还不能定下来。";
pub fn go_on(count: usize) -> String {
    format!("继续回答（最多还有 {count} 题）")
}
pub const SEVERAL_SKIPPED: &str = "有的问题您先跳过了，弄清楚以后补上，结果会更准。";
pub fn skipped(count: usize) -> String {
    format!("补上跳过的 {count} 题")
}
pub fn depends_on(labels: &[String]) -> String {
    format!("要看：{}", labels.join("、"))
}
pub const TO_BE_EXACT: &str = "答了下面这一题，结果会更准：";
pub const SEVERAL_READINGS: &str = "您都答完了，是通知里有的话可以有不同的理解。请先按第一种准备，再向下面的单位问清。";
pub const RESTS_ON: &str = "这种结果的前提";

/// What an answer has to be for an outcome: one of `is`, none of `not`.
pub fn answered(label: &str, is: &[String], not: &[String]) -> String {
    // An answer may have a comma of its own, so semicolons stand between several.
    let is = match is {
        [] => String::new(),
        [one] => format!("：{one}"),
        several => format!("，符合下面一种就行：{}", several.join("；")),
    };
    let not = match (is.is_empty(), not) {
        (_, []) => String::new(),
        (true, [one]) => format!("：不是{one}"),
        (false, [one]) => format!("，但不是{one}"),
        (true, several) => format!("，下面这些都不是：{}", several.join("、")),
        (false, several) => format!("；但下面这些都不是：{}", several.join("、")),
    };
    words![label, &is, &not]
}
/// In place of all answers that there are.
pub const ANY_ANSWER: &str = "怎么答都行";

/// How an open clause has to be read for an outcome.
pub fn read_as(question: &str, options: &[&str]) -> String {
    if options.is_empty() {
        question.to_owned()
    } else {
        format!("{question}按“{}”理解", options.join("”或“"))
    }
}

/// A range with open ends written `..`; `name` puts an end into words.
pub fn range(from: &str, to: &str, name: impl Fn(&str) -> String) -> String {
    // A day is written with dashes, a number is not.
    let (less, more) = if from.contains('-') || to.contains('-') { ("更早", "更晚") } else { ("更少", "更多") };
    match (from, to) {
        ("..", "..") => ANY_ANSWER.to_owned(),
        ("..", to) => format!("{}或{less}", name(to)),
        (from, "..") => format!("{}或{more}", name(from)),
        (from, to) if from == to => name(from),
        (from, to) => format!("{} 到 {}", name(from), name(to)),
    }
}

/// The readings that hold for all notices: the question, then its options by id.
pub fn engine_reading(id: &str) -> Option<(&'static str, &'static [(&'static str, &'static str)])> {
    match id {
        "day_count" => Some((
            "“多少天内”从哪天数起？通知没写，",
            &[("strict", "当天就算第 1 天（早一天截止）"), ("wide", "从第二天数起（晚一天截止）")],
        )),
        "overlap" => Some((
            "同时有几种资助时用哪一种？通知没写，",
            &[("lowest", "用自己交得最少的那种"), ("other", "用别的那种")],
        )),
        _ => None,
    }
}

// Today and the days.
pub const fn today(today: Today, action: Action) -> &'static str {
    match (today, action) {
        (Today::Open, Action::Pay) => "今天可以交",
        (Today::Open, Action::Register) => "今天可以登记",
        (Today::Closed, Action::Pay) => "今天不能交",
        (Today::Closed, Action::Register) => "今天不能登记",
        (Today::Disputed, _) => "今天还能不能办，通知有两种理解：请今天就去，当面问清",
        (Today::Unstated, _) => "今天能不能办，通知没有写",
        (Today::NotNeeded, _) => "不用缴费",
    }
}
/// The last day is past under the strictest reading. Something else may be possible today all the same.
pub const PERHAPS_LATE: &str = "今天还算不算在期限内，通知有两种理解：请今天就去，当面问清";
/// Nothing to pay, and no last day stated for registering.
pub const REGISTER_SOON: &str = "不用缴费，但要登记；最晚哪天登记，通知没有写，请尽早办";
pub fn opens(day: &str) -> String {
    format!("下次可以办：{day}")
}
pub const fn deadline(action: Action) -> &'static str {
    match action {
        Action::Pay => "最晚哪天交",
        Action::Register => "最晚哪天登记",
    }
}
pub fn deadline_wide(day: &str) -> String {
    format!("换一种数法可以到 {day}，稳妥起见别等到那天。")
}
/// Where the safe day is past.
pub fn deadline_wide_today(day: &str) -> String {
    format!("换一种数法可以到 {day}。")
}
pub fn deadline_of_others(day: &str) -> String {
    format!("要看是哪天：有的人可以到 {day}。日期补上以后，结果会更准。")
}
pub const REGISTER_BY: &str = "第一次参保的，先登记";
pub fn register_by(day: &str) -> String {
    format!("要先登记，过后才能缴费。最晚 {day} 去登记（只扣除了周末，遇放假请更早）。")
}
/// The same without a heading over it.
pub fn register_first(day: &str) -> String {
    format!("第一次参保的{}", register_by(day))
}
pub fn register_by_past(day: &str) -> String {
    format!("第一次参保的要先登记，过后才能缴费；稳妥的最后一天 {day} 已经过了。还没登记的，马上去问还赶不赶得上。")
}
pub fn register_by_wide(day: &str) -> String {
    format!("最快的话 {day} 登记也赶得上，但不要冒这个险。")
}
pub const PERIODS: &str = "哪些天可以办";
pub const CALENDAR_KEY: &str = "绿底的日子可以办，带框的是今天，颜色最醒目的是最后一天。";
/// Where the notice has no last day.
pub const CALENDAR_KEY_ENDLESS: &str = "绿底的日子可以办，带框的是今天。";
pub const LAST_DAY: &str = "（最后一天）";
pub fn more_months(count: usize) -> String {
    format!("后面还有 {count} 个月")
}

// The sum.
pub const SUM: &str = "怎么算的";
pub const STANDARD: &str = "个人缴费标准";
pub const FISCAL: &str = "加上政府补助那一份（这种情况要自己交）";
pub const ASSISTANCE: &str = "减去帮您交的资助";
pub fn assisted_by(payer: &str) -> String {
    format!("减去资助（{payer}出）")
}
pub const WAIVED: &str = "减去免收的";
pub const PAYABLE: &str = "您要交";
pub const fn basis(basis: Basis) -> Option<&'static str> {
    match basis {
        Basis::Stated => None,
        Basis::Inferred => Some("这种情况的金额条款里没直接写，是按通知别处的标准推出来的，办理前请问清。"),
    }
}
pub const EXTRAS: &str = "另外的保险（不在上面的钱里）";
pub const fn required(required: Option<bool>) -> &'static str {
    match required {
        Some(true) => "必须一起交",
        Some(false) => "自愿，可以不交",
        None => "通知没写是不是必须交，办理时请问清",
    }
}

pub fn extra(label: &str, amount: &str, required: &str) -> String {
    format!("{label} {amount} 元：{required}")
}

// Cover.
pub const COVER: &str = "什么时候能报销";
pub fn cover_from(day: &str) -> String {
    format!("从 {day} 起看病可以报销")
}
pub fn cover_from_two(earliest: &str, safe: &str) -> String {
    format!("最早 {earliest} 起可以报销，稳妥按 {safe} 算")
}
pub fn cover_to(day: &str) -> String {
    format!("到 {day} 为止")
}
pub fn level(level: &str) -> String {
    format!("待遇档次：{level}")
}
pub fn wait(length: &str) -> String {
    format!("有 {length} 等待期，等待期里看病不能报销")
}
pub fn wait_ends(day: &str) -> String {
    format!("等待期最后一天：{day}")
}
pub fn wait_ends_two(earliest: &str, safe: &str) -> String {
    format!("等待期最早到 {earliest}，稳妥按到 {safe} 算")
}
/// That there is no cover in the year any more, or perhaps none.
pub fn in_vain(sure: InVain, year: i32) -> String {
    match sure {
        InVain::AfterWait => format!("注意：等待期过完，{year} 年也过完了，{year} 年里用不上。"),
        InVain::AfterYear => format!("注意：待遇要到 {year} 年过完才开始，{year} 年里用不上。"),
        InVain::Perhaps => format!("注意：{year} 年里可能用不上，先问清楚再办。"),
    }
}
pub fn as_if_paid(day: &str) -> String {
    format!("{day} 缴费（假设这天交，晚交就往后推）")
}

// What to do.
pub const NOTES: &str = "要留意的";
pub const UNSTATED: &str = "通知没有写的";
pub const fn unstated(about: Unstated) -> &'static str {
    match about {
        Unstated::Fee => "您这种情况交多少，通知没有写。",
        Unstated::Assistance => "您这种情况有没有资助，通知没有写。",
        Unstated::Deadline => "最晚哪天办，通知没有写。",
        Unstated::Late => "过了集中缴费期还能不能交、怎么交，通知没有写。",
        Unstated::BenefitFrom => "从哪天起能报销，通知没有写。",
        Unstated::BenefitTo => "到哪天为止能报销，通知没有写。",
        Unstated::Wait => "有没有等待期，通知没有写。",
        Unstated::Refund => "交了以后能不能退，通知没有写。",
        Unstated::Register => "去哪里登记、怎么登记，通知没有写。",
        Unstated::Residence => "您算不算这里的参保对象，通知没有写清。",
    }
}
/// What the notice does not say, and whom to ask.
pub fn silence(text: &str, office: &str) -> String {
    format!("{text}可以问{office}。")
}
pub const CHANNELS: &str = "去哪里交";
pub const CHANNEL_BY_PERSON: &str = "按您的身份，选其中一种：";
pub const CASH: &str = "可以用现金";
pub const PAPERS: &str = "办这些事要带什么";
pub fn paper(what_for: &str, papers: &str) -> String {
    format!("{what_for}：{papers}")
}
pub const LISTS: &str = "以谁的名单为准";
pub fn confirmed_by(group: &str, office: Option<&str>) -> String {
    match office {
        Some(office) => format!("{group}：{office}认定，在名单上的才算。"),
        None => format!("{group}：由谁认定，通知没有写。"),
    }
}
pub const CONTACTS: &str = "有事问谁";
pub fn call(phone: &str) -> String {
    format!("拨打 {phone}")
}
pub const MORE: &str = "详细看看";
pub const WHY: &str = "为什么是这个结果";
pub fn clause(label: &str, summary: &str) -> String {
    if summary.is_empty() { label.to_owned() } else { words![label, "：", summary] }
}
pub const fn topic(topic: Topic) -> &'static str {
    match topic {
        Topic::Refund => "退费",
        Topic::Certificate => "缴费凭证",
        Topic::Incentive => "参保的奖励",
        Topic::Lookup => "怎么查交没交上",
        Topic::Registration => "参保登记和信息变更",
        Topic::Benefit => "待遇",
        Topic::Other => "其他",
    }
}

// Where it comes from.
pub const SOURCE: &str = "依据的通知";
pub fn document(number: &str) -> String {
    format!("文号：{number}")
}
pub fn issued(day: &str, ago: Option<&str>) -> String {
    match ago {
        Some(ago) => format!("发文日期：{day}（{ago}）"),
        None => format!("发文日期：{day}"),
    }
}
pub fn issuer(name: &str) -> String {
    format!("发文单位：{name}")
}
pub const SOURCE_LAST: &str = "这里只是帮您读通知，最后以当地医保局、税务局的答复为准。";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_outcome_rests_on_is_a_sentence() {
        let said = |is: &[&str], not: &[&str]| {
            let [is, not] = [is, not].map(|names| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>());
            answered("身份", &is, &not)
        };
        assert_eq!(said(&["低保户"], &[]), "身份：低保户");
        assert_eq!(said(&["有，但断过", "没有"], &[]), "身份，符合下面一种就行：有，但断过；没有");
        assert_eq!(said(&[], &["孤儿"]), "身份：不是孤儿");
        assert_eq!(said(&[], &["孤儿", "低保户"]), "身份，下面这些都不是：孤儿、低保户");
        assert_eq!(said(&["低保户"], &["孤儿"]), "身份：低保户，但不是孤儿");
        let both = "身份，符合下面一种就行：甲；乙；但下面这些都不是：丙、丁";
        assert_eq!(said(&["甲", "乙"], &["丙", "丁"]), both);
        for id in ["day_count", "overlap"] {
            let (question, options) = engine_reading(id).expect("a reading of all notices");
            for (_, option) in options {
                let line = read_as(question, &[option]);
                assert!(line.contains("？通知没写，按“") && line.matches('按').count() == 1, "{line}");
            }
        }
    }
}

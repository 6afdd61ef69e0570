//! A notice's rules in words: conditions, days and values as policy staff say them.

use canbao_engine::contract::{Kind, Today, When, Word};
use canbao_policy::model::{
    Action, Answer, ChannelId, Condition, Count, DateExpr, Dates, Event, Gives, Group, LastYear, Left, Notice,
    OtherPlan, QuestionKind, Range, Residence, Round, Rounding, Route, Span, SpanUnit, Student, Topic, Unstated,
    WayKind, Window,
};
use chrono::{Datelike, NaiveDate};

/// A day of the calendar.
#[must_use]
pub fn day(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// A stretch of days; an end that is not stated is said to be so.
#[must_use]
pub fn stretch(from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
    match (from, to) {
        (Some(from), Some(to)) if from == to => day(from),
        (Some(from), Some(to)) => format!("{}至{}", day(from), day(to)),
        (Some(from), None) => format!("{}起，没有写到哪天止", day(from)),
        (None, Some(to)) => format!("到{}止", day(to)),
        (None, None) => "没有写日期".to_owned(),
    }
}

/// A length of time.
#[must_use]
pub fn span(span: Span) -> String {
    match span.unit {
        SpanUnit::Days => format!("{}天", span.count.abs()),
        SpanUnit::Months => format!("{}个月", span.count.abs()),
    }
}

const fn event(event: Event) -> &'static str {
    match event {
        Event::BirthDate => "出生日",
        Event::LeftOn => "退出其他保障（或出狱、退役、接收）之日",
        Event::RecognisedOn => "身份认定之日",
        Event::Payment => "缴费当天",
    }
}

/// Household registration and home.
#[must_use]
pub const fn residence(value: Residence) -> &'static str {
    match value {
        Residence::Local => "本县户籍",
        Residence::Permit => "外地户籍、持本县居住证",
        Residence::Living => "外地户籍、长住本县、无居住证",
        Residence::Away => "户籍和居住都不在本县",
    }
}

/// Cover today.
#[must_use]
pub const fn other_plan(value: OtherPlan) -> &'static str {
    match value {
        OtherPlan::None => "没有其他保障",
        OtherPlan::Employee => "正在参加职工医保",
        OtherPlan::ResidentElsewhere => "已在外地参加居民医保",
        OtherPlan::Other => "有其他国家规定的保障",
    }
}

/// What was left.
#[must_use]
pub const fn left(value: Left) -> &'static str {
    match value {
        Left::None => "没有退出其他保障",
        Left::Employee => "职工医保中断",
        Left::Soldier => "退役军人",
        Left::SoldierSpouse => "随军未就业配偶",
        Left::ConscriptReturned => "征兵退回人员",
        Left::Prison => "刑满释放",
        Left::CommunityCorrection => "社区矫正",
        Left::WelfareHome => "儿童福利机构接收",
    }
}

/// Cover last year.
#[must_use]
pub const fn last_year(value: LastYear) -> &'static str {
    match value {
        LastYear::Resident => "上年参加居民医保",
        LastYear::Employee => "上年参加职工医保",
        LastYear::Other => "上年有其他国家规定的保障",
        LastYear::Partial => "上年参保中途断过",
        LastYear::None => "上年没有参保（以前参过）",
        LastYear::Never => "从来没有参保",
    }
}

/// Student.
#[must_use]
pub const fn student(value: Student) -> &'static str {
    match value {
        Student::None => "不是大中专学生",
        Student::NewHere => "本地学校新生",
        Student::Here => "本地学校在校生",
        Student::Away => "外地学校学生",
    }
}

/// A route.
#[must_use]
pub const fn route(value: Route) -> &'static str {
    match value {
        Route::Central => "集中缴费",
        Route::Newborn => "新生儿",
        Route::Left => "退出其他制度补办",
        Route::Late => "集中期外",
        Route::LateGroup => "期外新认定困难",
        Route::School => "学校统一参保",
        Route::None => "—",
    }
}

/// What a way leads to.
#[must_use]
pub const fn way_kind(kind: Option<WayKind>, action: Option<Action>) -> &'static str {
    match (kind, action) {
        (Some(WayKind::NotCovered), _) => "不在本地参保",
        (Some(WayKind::Unstated), _) => "通知没有写，需询问",
        (_, Some(Action::Register)) => "登记即可参保",
        _ => "缴费参保",
    }
}

/// What an outcome amounts to.
#[must_use]
pub const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Pay => "缴费",
        Kind::Free => "不缴费",
        Kind::Unstated => "通知没有写",
        Kind::NotCovered => "不在本地参保",
    }
}

/// Whether it can be done on the day.
#[must_use]
pub const fn today(today: Today) -> &'static str {
    match today {
        Today::Open => "当天能缴",
        Today::Closed => "当天不能缴",
        Today::Disputed => "当天能不能缴有两种理解",
        Today::Unstated => "当天能不能缴没有写",
        Today::NotNeeded => "不用缴",
    }
}

/// A way to pay, where the notice has no name for it.
#[must_use]
pub const fn channel(id: ChannelId) -> &'static str {
    match id {
        ChannelId::Wechat => "微信",
        ChannelId::Alipay => "支付宝",
        ChannelId::Unionpay => "云闪付",
        ChannelId::BankApp => "手机银行",
        ChannelId::BankCounter => "银行柜台",
        ChannelId::BankKiosk => "银行自助机",
        ChannelId::TaxSite => "电子税务局",
        ChannelId::TaxApp => "税务APP",
        ChannelId::TaxHall => "办税服务厅",
        ChannelId::Pos => "POS机",
        ChannelId::Collector => "集中代收",
        ChannelId::School => "学校代收",
        ChannelId::FamilyAccount => "职工医保家庭共济",
    }
}

/// What a piece of information is about.
#[must_use]
pub const fn topic(topic: Topic) -> &'static str {
    match topic {
        Topic::Refund => "退费",
        Topic::Certificate => "缴费凭证",
        Topic::Incentive => "激励",
        Topic::Lookup => "缴费查询",
        Topic::Registration => "参保登记",
        Topic::Benefit => "待遇",
        Topic::Other => "其他",
    }
}

/// What a notice does not say.
#[must_use]
pub const fn unstated(about: Unstated) -> &'static str {
    match about {
        Unstated::Fee => "缴多少",
        Unstated::Assistance => "有没有资助",
        Unstated::Deadline => "截止日期",
        Unstated::Late => "过期能不能缴",
        Unstated::BenefitFrom => "待遇从哪天起",
        Unstated::BenefitTo => "待遇到哪天止",
        Unstated::Wait => "有没有等待期",
        Unstated::Refund => "退费",
        Unstated::Register => "怎么登记",
        Unstated::Residence => "算不算本地人",
    }
}

/// A question of the contract.
#[must_use]
pub const fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Residence => "户籍和居住",
        Answer::OtherPlan => "现在的保障",
        Answer::BirthDate => "出生日期",
        Answer::Groups => "困难身份",
        Answer::RecognisedOn => "身份认定日期",
        Answer::Left => "退出的保障",
        Answer::LeftOn => "退出日期",
        Answer::EmployeeTwoYears => "职工医保连续参保满2年",
        Answer::EmployeeMonths => "当年职工医保缴费月数",
        Answer::EmployeeGap => "当年职工医保有空档",
        Answer::EmployeeMonthsLastYear => "上年职工医保缴费月数",
        Answer::LastYear => "上年参保情况",
        Answer::MissedYears => "断保年数",
        Answer::NoClaims => "上年居民医保零报销",
        Answer::Student => "学生",
        Answer::ParentInsured => "父母一方参加本省医保",
    }
}

/// How a percentage is rounded.
#[must_use]
pub fn rounding(rounding: Rounding) -> String {
    let mode = match rounding.mode {
        Round::Up => "向上取整",
        Round::Down => "舍去零头",
        Round::HalfUp => "四舍五入",
    };
    format!("按{}元{mode}", rounding.to)
}

/// What an assistance gives.
#[must_use]
pub fn gives(gives: Gives) -> String {
    match gives {
        Gives::All => "全额资助".to_owned(),
        Gives::Amount(amount) => format!("资助{amount}元"),
        Gives::Pays(amount) => format!("个人缴{amount}元，其余资助"),
        Gives::Percent(percent) => {
            let of = percent.of.map_or_else(|| "个人缴费".to_owned(), |of| format!("{of}元"));
            let round = percent.round.map_or_else(String::new, |round| format!("，{}", self::rounding(round)));
            format!("资助{of}的{}%{round}", percent.rate)
        }
        Gives::Unstated => "通知没有写给不给资助".to_owned(),
    }
}

/// Says things in the words of one notice.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    notice: &'a Notice,
}

impl<'a> Words<'a> {
    /// In the words of this notice.
    #[must_use]
    pub fn of(notice: &'a Notice) -> Self {
        Self { notice }
    }

    /// A group, as the notice names it.
    #[must_use]
    pub fn group(self, id: Group) -> &'a str {
        self.notice.groups.iter().find(|entry| entry.id == id).map_or_else(|| id.name(), |entry| &entry.name)
    }

    fn groups(self, ids: &[Group]) -> String {
        ids.iter().map(|&id| self.group(id)).collect::<Vec<_>>().join("、")
    }

    fn period(self, id: &str) -> &'a str {
        self.notice.periods.iter().find(|period| period.id == id).map_or("", |period| &period.label)
    }

    /// A day as the notice gives it.
    #[must_use]
    pub fn date(self, expr: &DateExpr) -> String {
        let year = self.notice.notice.year;
        match expr {
            DateExpr::Day(fixed) => day(*fixed),
            DateExpr::Event(which) => event(*which).to_owned(),
            DateExpr::YearStart => format!("{year}年1月1日"),
            DateExpr::YearEnd => format!("{year}年12月31日"),
            DateExpr::PeriodStart(id) => format!("{}第一天", self.period(id)),
            DateExpr::PeriodEnd(id) => format!("{}最后一天", self.period(id)),
            DateExpr::Within(length, which) => format!("{}起{}内", event(*which), span(*length)),
            DateExpr::Plus(base, length) if length.count < 0 => format!("{}前{}", self.date(base), span(*length)),
            DateExpr::Plus(base, Span { count: 1, unit: SpanUnit::Days }) => format!("{}的次日", self.date(base)),
            DateExpr::Plus(base, length) => format!("{}后{}", self.date(base), span(*length)),
            DateExpr::MonthAfter(base) => format!("{}的次月1日", self.date(base)),
            DateExpr::Later(a, b) => format!("{}和{}中较晚的一天", self.date(a), self.date(b)),
            DateExpr::Earlier(a, b) => format!("{}和{}中较早的一天", self.date(a), self.date(b)),
        }
    }

    fn dates(self, what: &str, dates: &Dates) -> String {
        match (&dates.from, &dates.to) {
            (Some(from), Some(to)) => format!("{what}在{}至{}", self.date(from), self.date(to)),
            (Some(from), None) => format!("{what}在{}或以后", self.date(from)),
            (None, Some(DateExpr::Within(length, which))) => format!("{what}在{}起{}内", event(*which), span(*length)),
            (None, Some(to)) => format!("{what}不晚于{}", self.date(to)),
            (None, None) => format!("{what}已知"),
        }
    }

    /// When a way can be taken.
    #[must_use]
    pub fn window(self, window: &Window) -> String {
        let mut text = match &window.period {
            Some(period) => self.period(period).to_owned(),
            None => match (&window.from, &window.to) {
                (Some(from), Some(to)) => format!("{}至{}", self.date(from), self.date(to)),
                (Some(from), None) => format!("{}起，没有写到哪天止", self.date(from)),
                (None, Some(to)) => self.date(to),
                (None, None) => "随时".to_owned(),
            },
        };
        if let Some(days) = window.days {
            text.push_str(&format!("，每月{}日至{}日", days.first, days.last));
        }
        if window.when != Condition::default() {
            text.push_str(&format!("（{}）", self.condition(&window.when)));
        }
        text
    }

    /// A condition; 任何人 for one that always holds.
    #[must_use]
    pub fn condition(self, condition: &Condition) -> String {
        let parts = self.parts(condition);
        if parts.is_empty() { "任何人".to_owned() } else { parts.join("；") }
    }

    fn parts(self, c: &Condition) -> Vec<String> {
        let mut parts = Vec::new();
        if c.residence.len() + 1 == Residence::ALL.len() && !c.residence.contains(&Residence::Away) {
            parts.push("户籍或居住在本县".to_owned());
        } else {
            parts.extend(one_of(&c.residence, Residence::ALL, residence));
        }
        parts.extend(one_of(&c.other_plan, OtherPlan::ALL, other_plan));
        parts.extend(one_of(&c.left, Left::ALL, left));
        parts.extend(one_of(&c.last_year, LastYear::ALL, last_year));
        parts.extend(one_of(&c.student, Student::ALL, student));
        match c.groups.as_slice() {
            [] => {}
            [one] => parts.push(format!("属于{}", self.group(*one))),
            several => parts.push(format!("属于{}之一", self.groups(several))),
        }
        if !c.all_groups.is_empty() {
            parts.push(format!("同时属于{}", self.groups(&c.all_groups)));
        }
        parts.extend(c.count.as_ref().map(|count| self.count(count)));
        for (value, what) in [
            (c.employee_two_years, answer(Answer::EmployeeTwoYears)),
            (c.employee_gap, answer(Answer::EmployeeGap)),
            (c.no_claims, answer(Answer::NoClaims)),
            (c.parent_insured, answer(Answer::ParentInsured)),
        ] {
            parts.extend(value.map(|yes| yes_no(what, yes)));
        }
        for (value, what) in [
            (c.employee_months, answer(Answer::EmployeeMonths)),
            (c.employee_months_last_year, answer(Answer::EmployeeMonthsLastYear)),
            (c.missed_years, answer(Answer::MissedYears)),
        ] {
            parts.extend(value.map(|value| range(what, value)));
        }
        for (value, what) in [
            (&c.birth_date, "出生日期"),
            (&c.left_on, "退出日期"),
            (&c.recognised_on, "身份认定日期"),
            (&c.payment, "缴费日期"),
        ] {
            parts.extend(value.as_ref().map(|dates| self.dates(what, dates)));
        }
        parts.extend(c.age.as_ref().map(|age| {
            let least = age.at_least.map(|n| format!("满{n}周岁"));
            let under = age.under.map(|n| format!("不满{n}周岁"));
            let both: Vec<String> = least.into_iter().chain(under).collect();
            format!("在{}{}", self.date(&age.on), both.join("、"))
        }));
        if !c.way.is_empty() {
            parts.push(format!("走{}", c.way.iter().map(|id| self.way(id)).collect::<Vec<_>>().join("或")));
        }
        if !c.route.is_empty() {
            parts.push(format!("走“{}”", c.route.iter().map(|&r| route(r)).collect::<Vec<_>>().join("”或“")));
        }
        for (id, options) in &c.reading {
            parts.push(self.read_as(id, options));
        }
        for (id, choices) in &c.choice {
            parts.push(format!("{}：{}", self.ask(id), self.choices(id, choices).join("或")));
        }
        for (id, value) in &c.number {
            parts.push(range(&self.ask(id), *value));
        }
        parts.extend(c.all.iter().flat_map(|inner| self.parts(inner)));
        if !c.any.is_empty() {
            let any = c.any.iter().map(|inner| format!("（{}）", self.condition(inner)));
            parts.push(any.collect::<Vec<_>>().join("或"));
        }
        parts.extend(c.not.as_ref().map(|inner| format!("不是（{}）", self.condition(inner))));
        parts
    }

    /// A way by its name in the file, with its route.
    #[must_use]
    pub fn way(self, id: &str) -> String {
        match self.notice.ways.iter().find(|way| way.id == id).map(|way| way.route) {
            Some(Route::None) | None => format!("`{id}`"),
            Some(taken) => format!("“{}”(`{id}`)", route(taken)),
        }
    }

    fn count(self, count: &Count) -> String {
        let least = count.at_least.map(|n| format!("至少{n}种"));
        let most = count.at_most.map(|n| format!("至多{n}种"));
        let both: Vec<String> = least.into_iter().chain(most).collect();
        format!("在{}中占{}", self.groups(&count.of), both.join("、"))
    }

    /// An open reading, by its number on the sheet, under some of its options.
    fn read_as(self, id: &str, options: &[impl AsRef<str>]) -> String {
        let number = self.notice.readings.iter().position(|reading| reading.id == id);
        let number = number.map_or_else(String::new, |at| format!("待释疑{}", at + 1));
        format!("{number}按“{}”理解", self.options(id, options).join("”或“"))
    }

    fn options(self, id: &str, options: &[impl AsRef<str>]) -> Vec<String> {
        let reading = self.notice.readings.iter().find(|reading| reading.id == id);
        let label = |option: &str| {
            let found = reading.and_then(|reading| reading.options.iter().find(|entry| entry.id == option));
            found.map_or_else(|| implicit(option).to_owned(), |entry| entry.label.clone())
        };
        options.iter().map(|option| label(option.as_ref())).collect()
    }

    fn ask(self, id: &str) -> String {
        let known = Answer::parse(id).map(|known| answer(known).to_owned());
        let own = || self.notice.questions.iter().find(|question| question.id == id).map(|q| q.ask.clone());
        known.or_else(own).unwrap_or_else(|| id.to_owned())
    }

    fn choices(self, id: &str, choices: &[String]) -> Vec<String> {
        let question = self.notice.questions.iter().find(|question| question.id == id);
        let label = |choice: &String| match question.map(|question| &question.kind) {
            Some(QuestionKind::Choice(all)) => {
                all.iter().find(|entry| entry.id == *choice).map_or_else(|| choice.clone(), |e| e.label.clone())
            }
            _ => plain(choice),
        };
        choices.iter().map(label).collect()
    }

    /// One thing an outcome rests on.
    #[must_use]
    pub fn when(self, when: &When) -> String {
        match when {
            When::Reading { reading, is } => self.read_as(reading, is),
            When::Answer { answer, is, not } => {
                let named = |values: &[Word]| -> String {
                    values.iter().map(|value| self.value(answer, value)).collect::<Vec<_>>().join("或")
                };
                let ask = self.ask(answer);
                match (is.is_empty(), not.is_empty()) {
                    (_, true) => format!("{ask}：{}", named(is)),
                    (true, false) => format!("{ask}：不属于{}", named(not)),
                    (false, false) => format!("{ask}：{}，不属于{}", named(is), named(not)),
                }
            }
        }
    }

    /// The value of an answer, as it stands in a request.
    fn value(self, key: &str, value: &str) -> String {
        let known = match Answer::parse(key) {
            Some(Answer::Residence) => Residence::parse(value).map(residence),
            Some(Answer::OtherPlan) => OtherPlan::parse(value).map(other_plan),
            Some(Answer::Left) => Left::parse(value).map(left),
            Some(Answer::LastYear) => LastYear::parse(value).map(last_year),
            Some(Answer::Student) => Student::parse(value).map(student),
            Some(Answer::Groups) => Group::parse(value).map(|id| self.group(id)),
            Some(_) => None,
            None => return self.choices(key, &[value.to_owned()]).join(""),
        };
        known.map_or_else(|| plain(value), str::to_owned)
    }
}

/// One of these values; all but one is said shorter by the one.
fn one_of<T: Copy + PartialEq>(values: &[T], all: &[T], name: fn(T) -> &'static str) -> Option<String> {
    let missing: Vec<T> = all.iter().copied().filter(|value| !values.contains(value)).collect();
    match (values, missing.as_slice()) {
        ([], _) => None,
        (_, [one]) if all.len() > 3 => Some(format!("不是“{}”", name(*one))),
        _ => Some(values.iter().map(|&value| name(value)).collect::<Vec<_>>().join("或")),
    }
}

/// The options of readings that the engine opens by itself.
fn implicit(option: &str) -> &str {
    match option {
        "strict" => "事件当天算第1天",
        "wide" => "事件次日算第1天",
        other => other,
    }
}

/// A value as text: yes and no, and ranges `from/to`.
fn plain(value: &str) -> String {
    match value {
        "true" | "yes" => "是".to_owned(),
        "false" | "no" => "否".to_owned(),
        _ => match value.split_once('/') {
            Some(("..", to)) => format!("不超过{to}"),
            Some((from, "..")) => format!("{from}或以后"),
            Some((from, to)) => format!("{from}至{to}"),
            None => value.to_owned(),
        },
    }
}

fn yes_no(what: &str, yes: bool) -> String {
    if yes { what.to_owned() } else { format!("没有“{what}”") }
}

fn range(what: &str, range: Range) -> String {
    match (range.at_least, range.at_most) {
        (Some(a), Some(b)) if a == b => format!("{what}为{a}"),
        (Some(a), Some(b)) => format!("{what}为{a}至{b}"),
        (Some(a), None) => format!("{what}至少{a}"),
        (None, Some(b)) => format!("{what}至多{b}"),
        (None, None) => format!("{what}已知"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(condition: &str, expected: &str) {
        let notice: Notice = toml::from_str(
            r#"
            [notice]
            year = 2030
            title = "t"
            place = { code = "123456", name = "n", pinyin = "p", province = "q" }
            [[period]]
            id = "central"
            label = "集中缴费期"
            from = "2029-10-01"
            to = "2030-02-28"
            [[group]]
            id = "dibao"
            name = "低保户"
            "#,
        )
        .expect("reads");
        let condition: Condition = toml::from_str(condition).expect("reads");
        assert_eq!(Words::of(&notice).condition(&condition), expected);
    }

    #[test]
    fn conditions_in_words() {
        check("", "任何人");
        check(
            "groups = [\"dibao\"]\nresidence = [\"local\", \"permit\"]",
            "本县户籍或外地户籍、持本县居住证；属于低保户",
        );
        check("not = { groups = [\"dibao\", \"orphan\"] }", "不是（属于低保户、孤儿之一）");
        check(
            "any = [{ no_claims = true }, { missed_years = { at_least = 2 } }]",
            "（上年居民医保零报销）或（断保年数至少2）",
        );
        check("birth_date = { from = \"year_start\" }", "出生日期在2030年1月1日或以后");
        check("payment = { from = \"central.end + 1 day\" }", "缴费日期在集中缴费期最后一天的次日或以后");
        check("payment = { to = \"90 days of birth_date\" }", "缴费日期在出生日起90天内");
        check("age = { at_least = 18, under = 60, on = \"year_end\" }", "在2030年12月31日满18周岁、不满60周岁");
    }
}

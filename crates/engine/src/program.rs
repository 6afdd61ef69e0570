//! A notice made ready for evaluation.
//!
//! Names become indices, periods are put into date expressions, and for each way the rules that can ever apply on it
//! are listed. This is done once; everything that depends on a person or a day is left to `decide`.

use crate::dates::{Counting, Day, Events, Expr, number};
use crate::money::{Money, Relief};
use crate::view::{MAX_OPTIONS, MAX_READINGS};
use crate::why::{self, Why};
use canbao_policy::model::{
    Action, Basis, Before, Condition, DateExpr, Dates, Days, Event, FirstDay, Group, Growth, LastYear, Left, Notice,
    OtherPlan, Overlap, QuestionKind, Range, Required, Residence, Route, RuleHead, Span, SpanUnit, Student, Unstated,
    Waived, WayKind, Yuan,
};
use canbao_policy::pack::{Pack, Reader};
use canbao_policy::packed;
use chrono::NaiveDate;

/// The variables of the diagrams, in the order in which they are tested: the questions that decide most come first,
/// groups after them, readings last, so that what is below the last answer is the readings alone.
pub(crate) mod var {
    use canbao_policy::model::Answer;

    /// The answers of the variables that every notice has, in order.
    pub(crate) const FIXED: [Answer; CUSTOM as usize] = [
        Answer::Residence,
        Answer::OtherPlan,
        Answer::BirthDate,
        Answer::Student,
        Answer::ParentInsured,
        Answer::Left,
        Answer::LeftOn,
        Answer::EmployeeTwoYears,
        Answer::EmployeeMonths,
        Answer::EmployeeGap,
        Answer::EmployeeMonthsLastYear,
        Answer::LastYear,
        Answer::MissedYears,
        Answer::NoClaims,
    ];
    pub(crate) const RESIDENCE: u8 = 0;
    pub(crate) const OTHER_PLAN: u8 = 1;
    pub(crate) const BIRTH_DATE: u8 = 2;
    pub(crate) const STUDENT: u8 = 3;
    pub(crate) const PARENT_INSURED: u8 = 4;
    pub(crate) const LEFT: u8 = 5;
    pub(crate) const LEFT_ON: u8 = 6;
    pub(crate) const EMPLOYEE_TWO_YEARS: u8 = 7;
    pub(crate) const EMPLOYEE_MONTHS: u8 = 8;
    pub(crate) const EMPLOYEE_GAP: u8 = 9;
    pub(crate) const EMPLOYEE_MONTHS_LAST_YEAR: u8 = 10;
    pub(crate) const LAST_YEAR: u8 = 11;
    pub(crate) const MISSED_YEARS: u8 = 12;
    pub(crate) const NO_CLAIMS: u8 = 13;
    pub(crate) const CUSTOM: u8 = 14;
}

packed! {
    /// Where the variables that depend on the notice lie.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Layout {
        pub(crate) groups: u8,
        pub(crate) recognised_on: u8,
        pub(crate) readings: u8,
        pub(crate) counting: u8,
        pub(crate) overlap: u8,
    }
}

/// A test of a condition.
#[derive(Clone, Debug)]
pub(crate) enum Test {
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    /// A choice, group or reading: bit `v` of the mask for value `v` of so many.
    OneOf {
        var: u8,
        mask: u32,
        values: u32,
    },
    /// A number in a range.
    Between {
        var: u8,
        low: i32,
        high: i32,
    },
    /// So many of these yes-no variables.
    Count {
        of: Vec<u8>,
        low: u32,
        high: u32,
    },
    /// The first day is not after the second.
    NotAfter(Expr, Expr),
    /// The way taken is one of these (bits).
    Way(u64),
}

impl Pack for Test {
    fn pack(&self, out: &mut String) {
        match self {
            Self::All(tests) => {
                0u8.pack(out);
                tests.pack(out);
            }
            Self::Any(tests) => {
                1u8.pack(out);
                tests.pack(out);
            }
            Self::Not(test) => {
                2u8.pack(out);
                test.pack(out);
            }
            Self::OneOf { var, mask, values } => ((3u8, *var), (*mask, *values)).pack(out),
            Self::Between { var, low, high } => ((4u8, *var), (*low, *high)).pack(out),
            Self::Count { of, low, high } => {
                5u8.pack(out);
                of.pack(out);
                (*low, *high).pack(out);
            }
            Self::NotAfter(a, b) => {
                6u8.pack(out);
                a.pack(out);
                b.pack(out);
            }
            Self::Way(bits) => (7u8, *bits).pack(out),
        }
    }

    #[inline(never)]
    fn unpack(from: &mut Reader<'_>) -> Self {
        match u8::unpack(from) {
            0 => Self::All(Pack::unpack(from)),
            1 => Self::Any(Pack::unpack(from)),
            2 => Self::Not(Pack::unpack(from)),
            3 => Self::OneOf { var: Pack::unpack(from), mask: Pack::unpack(from), values: Pack::unpack(from) },
            4 => Self::Between { var: Pack::unpack(from), low: Pack::unpack(from), high: Pack::unpack(from) },
            5 => Self::Count { of: Pack::unpack(from), low: Pack::unpack(from), high: Pack::unpack(from) },
            6 => Self::NotAfter(Pack::unpack(from), Pack::unpack(from)),
            7 => Self::Way(Pack::unpack(from)),
            _ => {
                from.failed = true;
                Self::Way(0)
            }
        }
    }
}

packed! {
    #[derive(Clone, Debug)]
    pub(crate) struct Window {
        pub(crate) from: Option<Expr>,
        pub(crate) to: Option<Expr>,
        pub(crate) days: Option<Days>,
        pub(crate) unstated_before: bool,
        pub(crate) when: Test,
        pub(crate) cites: Vec<u16>,
    }
}

packed! {
    /// The head of a rule, ready.
    #[derive(Clone, Debug)]
    pub(crate) struct Head {
        pub(crate) when: Test,
        /// The rules of its kind that override it.
        pub(crate) overridden_by: Vec<usize>,
        pub(crate) cites: Vec<u16>,
        /// What is said where it applies.
        pub(crate) notes: Vec<String>,
    }
}

packed! {
    #[derive(Clone, Debug)]
    pub(crate) struct WayRule {
        pub(crate) head: Head,
        pub(crate) route: Route,
        pub(crate) kind: WayKind,
        pub(crate) action: Action,
        pub(crate) windows: Vec<Window>,
        pub(crate) unstated: Vec<Unstated>,
        /// Rules of each kind that can apply on this way.
        pub(crate) fees: Vec<usize>,
        pub(crate) assists: Vec<usize>,
        pub(crate) benefits: Vec<usize>,
        pub(crate) waits: Vec<usize>,
        pub(crate) extras: Vec<Vec<usize>>,
        pub(crate) registers: Vec<usize>,
    }
}

packed! {
    #[derive(Clone, Debug)]
    pub(crate) struct FeeRule {
        pub(crate) head: Head,
        /// `None` where the notice gives no amount.
        pub(crate) standard: Option<Money>,
        pub(crate) fiscal: Money,
        pub(crate) waived: Money,
        pub(crate) basis: Basis,
        pub(crate) unstated: Vec<Unstated>,
    }
}

packed! {
    #[derive(Clone, Debug)]
    pub(crate) struct AssistRule {
        pub(crate) head: Head,
        pub(crate) relief: Relief,
        pub(crate) layer: u8,
        /// Who pays it.
        pub(crate) by: Option<String>,
    }
}

packed! {
    #[derive(Clone, Debug)]
    pub(crate) struct ExtraRule {
        pub(crate) head: Head,
        /// The premium's id.
        pub(crate) premium: String,
        pub(crate) label: String,
        /// Without one the rule is an exemption.
        pub(crate) amount: Option<Money>,
        pub(crate) required: Required,
    }
}

impl ExtraRule {
    /// Compulsory, and more than nothing.
    pub(crate) fn due(&self) -> bool {
        self.required == Required::Yes && self.amount.is_some_and(|amount| !amount.is_zero())
    }
}

packed! {
    #[derive(Clone, Debug)]
    pub(crate) struct RegisterRule {
        pub(crate) head: Head,
        pub(crate) working_days_min: u8,
        pub(crate) working_days_max: u8,
    }
}

packed! {
    #[derive(Clone, Debug)]
    pub(crate) struct BenefitRule {
        pub(crate) head: Head,
        pub(crate) from: Option<Expr>,
        pub(crate) from_safe: Option<Expr>,
        pub(crate) to: Option<Expr>,
        pub(crate) level: Option<String>,
    }
}

packed! {
    #[derive(Clone, Debug)]
    pub(crate) struct WaitRule {
        pub(crate) head: Head,
        pub(crate) length: Option<Span>,
        pub(crate) grows: Option<Growth>,
        pub(crate) less: Option<Shortened>,
        pub(crate) from: Expr,
        pub(crate) first_day: Option<FirstDay>,
    }
}

packed! {
    /// A number question that shortens a wait.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Shortened {
        pub(crate) var: u8,
        /// Its largest answer.
        pub(crate) most: u32,
        /// By how much each.
        pub(crate) each: Span,
    }
}

packed! {
    /// A notice made ready for evaluation; build it once, evaluate many times.
    #[derive(Debug)]
    pub struct Program {
        pub(crate) notice: Notice,
        pub(crate) id: String,
        pub(crate) layout: Layout,
        pub(crate) year_start: Day,
        pub(crate) year_end: Day,
        pub(crate) ways: Vec<WayRule>,
        pub(crate) fees: Vec<FeeRule>,
        pub(crate) assists: Vec<AssistRule>,
        /// Where several kinds of assistance apply, the one that leaves least to pay is taken.
        pub(crate) highest: bool,
        pub(crate) benefits: Vec<BenefitRule>,
        pub(crate) waits: Vec<WaitRule>,
        pub(crate) extras: Vec<ExtraRule>,
        pub(crate) registers: Vec<RegisterRule>,
        pub(crate) notes: Vec<(Test, String)>,
        pub(crate) channels: Vec<Test>,
        pub(crate) audiences: Vec<Vec<Test>>,
        pub(crate) papers: Vec<Test>,
        pub(crate) infos: Vec<Test>,
        pub(crate) why: Vec<Why>,
        /// The first day of the earliest period.
        pub(crate) first_period: Day,
    }
}

/// Why a notice cannot be made ready: a reference to nothing, or a comparison the engine does not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The rule or entry concerned.
    pub rule: String,
    /// What is wrong, in plain Chinese.
    pub message: String,
}

/// More than any notice has; each must fit a diagram's terminal.
const MAX_RULES: usize = 60;
const MAX_WINDOWS: usize = 8;

struct Compiler<'a> {
    notice: &'a Notice,
    layout: Layout,
    periods: Vec<(Day, Day)>,
    faults: Vec<Fault>,
    rule: String,
}

impl Compiler<'_> {
    fn fault(&mut self, message: impl Into<String>) {
        self.faults.push(Fault { rule: self.rule.clone(), message: message.into() });
    }

    fn expr(&mut self, expr: &DateExpr) -> Expr {
        let find = |id: &str| {
            let at = self.notice.periods.iter().position(|period| period.id == id)?;
            self.periods.get(at).copied()
        };
        let compiled = Expr::compile(expr, self.notice.notice.year, &find);
        compiled.unwrap_or_else(|| {
            self.fault(format!("日期“{expr}”用到了没有定义的时段"));
            Expr::Day(0)
        })
    }

    fn money(&mut self, amount: Option<Yuan>) -> Option<Money> {
        let money = amount.map(Money::of);
        if money == Some(None) {
            self.fault("金额太大，或小数位太多");
        }
        money.flatten()
    }

    fn optional(&mut self, expr: Option<&DateExpr>) -> Option<Expr> {
        expr.map(|expr| self.expr(expr))
    }

    fn cites(&mut self, labels: &[String]) -> Vec<u16> {
        let mut cites = Vec::new();
        for label in labels {
            match self.notice.clauses.iter().position(|clause| clause.label == *label) {
                Some(at) => cites.push(u16::try_from(at).unwrap_or(u16::MAX)),
                None => self.fault(format!("没有条款“{label}”")),
            }
        }
        cites
    }

    fn not_after(&mut self, a: Expr, b: Expr) -> Test {
        let mut events = Vec::new();
        let mut collect = |event: Event| {
            if event != Event::Payment && !events.contains(&event) {
                events.push(event);
            }
        };
        a.each_event(&mut collect);
        b.each_event(&mut collect);
        let both = |e: &Expr| {
            let mut any = false;
            e.each_event(&mut |event| any |= event != Event::Payment);
            any
        };
        if events.len() > 1 || (both(&a) && both(&b)) {
            self.fault("不能拿一个人的两个日期互相比较，只能与固定日期或缴费日比较");
        }
        Test::NotAfter(a, b)
    }

    fn dates(&mut self, event: Event, dates: &Dates, all: &mut Vec<Test>) {
        if let Some(from) = self.optional(dates.from.as_ref()) {
            let test = self.not_after(from, Expr::Event(event));
            all.push(test);
        }
        if let Some(to) = self.optional(dates.to.as_ref()) {
            let test = self.not_after(Expr::Event(event), to);
            all.push(test);
        }
    }

    fn condition(&mut self, condition: &Condition, in_way: bool) -> Test {
        let mut all = Vec::new();
        let c = condition;
        for part in &c.all {
            all.push(self.condition(part, in_way));
        }
        if !c.any.is_empty() {
            all.push(Test::Any(c.any.iter().map(|part| self.condition(part, in_way)).collect()));
        }
        if let Some(part) = &c.not {
            all.push(Test::Not(Box::new(self.condition(part, in_way))));
        }
        let mut choice = |var: u8, mask: u32, values: usize| {
            if mask != 0 {
                all.push(Test::OneOf { var, mask, values: u32::try_from(values).unwrap_or(0) });
            }
        };
        choice(var::RESIDENCE, mask(&c.residence, Residence::ALL), Residence::ALL.len());
        choice(var::OTHER_PLAN, mask(&c.other_plan, OtherPlan::ALL), OtherPlan::ALL.len());
        choice(var::LEFT, mask(&c.left, Left::ALL), Left::ALL.len());
        choice(var::LAST_YEAR, mask(&c.last_year, LastYear::ALL), LastYear::ALL.len());
        choice(var::STUDENT, mask(&c.student, Student::ALL), Student::ALL.len());
        let yes = |value: Option<bool>| value.map_or(0, |v| 1 << u32::from(v));
        choice(var::EMPLOYEE_TWO_YEARS, yes(c.employee_two_years), 2);
        choice(var::EMPLOYEE_GAP, yes(c.employee_gap), 2);
        choice(var::NO_CLAIMS, yes(c.no_claims), 2);
        choice(var::PARENT_INSURED, yes(c.parent_insured), 2);
        if !c.groups.is_empty() {
            // In the order of their variables: a diagram is built up from its last one.
            let mut groups = c.groups.clone();
            groups.sort_unstable_by_key(|&group| group as u8);
            all.push(Test::Any(groups.into_iter().map(|group| self.group(group)).collect()));
        }
        for &group in &c.all_groups {
            all.push(self.group(group));
        }
        if let Some(count) = &c.count {
            let of = count.of.iter().map(|&group| self.layout.groups + group as u8).collect();
            all.push(Test::Count { of, low: count.at_least.unwrap_or(0), high: count.at_most.unwrap_or(u32::MAX) });
        }
        let mut range = |var: u8, range: Option<Range>| {
            if let Some(range) = range {
                all.push(between(var, range));
            }
        };
        range(var::EMPLOYEE_MONTHS, c.employee_months);
        range(var::EMPLOYEE_MONTHS_LAST_YEAR, c.employee_months_last_year);
        range(var::MISSED_YEARS, c.missed_years);
        for (event, dates) in [
            (Event::BirthDate, &c.birth_date),
            (Event::LeftOn, &c.left_on),
            (Event::RecognisedOn, &c.recognised_on),
            (Event::Payment, &c.payment),
        ] {
            if let Some(dates) = dates {
                self.dates(event, dates, &mut all);
            }
        }
        if let Some(age) = &c.age {
            let on = self.expr(&age.on);
            // So old from the birthday on.
            let birthday = |years: u32| {
                let count = i32::try_from(years.min(200) * 12).unwrap_or(0);
                Expr::Plus(Box::new(Expr::Event(Event::BirthDate)), Span { count, unit: SpanUnit::Months })
            };
            if let Some(least) = age.at_least {
                all.push(self.not_after(birthday(least), on.clone()));
            }
            if let Some(under) = age.under {
                all.push(Test::Not(Box::new(self.not_after(birthday(under), on))));
            }
        }
        if !c.way.is_empty() {
            if in_way {
                self.fault("缴费办法（[[way]]）的条件里不能再用 `way`");
            }
            let mut bits = 0;
            for id in &c.way {
                match self.notice.ways.iter().position(|way| way.id == *id) {
                    Some(at) => bits |= 1u64.checked_shl(u32::try_from(at).unwrap_or(64)).unwrap_or(0),
                    None => self.fault(format!("没有缴费办法“{id}”")),
                }
            }
            all.push(Test::Way(bits));
        }
        if !c.route.is_empty() {
            if in_way {
                self.fault("缴费办法（[[way]]）的条件里不能再用 `route`");
            }
            let ways = self.notice.ways.iter().enumerate().filter(|(_, way)| c.route.contains(&way.route));
            all.push(Test::Way(ways.fold(0, |bits, (at, _)| bits | 1u64 << (at % 64))));
        }
        for (id, options) in &c.reading {
            all.push(self.reading(id, options));
        }
        for (id, choices) in &c.choice {
            all.push(self.choice(id, choices));
        }
        for (id, range) in &c.number {
            let at =
                self.notice.questions.iter().position(|q| q.id == *id && matches!(q.kind, QuestionKind::Number(_)));
            match at {
                Some(at) => all.push(between(custom(at), *range)),
                None => self.fault(format!("没有数字问题“{id}”")),
            }
        }
        if all.len() == 1
            && let Some(only) = all.pop()
        {
            only
        } else {
            Test::All(all)
        }
    }

    fn group(&self, group: Group) -> Test {
        Test::OneOf { var: self.layout.groups + group as u8, mask: 0b10, values: 2 }
    }

    fn reading(&mut self, id: &str, options: &[String]) -> Test {
        let Some((at, reading)) = self.notice.readings.iter().enumerate().find(|(_, r)| r.id == id) else {
            self.fault(format!("没有待释疑条款“{id}”"));
            return Test::Any(Vec::new());
        };
        let mut bits = 0;
        for option in options {
            match reading.options.iter().position(|o| o.id == *option) {
                Some(at) => bits |= 1 << (at % 32),
                None => self.fault(format!("待释疑条款“{id}”没有“{option}”这种理解")),
            }
        }
        let at = u8::try_from(at).unwrap_or(u8::MAX);
        let values = u32::try_from(reading.options.len()).unwrap_or(0);
        Test::OneOf { var: self.layout.readings.saturating_add(at), mask: bits, values }
    }

    fn choice(&mut self, id: &str, choices: &[String]) -> Test {
        let Some((at, question)) = self.notice.questions.iter().enumerate().find(|(_, q)| q.id == id) else {
            self.fault(format!("没有问题“{id}”"));
            return Test::Any(Vec::new());
        };
        let mut bits = 0;
        let mut values = 2;
        for choice in choices {
            let found = match &question.kind {
                QuestionKind::Choice(all) => {
                    values = u32::try_from(all.len()).unwrap_or(0);
                    all.iter().position(|c| c.id == *choice)
                }
                QuestionKind::YesNo => ["no", "yes"].iter().position(|c| c == choice),
                QuestionKind::Number(_) => None,
            };
            match found {
                Some(at) => bits |= 1 << (at % 32),
                None => self.fault(format!("问题“{id}”没有“{choice}”这个选项")),
            }
        }
        Test::OneOf { var: custom(at), mask: bits, values }
    }

    fn heads(&mut self, rules: &[&dyn RuleHead], in_way: bool) -> Vec<Head> {
        if rules.len() > MAX_RULES {
            self.fault("同一类规则太多");
        }
        let mut heads: Vec<Head> = Vec::with_capacity(rules.len());
        for rule in rules {
            rule.id().clone_into(&mut self.rule);
            let when = self.condition(rule.when(), in_way);
            let cites = self.cites(rule.clauses());
            heads.push(Head { when, overridden_by: Vec::new(), cites, notes: rule.notes().to_vec() });
        }
        for (at, rule) in rules.iter().enumerate() {
            rule.id().clone_into(&mut self.rule);
            for id in rule.over() {
                if id == "*" {
                    for (other, head) in heads.iter_mut().enumerate() {
                        if other != at {
                            head.overridden_by.push(at);
                        }
                    }
                } else if let Some(other) = rules.iter().position(|r| r.id() == id) {
                    heads[other].overridden_by.push(at);
                } else {
                    self.fault(format!("`over` 里的“{id}”不存在"));
                }
            }
        }
        heads
    }

    /// A window of a way. Nobody pays for a coverage year that is over, whatever "within 90 days" comes to; registering
    /// for it is left as the notice has it.
    fn window(&mut self, window: &canbao_policy::model::Window, action: Action) -> Window {
        let mut ready = Window {
            from: self.optional(window.from.as_ref()),
            to: self.optional(window.to.as_ref()),
            days: window.days,
            unstated_before: window.before == Some(Before::Unstated),
            when: self.condition(&window.when, true),
            cites: self.cites(&window.clauses),
        };
        if let Some(id) = &window.period {
            let found = self
                .notice
                .periods
                .iter()
                .position(|p| p.id == *id)
                .and_then(|at| self.periods.get(at).map(|p| (at, *p)));
            match found {
                Some((at, (from, to))) => {
                    ready.from.get_or_insert(Expr::Day(from));
                    ready.to.get_or_insert(Expr::Day(to));
                    ready.days = ready.days.or(self.notice.periods[at].days);
                    if window.clauses.is_empty() {
                        let labels = self.notice.periods[at].clauses.clone();
                        ready.cites = self.cites(&labels);
                    }
                }
                None => self.fault(format!("没有时段“{id}”")),
            }
        }
        if let (Action::Pay, Some(to)) = (action, &ready.to) {
            let year_end = NaiveDate::from_ymd_opt(self.notice.notice.year, 12, 31).map_or(Day::MAX, number);
            if !matches!(to, Expr::Day(day) if *day <= year_end) {
                ready.to = Some(Expr::Earlier(Box::new(to.clone()), Box::new(Expr::Day(year_end))));
            }
        }
        if let Some(days) = ready.days
            && !(1..=28).contains(&days.first)
        {
            self.fault("每月起始日要在 1 到 28 之间");
            ready.days = None;
        }
        ready
    }
}

/// The variable of the notice's own question at this place.
pub(crate) fn custom(at: usize) -> u8 {
    var::CUSTOM.saturating_add(u8::try_from(at).unwrap_or(u8::MAX))
}

fn mask<T: PartialEq>(chosen: &[T], all: &[T]) -> u32 {
    all.iter().enumerate().filter(|(_, value)| chosen.contains(value)).fold(0, |bits, (at, _)| bits | 1 << at)
}

fn between(var: u8, range: Range) -> Test {
    let bound = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    Test::Between { var, low: range.at_least.map_or(i32::MIN, bound), high: range.at_most.map_or(i32::MAX, bound) }
}

impl Test {
    /// Whether the test can hold on this way, whoever the person is.
    fn possible_on(&self, way: usize) -> Option<bool> {
        match self {
            Self::All(tests) => {
                let mut known = Some(true);
                for test in tests {
                    match test.possible_on(way) {
                        Some(false) => return Some(false),
                        None => known = None,
                        Some(true) => {}
                    }
                }
                known
            }
            Self::Any(tests) => {
                let mut known = Some(false);
                for test in tests {
                    match test.possible_on(way) {
                        Some(true) => return Some(true),
                        None => known = None,
                        Some(false) => {}
                    }
                }
                known
            }
            Self::Not(test) => test.possible_on(way).map(|holds| !holds),
            Self::Way(bits) => Some(bits >> (way % 64) & 1 == 1),
            _ => None,
        }
    }
}

/// Rules of one kind behind one face, so that the code for all kinds is there once.
fn dynamic<R: RuleHead>(rules: &[R]) -> Vec<&dyn RuleHead> {
    rules.iter().map(|rule| rule as &dyn RuleHead).collect()
}

fn on_way<R>(rules: &[R], head: fn(&R) -> &Head, way: usize) -> Vec<usize> {
    let possible = |at: &usize| head(&rules[*at]).when.possible_on(way) != Some(false);
    (0..rules.len()).filter(possible).collect()
}

impl Program {
    /// Makes a notice ready.
    ///
    /// # Errors
    /// Everything in the notice that refers to nothing, or that the engine cannot compare.
    #[allow(clippy::too_many_lines, reason = "one line for each table of the notice")]
    pub fn new(notice: Notice) -> Result<Self, Vec<Fault>> {
        let year = notice.notice.year;
        let year_day = |month, day| NaiveDate::from_ymd_opt(year, month, day).map_or(0, number);
        let customs = custom(notice.questions.len());
        let groups = u8::try_from(Group::ALL.len()).unwrap_or(u8::MAX);
        let readings = customs.saturating_add(groups).saturating_add(1);
        let counting = readings.saturating_add(u8::try_from(notice.readings.len()).unwrap_or(u8::MAX));
        let layout = Layout {
            groups: customs,
            recognised_on: customs.saturating_add(groups),
            readings,
            counting,
            overlap: counting.saturating_add(1),
        };
        let mut c = Compiler { notice: &notice, layout, periods: Vec::new(), faults: Vec::new(), rule: String::new() };
        let most = notice.readings.iter().map(|reading| reading.options.len()).max();
        if notice.readings.len() > MAX_READINGS || most > Some(MAX_OPTIONS) {
            c.fault("待释疑条款太多：最多 14 条，每条最多 4 种理解");
            return Err(c.faults);
        }
        if counting > 200 {
            c.fault("通知自己的问题和待释疑条款太多");
            return Err(c.faults);
        }
        if NaiveDate::from_ymd_opt(year, 1, 1).is_none() || !(2000..=2200).contains(&year) {
            c.fault("参保年度不对");
            return Err(c.faults);
        }
        for period in &notice.periods {
            c.rule.clone_from(&period.id);
            let (from, to) = (c.expr(&period.from), c.expr(&period.to));
            let fixed = |expr: &Expr| expr.eval(Events::default(), Counting::Wide);
            if let (Some(from), Some(to)) = (fixed(&from), fixed(&to)) {
                c.periods.push((from, to));
            } else {
                c.fault("时段的起止日必须是固定日期");
                c.periods.push((0, 0));
            }
        }
        let way_heads = c.heads(&dynamic(&notice.ways), true);
        let fee_heads = c.heads(&dynamic(&notice.fees), false);
        let assist_heads = c.heads(&dynamic(&notice.assists), false);
        let benefit_heads = c.heads(&dynamic(&notice.benefits), false);
        let wait_heads = c.heads(&dynamic(&notice.waits), false);
        let extra_heads = c.heads(&dynamic(&notice.extras), false);
        let register_heads = c.heads(&dynamic(&notice.registers), false);
        let registers = register_heads.into_iter().zip(&notice.registers).map(|(head, rule)| RegisterRule {
            head,
            working_days_min: rule.working_days_min,
            working_days_max: rule.working_days_max,
        });
        let registers: Vec<RegisterRule> = registers.collect();
        if notice.clauses.len() > 128 {
            c.fault("条款太多，最多 128 条");
        }
        if assist_heads.len() > 30 {
            c.fault("资助规则太多，最多 30 条");
        }
        let mut fees = Vec::new();
        for (head, rule) in fee_heads.into_iter().zip(&notice.fees) {
            c.rule.clone_from(&rule.id);
            let standard = c.money(rule.standard);
            let fiscal = c.money(rule.fiscal).unwrap_or_default();
            let sum = standard.unwrap_or_default().plus(fiscal);
            let waived = match rule.waived {
                None => Money::ZERO,
                Some(Waived::All) => sum,
                Some(Waived::Amount(amount)) => c.money(Some(amount)).unwrap_or_default().min(sum),
            };
            let (basis, unstated) = (rule.basis.unwrap_or(Basis::Stated), rule.unstated.clone());
            fees.push(FeeRule { head, standard, fiscal, waived, basis, unstated });
        }
        let mut assists = Vec::new();
        for (head, rule) in assist_heads.into_iter().zip(&notice.assists) {
            c.rule.clone_from(&rule.id);
            let relief = Relief::of(rule.gives).unwrap_or_else(|| {
                c.fault("资助的金额或比例太大，或小数位太多");
                Relief::Unstated
            });
            assists.push(AssistRule { head, relief, layer: rule.layer.unwrap_or(1), by: rule.by.clone() });
        }
        let mut extras = Vec::new();
        for (head, rule) in extra_heads.into_iter().zip(&notice.extras) {
            c.rule.clone_from(&rule.id);
            let amount = c.money(rule.amount);
            let premium = rule.premium.clone().unwrap_or_else(|| rule.id.clone());
            extras.push(ExtraRule { head, premium, label: rule.label.clone(), amount, required: rule.required });
        }
        let mut benefits = Vec::new();
        for (head, rule) in benefit_heads.into_iter().zip(&notice.benefits) {
            c.rule.clone_from(&rule.id);
            let from = c.optional(rule.from.as_ref());
            let from_safe = c.optional(rule.from_safe.as_ref());
            let to = c.optional(rule.to.as_ref());
            benefits.push(BenefitRule { head, from, from_safe, to, level: rule.level.clone() });
        }
        let mut waits = Vec::new();
        for (head, rule) in wait_heads.into_iter().zip(&notice.waits) {
            c.rule.clone_from(&rule.id);
            let from = c.optional(rule.from.as_ref()).unwrap_or(Expr::Event(Event::Payment));
            let mut less = None;
            if let Some(l) = &rule.less {
                let found = notice.questions.iter().enumerate().find_map(|(at, q)| match q.kind {
                    QuestionKind::Number(most) if q.id == l.number => {
                        Some(Shortened { var: custom(at), most, each: l.each })
                    }
                    _ => None,
                });
                if found.is_none() {
                    c.fault(format!("没有数字问题“{}”", l.number));
                }
                less = found;
            }
            let units = [rule.grows.map(|g| g.add), rule.grows.and_then(|g| g.cap), less.map(|l| l.each)];
            if let Some(length) = rule.length
                && units.into_iter().flatten().any(|span| span.unit != length.unit)
            {
                c.fault("等待期的基本长度和增减要用同一个单位（都用天或都用月）");
            }
            let (length, grows, first_day) = (rule.length, rule.grows, rule.first_day);
            waits.push(WaitRule { head, length, grows, less, from, first_day });
        }
        let mut premiums: Vec<(&str, Vec<usize>)> = Vec::new();
        for (at, extra) in notice.extras.iter().enumerate() {
            let name = extra.premium.as_deref().unwrap_or(&extra.id);
            match premiums.iter_mut().find(|(known, _)| *known == name) {
                Some((_, rules)) => rules.push(at),
                None => premiums.push((name, vec![at])),
            }
        }
        let mut ways = Vec::new();
        for (at, (head, way)) in way_heads.into_iter().zip(&notice.ways).enumerate() {
            c.rule.clone_from(&way.id);
            if way.windows.len() > MAX_WINDOWS {
                c.fault("一个缴费办法的时间段太多");
            }
            let action = way.action.unwrap_or(Action::Pay);
            let windows = way.windows.iter().map(|window| c.window(window, action)).collect();
            let extra_ok = on_way(&extras, |rule| &rule.head, at);
            ways.push(WayRule {
                head,
                route: way.route,
                kind: way.kind.unwrap_or(WayKind::Cover),
                action,
                windows,
                unstated: way.unstated.clone(),
                fees: on_way(&fees, |rule| &rule.head, at),
                assists: on_way(&assists, |rule| &rule.head, at),
                benefits: on_way(&benefits, |rule| &rule.head, at),
                waits: on_way(&waits, |rule| &rule.head, at),
                extras: premiums
                    .iter()
                    .map(|(_, rules)| rules.iter().copied().filter(|r| extra_ok.contains(r)).collect::<Vec<_>>())
                    .filter(|rules| !rules.is_empty())
                    .collect(),
                registers: on_way(&registers, |rule| &rule.head, at),
            });
        }
        "note".clone_into(&mut c.rule);
        let notes = notice.notes.iter().map(|note| (c.condition(&note.when, false), note.text.clone())).collect();
        for note in &notice.notes {
            c.cites(&note.clauses);
        }
        "channel".clone_into(&mut c.rule);
        let channels = notice.channels.iter().map(|channel| c.condition(&channel.when, false)).collect();
        let audiences = notice
            .channels
            .iter()
            .map(|channel| channel.audiences.iter().map(|audience| c.condition(&audience.when, false)).collect());
        let audiences = audiences.collect();
        "paper".clone_into(&mut c.rule);
        let papers = notice.papers.iter().map(|paper| c.condition(&paper.when, false)).collect();
        "info".clone_into(&mut c.rule);
        let infos = notice.infos.iter().map(|info| c.condition(&info.when, false)).collect();
        let first_period = c.periods.iter().map(|p| p.0).min().unwrap_or(year_day(1, 1));
        if !c.faults.is_empty() {
            return Err(c.faults);
        }
        let mut program = Self {
            id: notice.id(),
            layout,
            year_start: year_day(1, 1),
            year_end: year_day(12, 31),
            ways,
            fees,
            assists,
            highest: notice.overlap == Some(Overlap::Highest),
            benefits,
            waits,
            extras,
            registers,
            notes,
            channels,
            audiences,
            papers,
            infos,
            why: Vec::new(),
            first_period,
            notice,
        };
        program.why = why::of(&program);
        Ok(program)
    }

    /// The notice. Of a program that was [baked](crate::bake), without its rules and conditions: they are in the program.
    #[must_use]
    pub fn notice(&self) -> &Notice {
        &self.notice
    }

    /// Everything that may be said beside an outcome.
    pub fn notes(&self) -> impl Iterator<Item = &str> {
        let heads = self.ways.iter().map(|rule| &rule.head).chain(self.fees.iter().map(|rule| &rule.head));
        let heads = heads.chain(self.assists.iter().map(|rule| &rule.head));
        let heads = heads.chain(self.benefits.iter().map(|rule| &rule.head));
        let heads = heads.chain(self.waits.iter().map(|rule| &rule.head));
        heads.flat_map(|head| &head.notes).chain(self.notes.iter().map(|note| &note.1)).map(String::as_str)
    }

    /// The public id: `<code>-<coverage year>`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The person's events that the dates of a decision can depend on.
    pub(crate) fn events_used(&self, decision: &crate::decide::Decision) -> Vec<Event> {
        let way = &self.ways[decision.way];
        let windows = way.windows.iter().flat_map(|w| [w.from.as_ref(), w.to.as_ref()]);
        let benefit = decision.benefit.map(|at| &self.benefits[at]);
        let benefit = benefit.into_iter().flat_map(|b| [b.from.as_ref(), b.from_safe.as_ref(), b.to.as_ref()]);
        let wait = decision.wait.map(|wait| &self.waits[wait.rule].from);
        let mut events = Vec::new();
        for expr in windows.chain(benefit).flatten().chain(wait) {
            expr.each_event(&mut |event| {
                if !events.contains(&event) {
                    events.push(event);
                }
            });
        }
        events
    }
}

//! How many questions it takes until nothing more can change, beside the fewest possible.
//!
//! People leave long forms, so the order of questions matters, and whether it is good cannot be seen by looking. This
//! asks the engine's next question again and again, for every class of answers that makes a difference, and counts. The
//! same tree with the best question at each step is the optimum. It is a report of `cargo x bench`, not part of the
//! engine's way: it uses the public evaluation only.
//!
//! Every class of answers to a question counts as much as any other one, however many people it holds: nobody knows how
//! many. Two answers are of one class if what follows differs in days at most. Days of events are tried around the days
//! that the notice names and around the limits that count from them.

use crate::answers::{Answers, CustomAnswer, Groups};
use crate::contract::{Response, When};
use crate::evaluate::evaluate;
use crate::program::Program;
use canbao_policy::model::{
    Answer, Condition, DateExpr, Group, LastYear, Left, OtherPlan, QuestionKind, Residence, Span, SpanUnit, Student,
};
use chrono::{Datelike, Days, Months, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A number of questions, as a mean: in millionths, since there are no floats here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mean(u64);

const ONE: u64 = 1_000_000;

impl fmt::Display for Mean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundredths = (self.0 + ONE / 200) / (ONE / 100);
        f.pad(&format!("{}.{:02}", hundredths / 100, hundredths % 100))
    }
}

impl Mean {
    /// The mean of several.
    #[must_use]
    pub fn of(all: &[Self]) -> Self {
        Self(all.iter().map(|mean| mean.0).sum::<u64>() / (all.len() as u64).max(1))
    }
}

/// What asking comes to on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asking {
    /// The day of asking.
    pub day: NaiveDate,
    /// Ends of the engine's tree of questions.
    pub leaves: u64,
    /// The longest way through it.
    pub longest: usize,
    /// The mean number of questions over the leaves, each counting alike; the other means go down the tree.
    pub over_leaves: Mean,
    /// The mean number of questions in the engine's order.
    pub mean: Mean,
    /// The fewest possible; where not `exact`, it is not less than this.
    pub fewest: Mean,
    /// Whether the search for the fewest came to its end.
    pub exact: bool,
    /// The mean of the best order that the search met; where `exact`, the same as `fewest`.
    pub best_found: Mean,
}

/// Days on which much differs: mid-way through the first period, the day after it, mid-way through the coverage year.
#[must_use]
pub fn typical_days(program: &Program) -> Vec<NaiveDate> {
    let notice = program.notice();
    let mut days = Vec::new();
    if let Some(period) = notice.periods.first()
        && let (DateExpr::Day(from), DateExpr::Day(to)) = (&period.from, &period.to)
    {
        let half = u64::try_from((*to - *from).num_days() / 2).unwrap_or(0);
        // The 15th is payable wherever days of the month are not.
        days.extend(from.checked_add_days(Days::new(half)).and_then(|day| day.with_day(15)));
        days.extend(to.succ_opt());
    }
    days.extend(NaiveDate::from_ymd_opt(notice.notice.year, 7, 1));
    days
}

/// Counts the questions on a day. The search for the fewest gives up after so many evaluations.
#[must_use]
pub fn asking(program: &Program, day: NaiveDate, budget: u64) -> Asking {
    let mut search = Search::new(program, day, budget);
    let Some(root) = search.node(Answers::default()) else {
        let mean = Mean::default();
        return Asking {
            day,
            leaves: 0,
            longest: 0,
            over_leaves: mean,
            mean,
            fewest: mean,
            exact: true,
            best_found: mean,
        };
    };
    let way = search.engine(&root);
    search.evaluations = 0;
    let bounds = search.fewest(&root);
    Asking {
        day,
        leaves: way.leaves,
        longest: way.longest,
        over_leaves: Mean(way.depths * ONE / way.leaves.max(1)),
        mean: Mean(way.mean),
        fewest: Mean(bounds.low),
        exact: bounds.low == bounds.high,
        best_found: Mean(bounds.high),
    }
}

/// What the engine says to some answers, as far as asking goes.
#[derive(Clone)]
struct Node {
    answers: Answers,
    ask: Vec<String>,
    /// Equal where what follows differs in days at most.
    class: u64,
}

/// The engine's order from a node on.
#[derive(Clone, Copy, Default)]
struct Way {
    mean: u64,
    longest: usize,
    leaves: u64,
    /// The questions asked until each leaf, added up.
    depths: u64,
}

/// Between these lies the fewest from a node on.
#[derive(Clone, Copy)]
struct Bounds {
    low: u64,
    high: u64,
}

struct Search<'p> {
    program: &'p Program,
    on: NaiveDate,
    days: Vec<NaiveDate>,
    groups: Vec<Group>,
    budget: u64,
    evaluations: u64,
    ways: BTreeMap<u64, Way>,
    bounds: BTreeMap<u64, Bounds>,
}

impl<'p> Search<'p> {
    fn new(program: &'p Program, on: NaiveDate, budget: u64) -> Self {
        let mut seen = Seen::default();
        seen.notice(program);
        Self {
            program,
            on,
            days: seen.candidates(on),
            groups: seen.groups.into_iter().collect(),
            budget,
            evaluations: 0,
            ways: BTreeMap::new(),
            bounds: BTreeMap::new(),
        }
    }

    /// What the engine says; `None` where nobody can have answered so.
    fn node(&mut self, answers: Answers) -> Option<Node> {
        self.evaluations += 1;
        let response = evaluate(self.program, self.on, &answers).ok()?;
        let class = class(&response);
        Some(Node { answers, ask: response.ask, class })
    }

    /// One node for each class of answers to a question.
    fn classes(&mut self, node: &Node, key: &str) -> Vec<Node> {
        let mut classes: Vec<Node> = Vec::new();
        for answers in self.values(&node.answers, key) {
            self.add(answers, &mut classes);
        }
        if key == Answer::Groups.as_str() {
            // Two groups at once, of different classes.
            let single: Vec<Group> =
                classes.iter().filter_map(|node| node.answers.groups.and_then(|groups| groups.iter().next())).collect();
            for (at, &a) in single.iter().enumerate() {
                for &b in &single[at + 1..] {
                    self.add(
                        Answers { groups: Some([a, b].into_iter().collect()), ..node.answers.clone() },
                        &mut classes,
                    );
                }
            }
        }
        classes
    }

    fn add(&mut self, answers: Answers, classes: &mut Vec<Node>) {
        if let Some(node) = self.node(answers)
            && classes.iter().all(|known| known.class != node.class)
        {
            classes.push(node);
        }
    }

    /// The answers with a value tried for this question, for each one.
    fn values(&self, answers: &Answers, key: &str) -> Vec<Answers> {
        let with = |set: &dyn Fn(&mut Answers)| {
            let mut more = answers.clone();
            set(&mut more);
            more
        };
        let Some(answer) = Answer::parse(key) else { return self.custom(answers, key) };
        macro_rules! each {
            ($field:ident, $values:expr) => {
                $values.into_iter().map(|value| with(&|more| more.$field = Some(value.clone()))).collect()
            };
        }
        match answer {
            Answer::Residence => each!(residence, Residence::ALL),
            Answer::OtherPlan => each!(other_plan, OtherPlan::ALL),
            Answer::BirthDate => each!(birth_date, &self.days),
            Answer::Groups => {
                let none = std::iter::once(Groups::default());
                each!(groups, none.chain(self.groups.iter().map(|&group| Groups::from_iter([group]))))
            }
            Answer::RecognisedOn => each!(recognised_on, &self.days),
            Answer::Left => each!(left, Left::ALL),
            Answer::LeftOn => each!(left_on, &self.days),
            Answer::EmployeeTwoYears => each!(employee_two_years, [true, false]),
            Answer::EmployeeMonths => each!(employee_months, 0..=12),
            Answer::EmployeeGap => each!(employee_gap, [true, false]),
            Answer::EmployeeMonthsLastYear => each!(employee_months_last_year, 0..=12),
            Answer::LastYear => each!(last_year, LastYear::ALL),
            Answer::MissedYears => each!(missed_years, 1..=20),
            Answer::NoClaims => each!(no_claims, [true, false]),
            Answer::Student => each!(student, Student::ALL),
            Answer::ParentInsured => each!(parent_insured, [true, false]),
        }
    }

    /// As `values`, for a question of the notice's own.
    fn custom(&self, answers: &Answers, key: &str) -> Vec<Answers> {
        let question = self.program.notice().questions.iter().find(|question| question.id == key);
        let values: Vec<CustomAnswer> = match question.map(|question| &question.kind) {
            None => Vec::new(),
            Some(QuestionKind::Choice(choices)) => choices.iter().map(|c| CustomAnswer::Choice(c.id.clone())).collect(),
            Some(QuestionKind::YesNo) => vec![CustomAnswer::YesNo(true), CustomAnswer::YesNo(false)],
            Some(QuestionKind::Number(most)) => (0..=(*most).min(20)).map(CustomAnswer::Number).collect(),
        };
        let give = |value: CustomAnswer| {
            let mut more = answers.clone();
            more.custom.insert(key.to_owned(), value);
            more
        };
        values.into_iter().map(give).collect()
    }

    /// The engine's order from here on.
    fn engine(&mut self, node: &Node) -> Way {
        let Some(first) = node.ask.first() else { return Way { leaves: 1, ..Way::default() } };
        if let Some(&known) = self.ways.get(&node.class) {
            return known;
        }
        let children = self.classes(node, first);
        let mut way = Way::default();
        for child in &children {
            let next = self.engine(child);
            way.mean += next.mean;
            way.longest = way.longest.max(next.longest);
            way.leaves += next.leaves;
            way.depths += next.depths + next.leaves;
        }
        way.mean = ONE + way.mean / (children.len() as u64).max(1);
        way.longest += 1;
        self.ways.insert(node.class, way);
        way
    }

    /// The fewest questions from here on.
    fn fewest(&mut self, node: &Node) -> Bounds {
        if node.ask.is_empty() {
            return Bounds { low: 0, high: 0 };
        }
        if let Some(&known) = self.bounds.get(&node.class) {
            return known;
        }
        let high = self.engine(node).mean;
        if self.evaluations > self.budget {
            return Bounds { low: ONE, high };
        }
        // The most promising question first: most answers to it leave nothing to ask.
        let mut questions: Vec<(u64, Vec<Node>)> = Vec::new();
        for key in &node.ask {
            let children = self.classes(node, key);
            let open = children.iter().filter(|child| !child.ask.is_empty()).count() as u64;
            questions.push((ONE + open * ONE / (children.len() as u64).max(1), children));
        }
        questions.sort_by_key(|(least, _)| *least);
        let mut best = Bounds { low: u64::MAX, high };
        for (least, children) in questions {
            if least >= best.high {
                best.low = best.low.min(best.high);
                continue;
            }
            let mut sum = Bounds { low: 0, high: 0 };
            for child in &children {
                let bounds = self.fewest(child);
                sum = Bounds { low: sum.low + bounds.low, high: sum.high + bounds.high };
            }
            let count = (children.len() as u64).max(1);
            best.low = best.low.min(ONE + sum.low / count);
            best.high = best.high.min(ONE + sum.high / count);
        }
        best.low = best.low.min(best.high);
        self.bounds.insert(node.class, best);
        best
    }
}

/// Equal for responses that differ in days at most.
fn class(response: &Response) -> u64 {
    let mut hash = DefaultHasher::new();
    response.ask.hash(&mut hash);
    for o in &response.outcomes {
        (o.kind, o.route, o.today, o.opens.is_some(), o.register_by.is_some(), o.deadline.is_some()).hash(&mut hash);
        (&o.unstated, &o.cites, o.benefit.is_some()).hash(&mut hash);
        if let Some(fee) = &o.fee {
            (fee.payable, fee.standard, fee.assistance, fee.waived, fee.fiscal, &fee.assisted_by).hash(&mut hash);
        }
        for extra in &o.extras {
            (&extra.id, extra.amount).hash(&mut hash);
        }
        o.wait.as_ref().map(|wait| &wait.length).hash(&mut hash);
        for when in &o.when {
            match when {
                When::Answer { answer, is, not } => (answer, is, not).hash(&mut hash),
                When::Reading { reading, is } => (reading, is).hash(&mut hash),
            }
        }
    }
    hash.finish()
}

/// What a notice names: days, lengths of time, ages, groups.
#[derive(Default)]
struct Seen {
    days: BTreeSet<NaiveDate>,
    spans: Vec<Span>,
    years: BTreeSet<u32>,
    groups: BTreeSet<Group>,
}

impl Seen {
    fn notice(&mut self, program: &Program) {
        let n = program.notice();
        let year = n.notice.year;
        let ends = [(year - 1, 1, 1), (year - 1, 12, 31), (year, 1, 1), (year, 12, 31)];
        self.days.extend(ends.iter().filter_map(|&(y, m, d)| NaiveDate::from_ymd_opt(y, m, d)));
        self.groups.extend(n.groups.iter().map(|entry| entry.id));
        for expr in n.periods.iter().flat_map(|period| [&period.from, &period.to]) {
            self.expr(expr);
        }
        for way in &n.ways {
            self.condition(&way.when);
            for window in &way.windows {
                self.condition(&window.when);
                for expr in window.from.iter().chain(&window.to) {
                    self.expr(expr);
                }
            }
        }
        for rule in &n.benefits {
            for expr in rule.from.iter().chain(&rule.from_safe).chain(&rule.to) {
                self.expr(expr);
            }
        }
        let fees = n.fees.iter().map(|rule| &rule.when);
        let assists = n.assists.iter().map(|rule| &rule.when);
        let benefits = n.benefits.iter().map(|rule| &rule.when);
        let waits = n.waits.iter().map(|rule| &rule.when);
        let extras = n.extras.iter().map(|rule| &rule.when);
        let registers = n.registers.iter().map(|rule| &rule.when);
        for condition in fees.chain(assists).chain(benefits).chain(waits).chain(extras).chain(registers) {
            self.condition(condition);
        }
    }

    fn condition(&mut self, condition: &Condition) {
        for part in condition.all.iter().chain(&condition.any).chain(condition.not.as_deref()) {
            self.condition(part);
        }
        let counted = condition.count.iter().flat_map(|count| &count.of);
        self.groups.extend(condition.groups.iter().chain(&condition.all_groups).chain(counted));
        let dates = [&condition.birth_date, &condition.left_on, &condition.recognised_on, &condition.payment];
        for dates in dates.into_iter().flatten() {
            for expr in dates.from.iter().chain(&dates.to) {
                self.expr(expr);
            }
        }
        if let Some(age) = &condition.age {
            self.years.extend(age.at_least.iter().chain(&age.under));
            self.expr(&age.on);
        }
    }

    fn expr(&mut self, expr: &DateExpr) {
        match expr {
            DateExpr::Day(day) => {
                self.days.insert(*day);
            }
            DateExpr::Within(span, _) => self.span(*span),
            DateExpr::Plus(of, span) => {
                self.span(*span);
                self.expr(of);
            }
            DateExpr::MonthAfter(of) => self.expr(of),
            DateExpr::Later(a, b) | DateExpr::Earlier(a, b) => {
                self.expr(a);
                self.expr(b);
            }
            DateExpr::Event(_)
            | DateExpr::YearStart
            | DateExpr::YearEnd
            | DateExpr::PeriodStart(_)
            | DateExpr::PeriodEnd(_) => {}
        }
    }

    fn span(&mut self, span: Span) {
        if !self.spans.contains(&span) {
            self.spans.push(span);
        }
    }

    /// Days on which something may have happened to a person who asks on this day.
    fn candidates(&self, on: NaiveDate) -> Vec<NaiveDate> {
        let around = |day: NaiveDate| [day.pred_opt(), Some(day), day.succ_opt()];
        let mut marks: Vec<Option<NaiveDate>> = vec![Some(on)];
        let named = self.days.iter().copied().chain([on]);
        for day in named.clone() {
            marks.push(Some(day));
            marks.extend(self.years.iter().map(|&years| day.checked_sub_months(Months::new(12 * years))));
        }
        for span in &self.spans {
            let count = span.count.unsigned_abs();
            marks.push(match span.unit {
                SpanUnit::Days => on.checked_sub_days(Days::new(u64::from(count))),
                SpanUnit::Months => on.checked_sub_months(Months::new(count)),
            });
        }
        let near = marks.into_iter().flatten().flat_map(around).flatten();
        // A grown-up, whatever the notice names.
        let adult = on.checked_sub_months(Months::new(12 * 40));
        let days: BTreeSet<NaiveDate> = near.chain(adult).filter(|day| *day <= on).collect();
        days.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_are_shown_to_the_hundredth() {
        assert_eq!(Mean(3_456_789).to_string(), "3.46");
        assert_eq!(Mean(999_999).to_string(), "1.00");
        assert_eq!(format!("{:>6}", Mean(0)), "  0.00");
        assert_eq!(Mean::of(&[Mean(ONE), Mean(2 * ONE)]), Mean(1_500_000));
    }
}

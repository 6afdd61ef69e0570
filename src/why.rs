//! Which clauses look at an answer: the reason why a question is asked.
//!
//! A walk over the conditions of the notice's rules. It explains and decides nothing: that a question is asked at all
//! comes from the engine.

use canbao_policy::model::{Answer, Clause, Condition, DateExpr, Dates, Event, Notice, RuleHead};

/// The clauses whose rules look at this answer, in the notice's order.
pub fn clauses<'a>(notice: &'a Notice, key: &str) -> Vec<&'a Clause> {
    let asked = Asked { key, event: event(key) };
    let mut labels: Vec<&str> = Vec::new();
    let mut add = |found: bool, clauses: &'a [String]| {
        if found {
            labels.extend(clauses.iter().map(String::as_str));
        }
    };
    for way in &notice.ways {
        add(asked.of(&way.when), &way.clauses);
        for window in &way.windows {
            let day = asked.of_day(window.from.as_ref()) || asked.of_day(window.to.as_ref());
            add(day || asked.of(&window.when), if window.clauses.is_empty() { &way.clauses } else { &window.clauses });
        }
    }
    rules(&notice.fees, asked, &mut add);
    rules(&notice.assists, asked, &mut add);
    rules(&notice.benefits, asked, &mut add);
    rules(&notice.waits, asked, &mut add);
    rules(&notice.extras, asked, &mut add);
    rules(&notice.registers, asked, &mut add);
    for wait in &notice.waits {
        add(wait.grows.is_some() && key == Answer::MissedYears.as_str(), &wait.clauses);
    }
    for benefit in &notice.benefits {
        add(asked.of_day(benefit.from.as_ref()) || asked.of_day(benefit.to.as_ref()), &benefit.clauses);
    }
    for question in &notice.questions {
        add(question.id == key, &question.clauses);
    }
    notice.clauses.iter().filter(|clause| labels.contains(&clause.label.as_str())).collect()
}

fn rules<'a, R: RuleHead>(rules: &'a [R], asked: Asked<'_>, add: &mut impl FnMut(bool, &'a [String])) {
    for rule in rules {
        add(asked.of(rule.when()), rule.clauses());
    }
}

fn event(key: &str) -> Option<Event> {
    [Event::BirthDate, Event::LeftOn, Event::RecognisedOn].into_iter().find(|event| event.as_str() == key)
}

/// What is looked for: an answer, and the event whose day it gives.
#[derive(Clone, Copy)]
struct Asked<'k> {
    key: &'k str,
    event: Option<Event>,
}

impl Asked<'_> {
    fn of(self, condition: &Condition) -> bool {
        let c = condition;
        let within = c.all.iter().chain(&c.any).chain(c.not.as_deref()).any(|inner| self.of(inner));
        let dates = [&c.birth_date, &c.left_on, &c.recognised_on, &c.payment];
        let day = c.age.as_ref().is_some_and(|age| self.of_day(Some(&age.on)))
            || dates
                .into_iter()
                .flatten()
                .any(|Dates { from, to }| self.of_day(from.as_ref()) || self.of_day(to.as_ref()));
        within || day || self.itself(c)
    }

    fn itself(self, c: &Condition) -> bool {
        match Answer::parse(self.key) {
            Some(Answer::Residence) => !c.residence.is_empty(),
            Some(Answer::OtherPlan) => !c.other_plan.is_empty(),
            Some(Answer::BirthDate) => c.birth_date.is_some() || c.age.is_some(),
            Some(Answer::Groups) => !c.groups.is_empty() || !c.all_groups.is_empty() || c.count.is_some(),
            Some(Answer::RecognisedOn) => c.recognised_on.is_some(),
            Some(Answer::Left) => !c.left.is_empty(),
            Some(Answer::LeftOn) => c.left_on.is_some(),
            Some(Answer::EmployeeTwoYears) => c.employee_two_years.is_some(),
            Some(Answer::EmployeeMonths) => c.employee_months.is_some(),
            Some(Answer::EmployeeGap) => c.employee_gap.is_some(),
            Some(Answer::EmployeeMonthsLastYear) => c.employee_months_last_year.is_some(),
            Some(Answer::LastYear) => !c.last_year.is_empty(),
            Some(Answer::MissedYears) => c.missed_years.is_some(),
            Some(Answer::NoClaims) => c.no_claims.is_some(),
            Some(Answer::Student) => !c.student.is_empty(),
            Some(Answer::ParentInsured) => c.parent_insured.is_some(),
            None => c.choice.contains_key(self.key) || c.number.contains_key(self.key),
        }
    }

    fn of_day(self, day: Option<&DateExpr>) -> bool {
        match day {
            Some(DateExpr::Event(event) | DateExpr::Within(_, event)) => self.event == Some(*event),
            Some(DateExpr::Plus(day, _) | DateExpr::MonthAfter(day)) => self.of_day(Some(day)),
            Some(DateExpr::Later(a, b) | DateExpr::Earlier(a, b)) => self.of_day(Some(a)) || self.of_day(Some(b)),
            _ => false,
        }
    }
}

//! Why a question is asked: the clauses whose rules look at its answer.
//!
//! A walk over the tests of a program, done once when it is made. It explains and decides nothing: that a question is
//! asked at all comes from what can still change the outcome.

use crate::dates::Expr;
use crate::decide::answer_of;
use crate::program::{Program, Test, custom, var};
use canbao_policy::model::{Clause, Event};
use canbao_policy::packed;

packed! {
    /// A question, and the clauses that look at its answer.
    #[derive(Clone, Debug)]
    pub(crate) struct Why {
        key: String,
        clauses: Vec<u16>,
    }
}

/// The clauses behind every question of a program.
pub(crate) fn of(program: &Program) -> Vec<Why> {
    let mut found = Found { program, whys: Vec::new() };
    for way in &program.ways {
        found.test(&way.head.when, &way.head.cites);
        for window in &way.windows {
            let cites = if window.cites.is_empty() { &way.head.cites } else { &window.cites };
            found.test(&window.when, cites);
            found.days([&window.from, &window.to], cites);
        }
    }
    program.fees.iter().for_each(|rule| found.test(&rule.head.when, &rule.head.cites));
    program.assists.iter().for_each(|rule| found.test(&rule.head.when, &rule.head.cites));
    program.extras.iter().for_each(|rule| found.test(&rule.head.when, &rule.head.cites));
    program.registers.iter().for_each(|rule| found.test(&rule.head.when, &rule.head.cites));
    for rule in &program.benefits {
        found.test(&rule.head.when, &rule.head.cites);
        found.days([&rule.from, &rule.to], &rule.head.cites);
    }
    for rule in &program.waits {
        found.test(&rule.head.when, &rule.head.cites);
        if rule.grows.is_some() {
            found.var(var::MISSED_YEARS, &rule.head.cites);
        }
        if let Some(less) = rule.less {
            found.var(less.var, &rule.head.cites);
        }
    }
    for (at, question) in program.notice.questions.iter().enumerate() {
        let place = |label: &String| program.notice.clauses.iter().position(|clause| clause.label == *label);
        let cites: Vec<u16> = question.clauses.iter().filter_map(place).map(|at| at as u16).collect();
        found.var(custom(at), &cites);
    }
    for why in &mut found.whys {
        why.clauses.sort_unstable();
        why.clauses.dedup();
    }
    found.whys
}

struct Found<'p> {
    program: &'p Program,
    whys: Vec<Why>,
}

impl Found<'_> {
    fn var(&mut self, var: u8, cites: &[u16]) {
        let Some(key) = answer_of(self.program, var) else { return };
        let at = self.whys.iter().position(|why| why.key == key).unwrap_or_else(|| {
            self.whys.push(Why { key: key.into_owned(), clauses: Vec::new() });
            self.whys.len() - 1
        });
        self.whys[at].clauses.extend(cites);
    }

    fn days<const N: usize>(&mut self, days: [&Option<Expr>; N], cites: &[u16]) {
        let mut vars = Vec::new();
        for day in days.into_iter().flatten() {
            day.each_event(&mut |event| vars.push(event));
        }
        for event in vars {
            match event {
                Event::BirthDate => self.var(var::BIRTH_DATE, cites),
                Event::LeftOn => self.var(var::LEFT_ON, cites),
                Event::RecognisedOn => self.var(self.program.layout.recognised_on, cites),
                Event::Payment => {}
            }
        }
    }

    fn test(&mut self, test: &Test, cites: &[u16]) {
        match test {
            Test::All(tests) | Test::Any(tests) => tests.iter().for_each(|test| self.test(test, cites)),
            Test::Not(test) => self.test(test, cites),
            Test::OneOf { var, .. } | Test::Between { var, .. } => self.var(*var, cites),
            Test::Count { of, .. } => of.iter().for_each(|&var| self.var(var, cites)),
            Test::NotAfter(a, b) => self.days([&Some(a.clone()), &Some(b.clone())], cites),
            Test::Way(_) => {}
        }
    }
}

impl Program {
    /// The clauses whose rules look at the answer to this question, in the notice's order.
    pub fn why(&self, key: &str) -> impl Iterator<Item = &Clause> {
        let found = self.why.iter().filter(move |why| why.key == key).flat_map(|why| &why.clauses);
        found.filter_map(|&at| self.notice.clauses.get(usize::from(at)))
    }
}

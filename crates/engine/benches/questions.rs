//! The number of questions that the engine asks, beside the fewest possible, for every notice and some days.
//!
//! A report rather than a timing; `cargo x bench` prints it. See [`canbao_engine::questions`] for how it is counted.

use canbao_engine::questions::{Asking, Mean, asking, typical_days};

/// Evaluations after which the search for the fewest gives up, for each notice and day.
const BUDGET: u64 = 40_000;

fn row(name: &str, day: &str, asking: &[Asking]) {
    let mean = |of: fn(&Asking) -> Mean| Mean::of(&asking.iter().map(of).collect::<Vec<_>>());
    let (engine, fewest, found) = (mean(|a| a.mean), mean(|a| a.fewest), mean(|a| a.best_found));
    let exact = asking.iter().all(|a| a.exact);
    let fewest = if exact { fewest.to_string() } else { format!("≥{fewest}") };
    let leaves: u64 = asking.iter().map(|a| a.leaves).sum();
    let longest = asking.iter().map(|a| a.longest).max().unwrap_or(0);
    let over = mean(|a| a.over_leaves);
    println!("{name:<12} {day:<10} {leaves:>8} {longest:>8} {over:>12} {engine:>8} {found:>10} {fewest:>8}");
}

fn main() {
    println!("Questions until nothing more can change.");
    println!(
        "Over leaves: each leaf counts alike. Mean: each class of answers to a question counts alike, down the tree."
    );
    println!(
        "Best found: the best order that the search met. Fewest: proved; ≥ where it gave up at {BUDGET} evaluations.\n"
    );
    println!(
        "{:<12} {:<10} {:>8} {:>8} {:>12} {:>8} {:>10} {:>8}",
        "notice", "day", "leaves", "longest", "over leaves", "mean", "best found", "fewest"
    );
    for entry in canbao_baked::index() {
        let program = canbao_baked::program(entry.id).expect("a baked notice is sound");
        let days: Vec<Asking> = typical_days(&program).iter().map(|&day| asking(&program, day, BUDGET)).collect();
        for asking in &days {
            row(entry.id, &asking.day.to_string(), std::slice::from_ref(asking));
        }
        row(entry.id, "mean", &days);
    }
}

// A made-up roster for `canbao eval --lines`, on standard output: as many lines as 闻喜 has people in its roll.
// usage: node roster.mjs lifelike|every
// lifelike: what a county would send, mostly ordinary people; every: all answers at random, hardly two lines alike.
import { createWriteStream } from "node:fs";

const PEOPLE = 319_202;
let state = 20230901;
function below(end) {
  // xorshift32: the same roster in every run.
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % end;
}
const pick = (values) => values[below(values.length)];
const day = (from, days) => new Date(from + below(days) * 86_400_000).toISOString().slice(0, 10);
const born = () => day(Date.UTC(1935, 0, 1), 32_000);
const groups = ["tekun", "dibao", "unstable", "edge", "sudden", "returned", "disability_2", "no_work_capacity", "low_income"];

const lifelike = () => {
  const plan = below(20) ? "none" : "employee";
  return {
    residence: below(50) ? "local" : "living",
    other_plan: plan,
    birth_date: born(),
    groups: below(100) < 8 ? [pick(groups)] : [],
    left: plan === "employee" || below(100) ? "none" : "employee",
    last_year: below(20) ? "resident" : pick(["none", "never", "partial"]),
  };
};
const every = () => {
  const left = below(2) ? "none" : pick(["soldier", "prison"]);
  const lastYear = pick(["resident", "other", "none"]);
  return {
    residence: pick(["local", "permit", "living"]),
    other_plan: "none",
    birth_date: day(Date.UTC(1935, 0, 1), 28_000),
    groups: below(2) ? [pick(groups), pick(groups)] : [],
    recognised_on: day(Date.UTC(2015, 0, 1), 2900),
    left,
    ...(left !== "none" && { left_on: day(Date.UTC(2022, 0, 1), 600) }),
    employee_two_years: below(2) === 1,
    employee_months: below(13),
    employee_gap: below(2) === 1,
    employee_months_last_year: below(13),
    last_year: lastYear,
    ...(lastYear === "none" && { missed_years: 1 + below(9) }),
    no_claims: below(2) === 1,
    student: pick(["none", "here", "away"]),
    parent_insured: below(2) === 1,
  };
};

const answers = { lifelike, every }[process.argv[2]];
const out = createWriteStream(null, { fd: 1 });
let lines = [];
for (let at = 0; at < PEOPLE; at++) {
  lines.push(JSON.stringify({ notice: "140823-2024", on: "2023-11-10", answers: answers() }));
  if (lines.length === 4096 || at === PEOPLE - 1) {
    if (!out.write(`${lines.join("\n")}\n`)) await new Promise((resolve) => out.once("drain", resolve));
    lines = [];
  }
}
out.end();

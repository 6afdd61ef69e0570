// The table of `cargo x bench`: the engine natively, in wasm, in wasm through the JavaScript API, and publicodes on the
// same persons in the same run. The native timings come on standard input, from `benches/engine.rs`; the argument is the
// JavaScript API built with `timing`, in which an evaluation can be repeated without a call from JavaScript each time.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Engine from "publicodes";
import { pathToFileURL } from "node:url";
import * as canbao from "../../../dist/sdk/index.js";
import { rules, situation } from "./xingxian.publicodes.mjs";

const native = JSON.parse(readFileSync(0, "utf8"));
const persons = JSON.parse(readFileSync(new URL("persons.json", import.meta.url), "utf8"));

/** The median time of one call in microseconds, over samples of some milliseconds each. */
function time(call) {
  const clock = () => Number(process.hrtime.bigint()) / 1000;
  let calls = 1;
  for (;;) {
    const start = clock();
    for (let i = 0; i < calls; i++) call();
    if (clock() - start > 2000) break;
    calls *= 2;
  }
  const samples = [];
  for (let sample = 0; sample < 41; sample++) {
    const start = clock();
    for (let i = 0; i < calls; i++) call();
    samples.push((clock() - start) / calls);
  }
  return samples.sort((a, b) => a - b)[samples.length >> 1];
}

const mean = (numbers) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
const micro = (value) => (value < 100 ? value.toFixed(1) : value.toFixed(0)).padStart(9);

await canbao.ready();
const timed = await import(pathToFileURL(process.argv[2]).href);
timed.initSync({ module: readFileSync(process.argv[2].replace(/\.js$/, "_bg.wasm")) });
/** The time of one evaluation without what the call from JavaScript costs. */
const inside = (request, times) => time(() => timed.evaluations(request, times)) / times;

// V8 compiles once more, and better, what runs often. Without this the first notice would be timed before it has.
for (const { request } of persons) for (let i = 0; i < 500; i++) canbao.evaluate(request);
for (const { request } of persons) timed.evaluations(request, 500);

console.log("\nMicroseconds for one evaluation, next question included (median; mean and worst over the persons or days)\n");
console.log("wasm: the engine in it, as natively; call: the JavaScript API, with reading the request and writing the response\n");
const kinds = ["native", "wasm", "call"];
console.log(`${"".padEnd(14)}${"every answer given".padEnd(9 * 2 * kinds.length + 2)}none given`);
console.log("notice".padEnd(14) + [...kinds, ...kinds].map((name) => name.padStart(9) + "worst".padStart(9)).join(""));
const highest = Array(2 * kinds.length).fill(0);
const average = Array(2 * kinds.length).fill(0);
for (const notice of native) {
  const full = persons.filter((person) => person.request.notice === notice.id).map((person) => person.request);
  const none = notice.days.map((on) => ({ notice: notice.id, on, answers: {} }));
  const micros = (nanoseconds) => nanoseconds.map((one) => one / 1000);
  const timings = (medians, requests, times) => [
    micros(medians),
    requests.map((request) => inside(request, times)),
    requests.map((request) => time(() => canbao.evaluate(request))),
  ];
  const columns = [...timings(notice.full, full, 100), ...timings(notice.none, none, 2)];
  console.log(notice.id.padEnd(14) + columns.map((column) => micro(mean(column)) + micro(Math.max(...column))).join(""));
  for (const [at, column] of columns.entries()) {
    average[at] = Math.max(average[at], mean(column));
    highest[at] = Math.max(highest[at], ...column);
  }
}
const both = (at) => `${micro(average[at]).trim()} and ${micro(highest[at]).trim()}`;
console.log(
  `\nthe slowest notice, mean and worst: every answer given ${both(0)} native (goal 10), ${both(1)} wasm (goal 20), ` +
    `${both(2)} a call; none given ${both(3)} native (goal 1000), ${both(4)} wasm, ${both(5)} a call`,
);
for (const notice of native) {
  console.log(`${notice.id}: Program::new ${micro(notice.new / 1000).trim()} µs, unbake ${micro(notice.unbake / 1000).trim()} µs`);
}

// Publicodes, 兴县 only; see xingxian.publicodes.mjs for what of the notice its model holds.
const id = "141123-2026";
const ours = persons.filter((person) => person.request.notice === id);
const engine = new Engine(rules);
const goals = ["kind", "route", "payable", "today"];
const evaluate = (set, wanted) => {
  engine.setSituation(set);
  return wanted.map((goal) => engine.evaluate(goal).nodeValue);
};
for (const { name, request } of ours) {
  const [outcome, ...more] = canbao.evaluate(request).outcomes;
  assert.equal(more.length, 0, `${name}: one outcome`);
  const [kind, route, payable, today] = evaluate(situation(request), goals);
  assert.deepEqual({ kind, route, today }, { kind: outcome.kind, route: outcome.route, today: outcome.today }, name);
  if (outcome.fee) assert.equal(payable, Number(outcome.fee.payable), name);
}
const situations = ours.map((person) => situation(person.request));
const each = (work) => time(() => ours.forEach((_, at) => work(at))) / ours.length;
const wasm = each((at) => canbao.evaluate(ours[at].request));
const amount = each((at) => evaluate(situations[at], ["payable"]));
const whole = each((at) => evaluate(situations[at], goals));
const ratio = (value) => `${(value / wasm).toFixed(1)} times Canbao's`;
console.log(`\nThe same ${ours.length} persons of 兴县 with every answer given, µs each (same answers from both, checked)\n`);
console.log(`Canbao in wasm, the whole response        ${micro(wasm)}`);
console.log(`publicodes, the amount alone              ${micro(amount)}   ${ratio(amount)}`);
console.log(`publicodes, kind, route, amount and today ${micro(whole)}   ${ratio(whole)}`);

// The table of `cargo x bench`: the engine natively, in wasm through the JavaScript API, and publicodes on the same
// persons in the same run. The native timings come on standard input, from `benches/engine.rs`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Engine from "publicodes";
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
// V8 compiles once more, and better, what runs often. Without this the first notice would be timed before it has.
for (const { request } of persons) for (let i = 0; i < 500; i++) canbao.evaluate(request);

console.log("\nMicroseconds for one evaluation, next question included (median; mean and worst over the persons or days)\n");
console.log(`${"".padEnd(14)}${"every answer given".padEnd(40)}none given`);
console.log(
  "notice".padEnd(14) +
    ["native", "worst", "wasm", "worst", "native", "worst", "wasm", "worst"].map((name) => name.padStart(9)).join(""),
);
const worst = { native: 0, wasm: 0, nativeNone: 0, wasmNone: 0 };
for (const notice of native) {
  const full = persons.filter((person) => person.request.notice === notice.id).map((person) => person.request);
  const none = notice.days.map((on) => ({ notice: notice.id, on, answers: {} }));
  const wasm = full.map((request) => time(() => canbao.evaluate(request)));
  const wasmNone = none.map((request) => time(() => canbao.evaluate(request)));
  const micros = (nanoseconds) => nanoseconds.map((one) => one / 1000);
  const columns = [micros(notice.full), wasm, micros(notice.none), wasmNone];
  console.log(notice.id.padEnd(14) + columns.map((column) => micro(mean(column)) + micro(Math.max(...column))).join(""));
  worst.native = Math.max(worst.native, ...columns[0]);
  worst.wasm = Math.max(worst.wasm, ...wasm);
  worst.nativeNone = Math.max(worst.nativeNone, ...columns[2]);
  worst.wasmNone = Math.max(worst.wasmNone, ...wasmNone);
}
console.log(
  `\nworst: ${micro(worst.native).trim()} native (at most 10), ${micro(worst.wasm).trim()} wasm (at most 20); ` +
    `none given ${micro(worst.nativeNone).trim()} native (at most 1000), ${micro(worst.wasmNone).trim()} wasm`,
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

// The golden cases through the JavaScript API: the corpus that `canbao cases` runs natively, from the same files.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import * as canbao from "../../dist/sdk/index.js";
import { compare, judge } from "./matching.mjs";

const command = ["run", "--quiet", "--release", "--locked", "-p", "canbao-cli", "--bin", "canbao", "--", "cases", "--json"];
const cases = JSON.parse(execFileSync("cargo", command, { encoding: "utf8", maxBuffer: 1 << 28 }));

await canbao.ready();

for (const goldenCase of cases) {
  test(`${goldenCase.request.notice} ${goldenCase.name}`, () => {
    assert.deepEqual(judge(goldenCase, canbao.evaluate), [], goldenCase.why);
  });
}

test("the rules of matching find what differs", () => {
  const response = { ask: ["a"], outcomes: [{ fee: { payable: "1" }, cites: ["x", "y"], wait: null, periods: [["p", null]] }] };
  const differs = (expected) => compare(expected, response).length;
  assert.equal(differs({ outcomes: [{ fee: { payable: "1" }, cites: ["y"], wait: null, level: null, notes: ["any"] }] }), 0);
  assert.equal(differs({ outcomes: [{ wiat: null, level: "x" }] }), 2);
  assert.equal(differs({ outcomes: [{ fee: { payable: "2" } }] }), 1);
  assert.equal(differs({ outcomes: [{ cites: ["z"] }] }), 1);
  assert.equal(differs({ outcomes: [{ periods: [["p", "q"]] }] }), 1);
  assert.equal(differs({ outcomes: [{}, {}] }), 1);
  assert.equal(differs({ ask_contains: ["a"], ask_lacks: ["b"], outcomes_contain: [{ cites: ["x"] }] }), 0);
  assert.equal(differs({ ask_contains: ["b"], ask_lacks: ["a"], outcomes_contain: [{ cites: ["z"] }] }), 3);
});

// The JavaScript API as a portal's server would use it: the built package, in Node.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as canbao from "../../dist/sdk/index.js";
import "./golden.mjs";

await canbao.ready();
const [{ id }] = canbao.notices();
const on = "2020-01-01";

/** What a call throws. */
function thrown(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  return assert.fail("nothing was thrown");
}

test("the engine loads once, however often it is awaited", async () => {
  await canbao.ready();
  await canbao.ready();
});

test("the notices are listed, and each can be had whole", () => {
  for (const entry of canbao.notices()) {
    const notice = canbao.notice(entry.id);
    assert.equal(`${notice.notice.place.code}-${notice.notice.year}`, entry.id);
    assert.equal(notice.notice.title, entry.title);
    assert.ok(notice.clause.length > 0 && notice.clause.every((clause) => clause.label && clause.summary));
  }
});

test("a response is made of plain objects, as JSON has them", () => {
  const response = canbao.evaluate({ notice: id, on, answers: {} });
  assert.deepEqual(JSON.parse(JSON.stringify(response)), response);
  assert.equal(Object.getPrototypeOf(response.outcomes[0]), Object.prototype);
});

test("undefined is a question not answered, like an absent key", () => {
  const asked = canbao.evaluate({ notice: id, on, answers: { residence: "local" } });
  assert.deepEqual(canbao.evaluate({ notice: id, on, answers: { residence: "local", left: undefined } }), asked);
  assert.deepEqual(canbao.evaluate({ notice: id, on }), canbao.evaluate({ notice: id, on, answers: {} }));
});

test("errors say what is wrong and name the answers", () => {
  const error = thrown(() => canbao.evaluate({ notice: id, on, answers: { residence: "moon" } }));
  assert.ok(error instanceof Error);
  assert.deepEqual([error.name, error.code, error.answers], ["RequestError", "bad_value", ["residence"]]);
  assert.match(error.message, /local/);
  assert.equal(thrown(() => canbao.evaluate({ notice: "none", on })).code, "unknown_notice");
  assert.equal(thrown(() => canbao.notice("none")).code, "unknown_notice");
});

test("hostile values are errors, and the engine goes on", () => {
  const circular = { notice: id, on, answers: {} };
  circular.answers.groups = [circular];
  circular.answers.residence = circular;
  let deep = [];
  for (let depth = 0; depth < 100_000; depth++) deep = [deep];
  const throwing = { notice: id, get on() { throw new Error("no"); } };
  const bad = [
    undefined, null, 5, "x", [], () => {}, circular, throwing, new Proxy({}, { ownKeys() { throw new Error("no"); } }),
    { notice: id, on, answers: [] }, { notice: id, on, answers: { groups: deep } }, { notice: id, on, extra: 1 },
    { notice: id, on: new Date() }, { notice: id, on, answers: { birth_date: new Date() } },
    { notice: id, on, answers: { missed_years: 1.5 } }, { notice: id, on, answers: { missed_years: 1n } },
    { notice: id, on, answers: { residence: null } }, { notice: Symbol("x"), on },
  ];
  for (const request of bad) assert.throws(() => canbao.evaluate(request));
  assert.ok(canbao.evaluate({ notice: id, on }).outcomes.length > 0);
});

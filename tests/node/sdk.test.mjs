// The JavaScript API as a portal's server would use it: the built package, in Node.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as canbao from "../../dist/sdk/index.js";

test("the engine loads in Node", async () => {
  await canbao.ready();
  await canbao.ready();
  assert.equal(typeof canbao.evaluate, "function");
});

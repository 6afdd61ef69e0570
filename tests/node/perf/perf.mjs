// The table of `cargo x perf`: Canbao's page and the one in publicodes/, loaded cold on a slow line and a slow processor.
//
//   node perf.mjs <Canbao's address> <publicodes' address> [--runs N] [--path /code/year/] [--slower N]
//
// The aims are for a processor slowed down four times. Where they were set the page of publicodes was ready after 2.9 s;
// on another machine `--slower` takes another factor, to see both near that.
//
// Both are asked about the same person of 兴县 on the same day. Nothing here passes or fails by time; it fails when a
// page never gets ready, loses a tap, or when the two come to different amounts.
import { createServer } from "node:http";
import { loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import puppeteer from "puppeteer-core";
import { watch } from "./watch.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: "string", default: "5" }, path: { type: "string" }, slower: { type: "string", default: "4" } },
});
const [runs, slower] = [Number(values.runs), Number(values.slower)];
if (!Number.isInteger(runs) || runs < 1) throw new Error("--runs takes a whole number from 1 on");
if (!(slower >= 1)) throw new Error("--slower takes a number from 1 on");

const BROWSER = {
  executablePath: "/usr/bin/chromium",
  defaultViewport: { width: 360, height: 740, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
};
const LINE = { offline: false, latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 };
const PATIENCE = 60_000;
/** So long a person looks at a page before the next tap, in milliseconds. */
const READING = 2_000;
const DAY = "?on=2026-02-10";
const PATH = "/141123/2026/";

/** What the person does on each page; `start` is a list of counties. Only inputs that are there are filled. */
const PERSON = {
  start: { tap: "county-141123-2026" },
  residence: { tap: "answer-local" },
  other_plan: { tap: "answer-none" },
  birth_date: { fill: { year: "1980", month: "5", day: "20", date: "1980-05-20" }, tap: "next" },
  groups: { tap: "answer-none" },
};

const KINDS = [["html", "HTML"], ["css", "CSS"], ["javascript", "JavaScript"], ["wasm", "WebAssembly"], ["", "other"]];

/** Every request of a page: its kind, bytes on the wire, when it ended, and how many had to come before it in a row. */
function listen(client) {
  const requests = new Map();
  const levels = new Map();
  let begun;
  client.on("Network.requestWillBeSent", ({ requestId, request, initiator, timestamp }) => {
    begun ??= timestamp;
    // Who asked for it: a document, a script, or whatever called the script.
    let [by, stack] = [initiator.url, initiator.stack];
    for (; !by && stack; stack = stack.parent) by = stack.callFrames.find((frame) => frame.url)?.url;
    const level = requests.size === 0 ? 0 : (levels.get(by) ?? 0) + 1;
    if (!levels.has(request.url)) levels.set(request.url, level);
    requests.set(requestId, { level, bytes: 0, kind: "other" });
  });
  client.on("Network.responseReceived", ({ requestId, response }) => {
    const request = requests.get(requestId);
    if (request) request.kind = KINDS.find(([part]) => response.mimeType.includes(part))[1];
  });
  client.on("Network.loadingFinished", ({ requestId, timestamp, encodedDataLength }) => {
    const request = requests.get(requestId);
    if (request) Object.assign(request, { bytes: encodedDataLength, ended: (timestamp - begun) * 1000 });
  });
  return requests;
}

/**
 * Opens an address in a browser of its own, with nothing cached, and hands the page to `work`. No mere context of one
 * browser: one with a service worker in it is never said to be closed.
 */
async function cold(address, byButton, work) {
  const browser = await puppeteer.launch(BROWSER);
  try {
    const page = await browser.newPage();
    const client = await page.target().createCDPSession();
    await client.send("Network.enable");
    // Thread time: what other programs take from the processor meanwhile is not the page's work.
    await client.send("Performance.enable", { timeDomain: "threadTicks" });
    await client.send("Network.emulateNetworkConditions", LINE);
    await client.send("Emulation.setCPUThrottlingRate", { rate: slower });
    const requests = listen(client);
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.evaluateOnNewDocument(watch, byButton);
    const waits = (what, promise) => {
      const late = sleep(PATIENCE, null, { ref: false }).then(() => {
        throw new Error([`${address}: ${what}: not within ${PATIENCE / 1000} s`, ...errors].join("\n"));
      });
      return Promise.race([promise, late]);
    };
    // Until its HTML begins to arrive, not until all is loaded: a person does not wait for that either.
    const begun = new Promise((begun) => page.once("framenavigated", begun));
    const loaded = page.goto(address, { timeout: 0 });
    await waits("the page", Promise.race([begun, loaded]));
    loaded.catch(() => {});
    return await work({ browser, page, client, requests, waits });
  } finally {
    await browser.close();
  }
}

/** One cold load, and the person's way to the result. */
async function visit(address, byButton) {
  return cold(address, byButton, async ({ browser, page, client, requests, waits }) => {
    const mark = (name) => waits(name, page.evaluate((name) => window.perf[name], name));
    const [readable, answered] = [await mark("readable"), await mark("answerable")];

    // The first tap comes as soon as it is taken, before the app may run: what it leads to shows that it was not lost.
    const steps = [];
    let idle;
    let shown = await page.evaluate(() => window.perf.shown());
    while (shown !== "result") {
      if (steps.length > 0) await sleep(READING);
      if (steps.length === 2) {
        idle = await touchNothing(page, client);
        await sleep(READING);
      }
      if (!PERSON[shown]) throw new Error(`${address} asks “${shown}”, which the person here has no answer to`);
      steps.push(await waits(`the page after “${shown}”`, answer(page, client, shown, steps.length > 0)));
      shown = await page.evaluate(() => window.perf.shown());
    }
    const ready = await mark("ready");

    const paint = await page.evaluate(() => performance.getEntriesByName("first-paint")[0]?.startTime);
    const amount = await page.$eval("[data-testid=result-amount]", (element) => element.innerText);
    const memory = await heap(page, client);
    const sent = [...requests.values()].filter((request) => request.bytes > 0);
    const early = sent.filter((request) => request.ended <= ready);
    const bytes = (list) => list.reduce((sum, request) => sum + request.bytes, 0);
    return {
      browser: await browser.version(),
      paint, readable, ready, amount, ...memory,
      answerable: Math.max(readable, answered),
      result: steps.at(-1),
      // Without the first tap, which may start the app.
      questions: steps.slice(1, -1),
      idle,
      kinds: Object.fromEntries(KINDS.map(([, kind]) => [kind, bytes(early.filter((one) => one.kind === kind))])),
      total: bytes(early),
      later: bytes(sent) - bytes(early),
      levels: Math.max(...early.map((request) => request.level)),
    };
  });
}

/**
 * Answers the question shown with a real touch: milliseconds until the next page is on screen, and of work for it; where it
 * is traced, which takes a while to begin, of the work until that page is shown too.
 */
async function answer(page, client, shown, traced) {
  const { fill = {}, tap } = PERSON[shown];
  // A tap on a page that has only just come would be taken for the second one of a double tap.
  await page.waitForFunction(() => !document.querySelector("#app.fresh"));
  const spot = await page.evaluate(
    (shown, fill, tap) => {
      const part = (id) => document.querySelector(`[data-testid="${id}"]`);
      for (const [id, value] of Object.entries(fill)) {
        const input = part(id);
        if (!input) continue;
        input.value = value;
        for (const kind of ["input", "change"]) input.dispatchEvent(new Event(kind, { bubbles: true }));
      }
      const button = part(tap);
      if (!button) return null;
      button.scrollIntoView({ block: "center" });
      window.next = window.perf.after(shown);
      const { left, top, width, height } = button.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    },
    shown,
    fill,
    tap,
  );
  if (!spot) throw new Error(`the page “${shown}” has no ${tap}`);
  if (traced) await page.tracing.start({ categories: ["toplevel", "blink.user_timing"] });
  // Asked before, so that asking is no part of what is measured.
  const next = page.evaluate(() => window.next);
  await page.evaluate(() => window.perf.longest());
  const before = await work(client);
  await touch(client, spot);
  const time = await next;
  // What the page does once the next one is on screen, such as moving the focus, belongs to the tap.
  await sleep(300);
  const after = await work(client);
  const longest = await page.evaluate(() => window.perf.longest());
  const until = traced ? untilShown(JSON.parse(await page.tracing.stop()).traceEvents) : undefined;
  return { time, until, all: after.all - before.all, own: after.own - before.own, longest };
}

/** A real touch, as short as a tap. */
async function touch(client, spot) {
  await client.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [spot] });
  await client.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

/** Milliseconds of work for a tap on the heading, which leads nowhere: most of it is what Chromium takes for itself. */
async function touchNothing(page, client) {
  const spot = await page.evaluate(() => {
    const { left, top, width, height } = document.querySelector("h1").getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  });
  const before = await work(client);
  await touch(client, spot);
  await sleep(300);
  return (await work(client)).all - before.all;
}

/**
 * Milliseconds of thread time that the page's main thread worked from the touch to the frame with the next page, in a
 * trace of it.
 */
function untilShown(trace) {
  const [tapped, shown] = ["tapped", "shown"].map((name) => trace.find((event) => event.name === name));
  if (!tapped || !shown) throw new Error("the trace of a tap has no beginning or no end");
  const tasks = trace.filter(({ ph, pid, tid }) => ph === "X" && pid === tapped.pid && tid === tapped.tid);
  const during = ({ ts, dur }) => ts + dur > tapped.ts && ts < shown.ts;
  if (!tasks.some((task) => during(task) && task.tdur > 0)) throw new Error("the trace of a tap has no thread time");
  let [work, ended] = [0, 0];
  // Between tasks Chromium notes trifles of microseconds that it gives no thread time: all of those is counted.
  for (const task of tasks.toSorted((a, b) => a.ts - b.ts || b.dur - a.dur)) {
    // What lies within a task is part of it.
    if (task.ts < ended) continue;
    ended = task.ts + task.dur;
    if (during(task)) work += task.tdur ?? task.dur;
  }
  return work / 1000;
}

async function metrics(client) {
  const { metrics } = await client.send("Performance.getMetrics");
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

/**
 * Milliseconds that the page's main thread has worked so far, and how many of them for what the page itself does. The
 * rest is Chromium's, and most of it is the touch's: the table has what one takes that leads nowhere.
 */
async function work(client) {
  const { TaskDuration, ScriptDuration, RecalcStyleDuration, LayoutDuration } = await metrics(client);
  return { all: TaskDuration * 1000, own: (ScriptDuration + RecalcStyleDuration + LayoutDuration) * 1000 };
}

/** Megabytes that JavaScript's heap and WebAssembly's memories take from the system. */
async function heap(page, client) {
  const { JSHeapTotalSize } = await metrics(client);
  const wasm = await page.evaluate(() => window.perf.memory());
  return { js: JSHeapTotalSize / 1e6, wasm: wasm / 1e6 };
}

/** Milliseconds until one file of so many bytes has arrived. */
async function oneFile(bytes) {
  const start = "<!doctype html><title>one file</title>";
  const server = createServer((_, response) => {
    response.writeHead(200, { "Content-Type": "text/html" }).end(start.padEnd(bytes));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  try {
    const address = `http://127.0.0.1:${server.address().port}/`;
    return await cold(address, false, async ({ requests }) => {
      while (![...requests.values()][0].ended) await sleep(20);
      return [...requests.values()][0].ended;
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const sorted = (values) => values.toSorted((a, b) => a - b);
const median = (values) => sorted(values)[values.length >> 1];

const spread = (values, digits) => {
  const [least, middle, most] = [sorted(values)[0], median(values), sorted(values).at(-1)].map((one) =>
    one.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))/g, digits ? "" : ","),
  );
  return least === most ? middle : `${middle} (${least}–${most})`;
};

function table(names, results) {
  const row = (label, value, digits = 0, aim = "") => {
    const cells = results.map((runs) => spread(runs.map(value), digits).padEnd(28));
    console.log(`${label.padEnd(52)}${cells.join("")}${aim}`.trimEnd());
  };
  console.log(`${"".padEnd(52)}${names.map((name) => name.padEnd(28)).join("")}Canbao's aim`);
  row("first paint, ms", (run) => run.paint);
  row("first question readable, ms", (run) => run.readable);
  row("first question answerable, ms", (run) => run.answerable, 0, "1,000");
  row("app ready, ms", (run) => run.ready, 0, "2,400");
  row("  one file of as many bytes, ms", (run) => run.file);
  row("  ratio to it", (run) => run.ready / run.file, 2);
  row("result after the last answer, ms", (run) => run.result.time);
  row("work of a tap that leads nowhere, ms", (run) => run.idle);
  row("work of a tap until the next question is shown, ms", (run) => run.question.until, 0, "50");
  row("  and with all that follows it", (run) => run.question.all, 0, "50");
  row("  script, style and layout", (run) => run.question.own);
  row("  the longest task of it, 0 where all are below 50", (run) => run.question.longest);
  row("work of a tap until the result is shown, ms", (run) => run.result.until, 0, "50");
  row("  and with all that follows it", (run) => run.result.all, 0, "50");
  row("  script, style and layout", (run) => run.result.own);
  row("  the longest task of it, 0 where all are below 50", (run) => run.result.longest);
  row("JavaScript heap after the result, MB", (run) => run.js, 1);
  row("WebAssembly memory after the result, MB", (run) => run.wasm, 1);
  row("  together, MB", (run) => run.js + run.wasm, 1, "30");
  row("bytes on the wire until the app is ready", (run) => run.total, 0, "80,000 without headers");
  for (const [, kind] of KINDS) row(`  ${kind}`, (run) => run.kinds[kind]);
  row("  and after that", (run) => run.later);
  row("round trips after the HTML's", (run) => run.levels, 0, "2");
}

const [site, other] = positionals;
const path = values.path ?? ((await fetch(new URL(PATH, site))).ok ? PATH : "/");
const names = [`Canbao ${path}`, "publicodes, forms, React"];
const pages = await Promise.all(
  [new URL(path + DAY, site), new URL(DAY, other)].map(async ({ href }) => {
    const response = await fetch(href);
    if (!response.ok) throw new Error(`${href}: ${response.status}`);
    // A page whose HTML has buttons has to say when it takes taps; one whose script makes them takes them from then on.
    return { address: href, byButton: !(await response.text()).includes("<button") };
  }),
);

const results = pages.map(() => []);
for (let run = 0; run < runs; run++) {
  for (const [at, { address, byButton }] of pages.entries()) {
    const result = await visit(address, byButton);
    results[at].push({ ...result, file: await oneFile(result.total) });
  }
}
// Of each measure, the question that has most of it by the median of all runs: the heaviest of each run would be the one
// that the machine held up most.
for (const runs of results) {
  for (const run of runs) run.question = {};
  for (const part of ["until", "all", "own", "longest"]) {
    const middle = (at) => median(runs.map((run) => run.questions[at][part]));
    const at = runs[0].questions.map((_, at) => at).reduce((one, other) => (middle(other) > middle(one) ? other : one));
    for (const run of runs) run.question[part] = run.questions[at][part];
  }
}
const amounts = new Set(results.flat().map((result) => result.amount));
if (amounts.size > 1) throw new Error(`the pages come to different amounts: ${[...amounts].join(", ")}`);

const load = loadavg()[0].toFixed(1);
console.log(
  `\nCold in ${results[0][0].browser} at ${LINE.latency} ms round trip, 400 kbit/s, a processor ${slower} times ` +
    `slower than this one (its load: ${load}).\nMedian of ${runs} (least–most); taps after ${READING / 1000} s of reading, each row of the question that has most of it.\n`,
);
table(names, results);

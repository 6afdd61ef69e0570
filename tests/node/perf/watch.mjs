// What runs inside a measured page, before its own scripts: it looks at the document and notes when things are there.
// It says everything from the DOM, so that no page carries code for being measured.

/** Puts `window.perf` into the page. `byButton`: the page answers taps as soon as it shows a button. */
export function watch(byButton) {
  const find = (selector) => document.querySelector(selector);
  const question = () => find("[data-question], [data-first-question]");
  const ready = () => document.documentElement?.dataset.ready ?? (byButton && find("button") ? "app" : "");
  /** The element that makes a page the one it is, and the page's name: a question's key, `result`, or the choice of a
   * county. What only says that the result is on its way is none. */
  const main = () => find("[data-testid=result-amount]") ?? question() ?? find("[data-testid^=county-]");
  const shown = () => {
    const { testid, question, firstQuestion } = main()?.dataset ?? {};
    return testid === "result-amount" ? "result" : question || firstQuestion || "start";
  };

  const waits = new Set();
  const look = () => {
    for (const wait of waits) {
      if (!wait.there()) continue;
      waits.delete(wait);
      wait.found();
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
  const until = (there) => new Promise((found) => waits.add({ there, found }) && look());
  const painted = (element) =>
    new Promise((done) => {
      // The task after the frame that has it.
      const frame = () => (element()?.getClientRects().length ? setTimeout(done) : requestAnimationFrame(frame));
      requestAnimationFrame(frame);
    });
  const now = () => performance.now();

  const memories = new Set();
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await original.apply(WebAssembly, given);
      for (const one of Object.values((made.instance ?? made).exports)) {
        if (one instanceof WebAssembly.Memory) memories.add(one);
      }
      return made;
    };
  }

  // Chromium tells of tasks from 50 ms on; what it has not told of yet is asked for.
  let longest = 0;
  const see = (entries) => entries.forEach(({ duration }) => (longest = Math.max(longest, duration)));
  const tasks = new PerformanceObserver((list) => see(list.getEntries()));
  tasks.observe({ entryTypes: ["longtask"] });

  // The marks tell the browser's trace what belongs to a tap.
  let tapped = 0;
  addEventListener("touchstart", () => performance.mark("tapped"), { capture: true, passive: true });
  addEventListener("touchend", (event) => (tapped = event.timeStamp), { capture: true, passive: true });
  window.perf = {
    shown,
    /** Bytes that the memories of the page's WebAssembly take. */
    memory: () => [...memories].reduce((sum, one) => sum + one.buffer.byteLength, 0),
    /** Milliseconds of the longest task since this was called last; 0 where none took 50. */
    longest() {
      see(tasks.takeRecords());
      const before = longest;
      longest = 0;
      return before;
    },
    readable: until(main).then(() => painted(main)).then(now),
    answerable: until(() => ["taps", "app"].includes(ready())).then(now),
    ready: until(() => ready() === "app").then(now),
    /** Milliseconds from the tap to the page that comes after this one. */
    async after(page) {
      await until(() => main() && shown() !== page);
      await painted(main);
      performance.mark("shown");
      return now() - tapped;
    },
  };
}

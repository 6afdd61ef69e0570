// Without network, and always current: what the app's page does about both once it runs. assets/boot.js loads it then,
// and not in a frame of another page, so that it costs the first visit nothing.
//
// A page asks for version.json when it opens, comes back into view or gets a network. A newer version is taken by a
// reload, which costs no answer: they are kept after each step, and so is the place in the history. It is put off while
// something typed is not sent yet, broken off when typing begins meanwhile, and left undone where the browser keeps
// nothing. docs/adr/0013 has the reasons.
(() => {
  const WORDS = "%words%";
  const PATIENCE_MS = 10000;
  const HOUR_MS = 3600000;
  const BEIJING_MS = 8 * HOUR_MS;
  const REST_MS = 2000;
  const AGAIN_MS = 30000;
  // The version that was last seen to be the newest, and the day. Deleted with the answers, by what its name begins with.
  const DAY = "canbao/current";
  // As long as what is kept of a household, to see whether there is room.
  const PROBE = "canbao/probe";
  const ROOM = 8000;
  // The version that this window has tried to get.
  const TRIED = "canbao-tried";

  const { version: own } = document.documentElement.dataset;
  // The page for an address that leads nowhere has none: there is no data on it to be old.
  if (!own) return;
  const root = document.getElementById("app");
  const here = document.currentScript.src;
  const beside = (name) => new URL(name, here).href;

  // A store that throws keeps nothing.
  const kept = (act) => {
    try {
      return act();
    } catch {
      return undefined;
    }
  };

  // Above a result, but below what is being answered: it comes some time after the page, and nothing may move under a
  // finger that is about to tap.
  let line;
  const place = () => {
    if (!line) return;
    const below = root.querySelector("[data-question], [data-search]");
    if (below && root.nextSibling !== line) root.after(line);
    if (!below && root.previousSibling !== line) root.before(line);
  };
  new MutationObserver(place).observe(root, { childList: true, subtree: true });
  const say = (words) => {
    if (!line && words) {
      line = document.createElement("p");
      line.id = "offline";
      line.dataset.testid = "offline";
      line.setAttribute("role", "status");
      place();
    }
    if (line) line.textContent = words;
  };

  let newer;
  const typed = () => [...root.querySelectorAll("input")].some((input) =>
    input.value !== input.defaultValue || input.checked !== input.defaultChecked);
  const take = () => {
    if (!newer || typed()) return;
    // Once for each version: a host may have changed this file before its pages. What cannot be written down cannot be
    // found again after the reload, so then it is only said.
    const first = kept(() => {
      localStorage.setItem(PROBE, "x".repeat(ROOM));
      localStorage.removeItem(PROBE);
      return sessionStorage.getItem(TRIED) !== newer && (sessionStorage.setItem(TRIED, newer), true);
    });
    if (!first) return say(WORDS.newer);
    // A slow line leaves time to begin typing: then the page stays, and the version is tried again with the next page.
    root.addEventListener("input", () => {
      stop();
      kept(() => sessionStorage.removeItem(TRIED));
    }, { once: true });
    location.reload();
  };

  // Answers may come out of order, as from before and after the device slept: the last question counts.
  let asked = 0;
  let again;
  const check = async () => {
    const mine = ++asked;
    clearTimeout(again);
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), PATIENCE_MS);
    const answer = await fetch(beside("version.json"), { cache: "no-store", signal: control.signal })
      .then((answer) => answer.json())
      .catch(() => ({}));
    clearTimeout(timer);
    if (mine !== asked) return;
    if (!answer.version) {
      // A page from the store may be older than the one that was the newest on that day.
      const [version, day] = (kept(() => localStorage.getItem(DAY)) || "").split(" ");
      say(version === own && day ? WORDS.offline.replace("{}", day) : WORDS.unknown);
      again = setTimeout(check, AGAIN_MS);
    } else if (answer.version === own) {
      // Beijing's day. By hand: a browser's own words for it take 20 ms of work the first time (80 on a slow phone), in
      // the middle of the first answers.
      const day = new Date(Date.now() + BEIJING_MS);
      const numbers = [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()];
      kept(() => localStorage.setItem(DAY, own + " " + WORDS.day.replace(/\{}/g, () => numbers.shift())));
      newer = undefined;
      say("");
    } else {
      newer = answer.version;
      take();
    }
  };

  // The app marks a page that has just come by a class; what was answered is kept by then, and nothing typed yet.
  new MutationObserver(() => root.className && take()).observe(root, { attributes: true, attributeFilter: ["class"] });
  document.addEventListener("visibilitychange", () => (document.hidden ? take() : check()));
  addEventListener("pageshow", (event) => event.persisted && check());
  for (const event of ["online", "offline"]) addEventListener(event, check);
  setInterval(check, HOUR_MS);

  // Not at once: the pages after the questions are on their way now, and come first.
  setTimeout(() => {
    check();
    // Where the browser has no workers, or lets none be kept, the app simply needs its network.
    if (navigator.serviceWorker) navigator.serviceWorker.register(beside("worker.js"), { updateViaCache: "none" }).catch(() => {});
    // What installing the app as one needs.
    for (const [rel, name] of [["manifest", "manifest.webmanifest"], ["apple-touch-icon", "icon-180.png"]]) {
      const link = document.createElement("link");
      link.rel = rel;
      link.href = beside(name);
      document.head.append(link);
    }
  }, REST_MS);
})();

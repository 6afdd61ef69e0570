// Starts the app, and keeps what is tapped before it has. The page is readable and its first question can be answered
// as soon as the page and this small script are there.
//
// It exists in place of the loader that Trunk would write into the page, because that one needs top-level `await`
// (Chromium 89; WeChat on old Android phones is Chromium 86) and an inline script, which the page's content security
// policy forbids. The names of the files it loads stand once in the page: in its preload links. A classic deferred
// script: it runs once the page is parsed, and a browser without modules still reads the page's own words about that
// (style/main.css shows them after a while).
(() => {
  const html = document.documentElement;
  const waiting = document.getElementById("waiting");
  const sheet = document.getElementById("sheet");
  const notice = document.getElementById("notice");
  const address = (link) => document.head.querySelector(link).href;
  const here = document.currentScript.src;
  const load = (name) => {
    // In a file handed on (assets/single.js) everything is in the page, and nothing beside it.
    if (!here) return;
    const script = document.createElement("script");
    script.src = new URL(name, here);
    document.head.append(script);
  };

  let tapped;
  const tap = (event) => {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    const before = document.querySelector("[data-step][aria-pressed]");
    if (before) before.removeAttribute("aria-pressed");
    button.setAttribute("aria-pressed", "true");
    tapped = button.dataset.step;
    waiting.className = "tapped";
  };
  const wait = (event) => event.preventDefault();
  document.addEventListener("click", tap);
  document.addEventListener("submit", wait);
  html.dataset.ready = "taps";

  const file = async (link) => {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(`${link.href}: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  };
  const program = async () => {
    const app = await import(address('link[rel="modulepreload"]'));
    await app.default({ module_or_path: address('link[type="application/wasm"]') });
    return app;
  };
  Promise.all(self.inlined ? self.inlined() : [program(), notice ? file(notice) : undefined])
    .then(([app, bytes]) => {
      document.removeEventListener("click", tap);
      document.removeEventListener("submit", wait);
      app.start(bytes, tapped);
      waiting.className = "";
      // What it does without network, and how it stays current. In a frame that is the portal's page's affair.
      if (parent === self) load("./offline.js");
    })
    .catch((error) => {
      html.dataset.ready = "failed";
      waiting.className = "failed";
      if (sheet) sheet.open = true;
      throw error;
    });

  // In a frame of another page there is more to do, in a script that lies beside this one.
  if (parent !== self) load("frame.js");
})();

// Large type, before and without the app too: kept on this device, as a class of the page.
(() => {
  const { classList } = document.documentElement;
  const KEY = "canbao-larger";
  // A store that throws keeps nothing; the button still works.
  const store = (act) => {
    try {
      return act(localStorage);
    } catch {
      return null;
    }
  };
  classList.toggle("larger", store((kept) => kept.getItem(KEY)) === "yes");
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-larger]")) {
      const is = classList.toggle("larger");
      store((kept) => (is ? kept.setItem(KEY, "yes") : kept.removeItem(KEY)));
    }
  });
})();

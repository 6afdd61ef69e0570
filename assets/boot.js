// Starts the app, and keeps what is tapped before it has. The page is readable and its first question can be answered
// as soon as the page and this small script are there.
//
// It exists in place of the loader that Trunk would write into the page, because that one needs top-level `await`
// (Chromium 89; WeChat on old Android phones is Chromium 86). The module's name stands once in the page: in its preload
// link. wasm-bindgen's script, `wasm_bindgen` here, stands beside this one. Both are classic scripts at the end of the
// page, which `cargo x build` writes into the page itself: a browser that cannot read them still has the page's own words
// about that (style/main.css shows them after a while).
(() => {
  const html = document.documentElement;
  const waiting = document.getElementById("waiting");
  const sheet = document.getElementById("sheet");
  /** Loads what is not needed at once, and says when it is there, or cannot be had. */
  const load = (tag, name, values) => new Promise((done) => {
    // In a file handed on (assets/single.js) everything is in the page, and nothing beside it.
    if (self.inlined) return done();
    const place = { [tag === "link" ? "href" : "src"]: (html.dataset.root || "") + name, onload: done, onerror: done };
    // In a sandboxed frame the page is a stranger to its own host, and only what is fetched as from one can be checked.
    document.head.append(Object.assign(document.createElement(tag), { crossOrigin: "" }, values, place));
  });
  // The build puts the digests in.
  const style = () => load("link", "./late.css", { rel: "stylesheet", integrity: "%late.css%" });
  const script = (name, integrity) => load("script", name, { integrity });

  let tapped;
  const tap = (event) => {
    const button = event.target.closest("[data-step]");
    // Where it did not start, nothing comes of a tap, and what is said about that stays.
    if (!button || waiting.className === "failed") return;
    const before = document.querySelector("[data-step][aria-pressed]");
    if (before) before.removeAttribute("aria-pressed");
    button.setAttribute("aria-pressed", "true");
    tapped = button.dataset.step;
    waiting.className = "tapped";
  };
  // No form is sent, ever: the app hears the button, and what was typed is to stand in no address.
  const wait = (event) => event.preventDefault();
  // It did not start, or broke off and takes no further tap. What was answered is kept: a reload goes on from there.
  const fail = () => {
    if (waiting.className === "failed") return;
    style();
    // In a frame it stands at the top, as its style says: who was answering is led there.
    if (html.dataset.ready === "app") parent.postMessage({ canbao: 1, type: "move" }, "*");
    html.dataset.ready = waiting.className = "failed";
    if (sheet) sheet.open = true;
  };
  // The program's errors come out of itself or of the script in this page. Others put scripts of theirs into it, as WeChat
  // does. So the trace's first line decides, but for what is the browser's own: a listener of theirs has the program below.
  // An older WebKit's traces have no more than its name of code without an address.
  addEventListener("error", ({ error }) => {
    const [place] = /^(\s+at |.*@|[\w-]+:\S+$|(?![^]*\n\s+at )[\w$. ]*$)(?!\[native|.*<anonymous>\)$).*/m.exec(error && error.stack) || [""];
    if (/wasm/.test(place) || /^[:?#]/.test(place.split(location.href.split(/[?#]/)[0])[1])) fail();
  });
  document.addEventListener("click", tap);
  document.addEventListener("submit", wait);
  html.dataset.ready = "taps";

  const program = async () => {
    // The link has it fetched already. The digest stands here, as Chromium takes none there.
    const { href } = document.head.querySelector("[type*=wasm]");
    const module_or_path = fetch(href, { integrity: "%canbao-app_bg.wasm%" });
    // The notice stands behind this script, at the page's very end.
    await new Promise((parsed) => document.addEventListener("DOMContentLoaded", parsed));
    const packed = document.getElementById("notice");
    if (!packed && document.querySelector("[data-question]")) throw new Error("the page was cut off");
    await wasm_bindgen.default({ module_or_path });
    return packed && packed.textContent;
  };
  (self.inlined || program)()
    .then((packed) => {
      document.removeEventListener("click", tap);
      wasm_bindgen.start(packed, tapped, style());
      waiting.className = "";
      // What it does without network, and how it stays current. In a frame that is the portal's page's affair.
      if (parent === self) script("./offline.js", "%offline.js%");
    })
    .catch((error) => {
      fail();
      throw error;
    });

  // In a frame of another page there is more to do, in a script of its own.
  if (parent !== self) script("frame.js", "");
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

// What the app's page does only while it stands in a frame of another page: it tells how high it is and when it has
// moved on, and takes the portal's colour. assets/boot.js loads it there and nowhere else, so a direct visit pays nothing
// for it.
//
// What goes out is a height and "move", nothing about a person; it goes to whoever shows the page, known or not. What
// comes in is the colour after the # of the address and the question "how high are you"; both are checked, and nothing
// that comes in can change an answer.
(() => {
  const root = document.documentElement;
  const app = document.getElementById("app");
  // For the style: nothing may be laid out later that counts for the height.
  root.dataset.framed = "";
  const say = (message) => parent.postMessage({ canbao: 1, ...message }, "*");

  // The height of the content and never of the window: that one follows the frame's, and the two would push each other
  // up for ever. What stands beside the page's flow on wide screens counts too.
  const height = () => {
    const bottoms = [root, ...document.querySelectorAll("main > *")].map((e) => e.getBoundingClientRect().bottom);
    return Math.ceil(Math.max(...bottoms) + scrollY);
  };
  // In a higher frame the scroll bar goes and lines get longer, which nothing tells of while it is out of sight. So it is
  // looked at again, later and later: a portal's page that is still loading is slow to follow.
  const [SOON_MS, LATE_MS] = [100, 5000];
  let [told, look] = [0, 0];
  const lookIn = (pause) => {
    clearTimeout(look);
    look = setTimeout(() => {
      if (pause * 3 < LATE_MS) lookIn(pause * 3);
      tell();
    }, pause);
  };
  const tell = () => {
    if (height() === told) return;
    say({ type: "height", height: (told = height()) });
    lookIn(SOON_MS);
  };

  // The app marks a page that has just come by a class (FRESH in src/browser/page.rs). What it puts in comes after the
  // mark, so both are told a little later; the height first, so that there is something to scroll to.
  const moved = () => {
    tell();
    say({ type: "move" });
  };
  new MutationObserver(() => {
    if (app.className) setTimeout(moved, 30);
    else tell();
  }).observe(app, { attributes: true, attributeFilter: ["class"], childList: true, subtree: true });
  // A frame out of sight is not drawn, so this one alone would be told of nothing there.
  if (window.ResizeObserver) new ResizeObserver(tell).observe(root);

  addEventListener("message", ({ source, data }) => {
    if (source !== parent || !data || data.canbao !== 1 || data.type !== "measure") return;
    told = 0;
    tell();
  });

  // The portal's colour, for what can be tapped. It is taken only if it can be read, as text and under text: 4.5:1 on
  // the tint that is made of it, which is more on white.
  const [, digits] = /^#([\da-f]{6})$/i.exec(location.hash) || [];
  if (!digits) return;
  const colour = [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16));
  const tint = colour.map((part) => Math.round(255 - (255 - part) / 12));
  const light = (parts) => {
    const [r, g, b] = parts.map((part) => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  if (light(tint) / light(colour) < 4.5) return;
  root.style.setProperty("--theme", `rgb(${colour})`);
  root.style.setProperty("--theme-tint", `rgb(${tint})`);
})();

// The staff page: reads what is chosen, has the material made (crates/staff, in WebAssembly), and puts it where it can be
// seen, copied, saved and printed. No number is made here. The preview is made by the very line that is to be copied, but
// from this page's own host: its policy allows no other.
import start, { material, today } from "./canbao-staff.js";

const at = (id) => document.getElementById(id);
const [notice, address, on, pinned, theme, height] = ["notice", "address", "on", "pinned", "theme", "height"].map(at);
const root = new URL("../", document.baseURI).href;
const OURS = theme.defaultValue;

const tell = (what) => {
  at("told").textContent = what ? at("told").dataset[what] : "";
};

// What is chosen: a notice's place and year, as its option has them.
const chosen = () => notice.selectedOptions[0].dataset;
// The newest year of a place stands first.
const isNewest = () => [...notice.options].find(({ dataset }) => dataset.code === chosen().code).value === notice.value;
const isPinned = () => pinned.checked || !isNewest();
const place = () => chosen().code + (isPinned() ? `/${chosen().year}` : "");

// What a notice's residents are to open: its own year, where that is no longer what its place leads to.
const addresses = new Map();
const ownAddress = () => `${root}${chosen().code}/${isNewest() ? "" : `${chosen().year}/`}`;

const quoted = (value) => value.replace(/&/g, "&amp;").replace(/"/g, "&quot;");
const attributes = (base) => [
  ["src", `${base}embed.js`],
  ["data-county", chosen().code],
  ...(isPinned() ? [["data-year", chosen().year]] : []),
  ...(theme.value === OURS ? [] : [["data-theme", theme.value]]),
  ...(height.value === height.defaultValue || !height.checkValidity() ? [] : [["data-height", height.value]]),
];

// Where the lines to copy get the program from: where the residents' address leads to, if that is a page of the program.
const base = () => {
  let link;
  try {
    link = new URL(address.value.trim());
  } catch {
    return root;
  }
  const { code, year } = chosen();
  const page = new RegExp(`^(.*/)${code}/(${year}/)?(index\\.html)?$`).exec(link.pathname);
  return page && /^https?:$/.test(link.protocol) ? link.origin + page[1] : root;
};

const lines = () => {
  const from = base();
  at("base").textContent = from;
  const line = attributes(from).map(([name, value]) => ` ${name}="${quoted(value)}"`).join("");
  at("snippet").textContent = `<script${line}></script>`;
  const colour = theme.value === OURS ? "" : theme.value;
  const size = height.checkValidity() ? height.value : height.defaultValue;
  at("frame").textContent = `<iframe src="${quoted(`${from}${place()}/${colour}`)}" title="居民医保：交多少、哪天前交、去哪里交"`
    + ` width="100%" height="${size}" allow="clipboard-write; web-share" style="border:0"></iframe>`;
};

const widget = () => {
  pinned.disabled = !isNewest();
  height.reportValidity();
  lines();
  for (const preview of document.querySelectorAll(".preview")) {
    const script = document.createElement("script");
    for (const [name, value] of attributes(root)) script.setAttribute(name, value);
    preview.replaceChildren(script);
  }
};

// Files made here live as long as they are shown.
const files = new Map();
const file = (key, content, type) => {
  if (files.has(key)) URL.revokeObjectURL(files.get(key));
  const made = URL.createObjectURL(new Blob([content], { type }));
  files.set(key, made);
  return made;
};
const name = (what, extension) => `${notice.value}-${what}.${extension}`;
const save = (link, href, download) => Object.assign(link, { href, download });

const make = () => {
  let made;
  at("problem").textContent = "";
  try {
    made = material(notice.value, on.value, address.value);
  } catch (error) {
    at("problem").textContent = error.message;
  }
  at("material").hidden = !made;
  if (!made) return;
  for (const id of ["poster", "phone"]) {
    const href = file(id, made[id], "image/svg+xml");
    at(id).querySelector("img").src = href;
    save(at(id).querySelector("[data-save]"), href, name(id, "svg"));
  }
  at("message").value = made.message;
  at("announcement").value = made.announcement;
  at("gaps").textContent = made.gaps || "";
  at("calendar-file").hidden = !made.calendar;
  at("no-calendar").hidden = !!made.calendar;
  if (made.calendar) {
    const href = file("calendar", made.calendar, "text/calendar");
    save(at("calendar-file").querySelector("a"), href, name("calendar", "ics"));
  }
};

const png = async (figure, width) => {
  const image = figure.querySelector("img");
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = Math.round((width * image.naturalHeight) / image.naturalWidth);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  save(document.createElement("a"), file(`${figure.id}-png`, blob, "image/png"), name(figure.id, "png")).click();
};

const copy = async (element) => {
  const text = element.value === undefined ? element.textContent : element.value;
  try {
    await navigator.clipboard.writeText(text);
    tell("copied");
  } catch {
    // A page over plain http may not write there: what is to be copied is selected, so that one key does it.
    getSelection().selectAllChildren(element);
    if (element.select) element.select();
    tell("select");
  }
};

document.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("click", (event) => {
  const { dataset } = event.target;
  if (dataset.copy) copy(at(dataset.copy));
  if (dataset.png) png(event.target.closest("figure"), Number(dataset.png)).catch(() => tell("failed"));
  if ("print" in dataset) print();
});
notice.addEventListener("change", () => {
  address.value = addresses.get(notice.value) || ownAddress();
  widget();
  make();
});
address.addEventListener("change", () => {
  addresses.set(notice.value, address.value);
  lines();
  make();
});
on.addEventListener("change", make);
at("options").addEventListener("change", widget);

const { href } = document.querySelector('link[type="application/wasm"]');
// The build puts the digest in.
start({ module_or_path: fetch(href, { integrity: "%canbao-staff_bg.wasm%" }) })
  .then(() => {
    on.value = today(location.search, Date.now());
    address.value = ownAddress();
    widget();
    make();
    tell("");
    document.documentElement.dataset.ready = "staff";
  })
  .catch(() => tell("failed"));

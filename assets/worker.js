// The app without network: the service worker of the whole site, in the folder of the choice of a county.
//
// xtask/src/offline.rs fills in the three constants. Pages are asked for each time and kept only for when nothing
// comes, so a new fee is seen by the next visit that has a network. Files with a digest in their name never change and
// come from the store first, whichever version's: a page names the files it was built with and gets these or none.
// docs/adr/0013 has the reasons.
const VERSION = "%version%";
// Pages by their folder, with the beginning of the SHA-256 of each.
const PAGES = "%pages%";
// Files that have it in their names.
const FILES = "%files%";

// What a page may take to come before the kept one is shown, and what a file may take to be kept.
const PAGE_MS = 4000;
const FILE_MS = 60000;

const DIGEST = /-([\da-f]{16})\.\w+$/;

const { scope } = self.registration;
const ours = `canbao ${scope} `;
const store = () => caches.open(ours + VERSION);

// An answer with all of its body, or none in time.
const whole = async (address, options, ms) => {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), ms);
  try {
    const answer = await fetch(address, { ...options, signal: control.signal });
    if (answer.type !== "opaqueredirect") await answer.clone().arrayBuffer();
    return answer;
  } finally {
    clearTimeout(timer);
  }
};

// A file as it was built: anything else is an error.
const checked = async (name, digest, cache) => {
  const answer = await whole(scope + name, { cache }, FILE_MS);
  const bytes = await answer.arrayBuffer();
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (!answer.ok || !hex.startsWith(digest)) throw new Error(`${name} is not as it was built`);
  return new Response(bytes, { headers: { "content-type": answer.headers.get("content-type") || "" } });
};

// A file that has its digest in its name. The browser's own store is asked first, and not believed.
const named = (name) => {
  const [, digest] = DIGEST.exec(name);
  return checked(name, digest, "default").catch(() => checked(name, digest, "reload"));
};

// All files, or the version does not come into use and the next visit tries again. What has arrived by then is not
// fetched twice, nor is what another version has too.
const install = async () => {
  const cache = await store();
  for (const name of FILES) {
    if (await cache.match(scope + name)) continue;
    await cache.put(scope + name, (await caches.match(scope + name)) || (await named(name)));
  }
  for (const [name, digest] of Object.entries(PAGES)) {
    if (!(await cache.match(scope + name))) await cache.put(scope + name, await checked(name, digest, "reload"));
  }
  // At once: pages of the last version go on with their own files, which stay as long as any page is open.
  await self.skipWaiting();
};

// What was kept before this version came into use. It goes when a page is opened while no other is there to need it;
// what arrives of the next version meanwhile stays.
const BEFORE = `${scope}?before`;
const note = async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith(ours) && name !== ours + VERSION);
  await (await store()).put(BEFORE, new Response(JSON.stringify(names)));
};
const tidy = async () => {
  if ((await clients.matchAll({ includeUncontrolled: true })).length > 0) return;
  const cache = await store();
  const noted = await cache.match(BEFORE);
  if (!noted) return;
  for (const name of await noted.json()) await caches.delete(name);
  await cache.delete(BEFORE);
};

// The page as the host has it now; the kept one when there is no network, a bad one or an error.
const page = async (address, name) => {
  const options = { cache: "no-cache", redirect: "manual" };
  const answer = await whole(address, options, PAGE_MS).catch(() => undefined);
  if (answer && (answer.ok || answer.type === "opaqueredirect")) return answer;
  return (await (await store()).match(scope + name)) || answer || Response.error();
};

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(note()));
self.addEventListener("fetch", (event) => {
  const { method, mode, destination, url } = event.request;
  const [path] = url.split(/[?#]/);
  if (method !== "GET" || !path.startsWith(scope)) return;
  const name = path.slice(scope.length).replace(/(^|\/)index\.html$/, "$1");
  if (mode === "navigate") {
    // A frame of another page is that page's affair.
    if (destination !== "document" || !(name in PAGES)) return;
    event.respondWith(page(url, name));
    event.waitUntil(tidy());
  } else if (DIGEST.test(name)) {
    // What cannot be had as it was built, such as a file that is not ours, is had as without a worker.
    event.respondWith(caches.match(path).then((kept) => kept || named(name)).catch(() => fetch(event.request)));
  }
});

// The app in one file, opened from a folder or a chat with no host: what assets/boot.js fetches elsewhere stands in the
// page itself. xtask/src/single.rs puts the file together, with wasm-bindgen's script before this one and boot.js after
// it; docs/adr/0014 has the reasons.
//
// A link to a page of ours is one within the file: the page is named behind the # of the address and opened by a
// reload, so that the app starts the same way everywhere.
(() => {
  // Chromium 86 and Safari before 16.4 lack what would unpack this (DecompressionStream for "deflate-raw"), so here is
  // RFC 1951, one bit at a time: short, and quick enough.
  const inflated = (packed, size) => {
    const out = new Uint8Array(size);
    let [at, to, held, bits] = [0, 0, 0, 0];
    const take = (count) => {
      while (held < count) {
        bits |= packed[at++] << held;
        held += 8;
      }
      const value = bits & ((1 << count) - 1);
      bits >>>= count;
      held -= count;
      return value;
    };
    const tree = (lengths) => {
      const counts = new Uint16Array(16);
      for (const length of lengths) counts[length]++;
      counts[0] = 0;
      const symbols = [];
      for (let length = 1; length < 16; length++) lengths.forEach((other, symbol) => other === length && symbols.push(symbol));
      return { counts, symbols };
    };
    const symbol = ({ counts, symbols }) => {
      let [code, first, index] = [0, 0, 0];
      for (let length = 1; length < 16; length++) {
        code |= take(1);
        if (code - counts[length] < first) return symbols[index + code - first];
        index += counts[length];
        first = (first + counts[length]) << 1;
        code <<= 1;
      }
      throw new Error("the file is damaged");
    };
    const trees = () => {
      const [literals, distances, codes] = [take(5) + 257, take(5) + 1, take(4) + 4];
      const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
      const short = new Array(19).fill(0);
      for (const place of order.slice(0, codes)) short[place] = take(3);
      const code = tree(short);
      const lengths = [];
      while (lengths.length < literals + distances) {
        const next = symbol(code);
        const [value, times] =
          next < 16 ? [next, 1]
          : next === 16 ? [lengths[lengths.length - 1], 3 + take(2)]
          : next === 17 ? [0, 3 + take(3)]
          : [0, 11 + take(7)];
        for (let count = 0; count < times; count++) lengths.push(value);
      }
      return [tree(lengths.slice(0, literals)), tree(lengths.slice(literals))];
    };
    const fixed = () => [
      tree(Array.from({ length: 288 }, (_, at) => (at < 144 ? 8 : at < 256 ? 9 : at < 280 ? 7 : 8))),
      tree(new Array(30).fill(5)),
    ];
    for (let last = 0; !last; ) {
      last = take(1);
      const kind = take(2);
      if (kind === 0) {
        // As it is, from the next whole byte on: its length twice, then itself.
        take(held & 7);
        const length = take(8) | (take(8) << 8);
        take(16);
        for (let count = 0; count < length; count++) out[to++] = take(8);
        continue;
      }
      const [literals, distances] = kind === 1 ? fixed() : trees();
      for (let next = symbol(literals); next !== 256; next = symbol(literals)) {
        if (next < 256) {
          out[to++] = next;
          continue;
        }
        const step = next - 257;
        const extra = step < 8 || step === 28 ? 0 : (step >> 2) - 1;
        const length = step === 28 ? 258 : step < 8 ? step + 3 : ((4 + (step & 3)) << extra) + 3 + take(extra);
        const far = symbol(distances);
        const more = far < 4 ? 0 : (far >> 1) - 1;
        const distance = far < 4 ? far + 1 : ((2 + (far & 1)) << more) + 1 + take(more);
        for (let count = 0; count < length; count++, to++) out[to] = out[to - distance];
      }
    }
    if (to !== size) throw new Error("the file is damaged");
    return out;
  };

  const block = document.getElementById("packed");
  // The program first, then the notices by the address of their page; the newest of a place comes first.
  const parts = JSON.parse(block.dataset.parts);
  const [, ...notices] = parts.map(([name]) => name);
  const shown = (place) => (notices.length === 1 ? notices[0] : place && notices.find((name) => name.startsWith(place)));

  self.inlined = async () => {
    const packed = Uint8Array.from(atob(block.textContent), (letter) => letter.charCodeAt(0));
    const all = inflated(packed, parts.reduce((sum, [, size]) => sum + size, 0));
    const files = {};
    let from = 0;
    for (const [name, size] of parts) files[name] = all.subarray(from, (from += size));
    await wasm_bindgen({ module_or_path: files[""] });
    const notice = files[shown(location.hash.slice(1)) || "none"];
    return notice && new TextDecoder().decode(notice);
  };

  addEventListener("hashchange", () => location.reload());
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    // The address of the file goes along by itself, with the day that it may ask for.
    const place = link && link.getAttribute("href").split("?")[0];
    if (!place || /^(\w+:|#)/.test(place)) return;
    event.preventDefault();
    if (place === "./") location.hash = "";
    else if (shown(place) && notices.length > 1) location.hash = place;
  });
})();

// The entry of the JavaScript API: the engine's functions, and `ready()`, which loads the engine once.
// A browser fetches the module that lies beside this file; Node reads it from disk, where `fetch` knows no files.
import init from "./canbao.js";

export * from "./canbao.js";

let loading;

export function ready() {
  loading ??= load(new URL("./canbao_bg.wasm", import.meta.url));
  return loading;
}

async function load(address) {
  if (address.protocol !== "file:") {
    await init({ module_or_path: address });
    return;
  }
  const { readFile } = await import("node:fs/promises");
  await init({ module_or_path: await readFile(address) });
}

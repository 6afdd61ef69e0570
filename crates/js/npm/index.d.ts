export * from "./canbao.js";

/** Loads the engine. Await it once, before the first call of any other function; further calls cost nothing. */
export function ready(): Promise<void>;

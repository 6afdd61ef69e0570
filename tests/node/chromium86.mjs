// Opens a page in a real Chromium 86, takes steps in it, and prints as JSON what it was asked to read.
//
//   node chromium86.mjs <address> [click:<id> | fill:<id>=<value> | text:<id>]...
//
// An id is a data-testid. It fails when the page reports any error: an exception, a failed request, a violated policy.
// The browser comes compressed in the npm package chrome-aws-lambda, whose own code unpacks it for a cloud service
// only, so that is done here, once.
import { chmodSync, createReadStream, createWriteStream, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";
import puppeteer from "puppeteer-core";

const VERSION = /Chrome\/86\./;

async function browser() {
  const modules = fileURLToPath(new URL("node_modules/", import.meta.url));
  const program = join(modules, ".cache/chromium-86/chromium");
  if (!existsSync(program)) {
    mkdirSync(join(modules, ".cache/chromium-86"), { recursive: true });
    const half = `${program}.${process.pid}`;
    await pipeline(
      createReadStream(join(modules, "chrome-aws-lambda/bin/chromium.br")),
      createBrotliDecompress(),
      createWriteStream(half),
    );
    chmodSync(half, 0o755);
    renameSync(half, program);
  }
  return program;
}

async function take(page, step) {
  const [, action, id, value] = step.match(/^(click|fill|text):([^=]+)(?:=(.*))?$/s) ?? [];
  if (!action) throw new Error(`not a step: ${step}`);
  // The app takes the place of the static page. And a click on a page that has only just come would be taken for the
  // second one of a double click.
  await page.waitForSelector("html[data-ready=app] #app:not(.fresh)");
  const element = await page.waitForSelector(`[data-testid="${id}"]`, { visible: true, timeout: 15_000 });
  switch (action) {
    case "click":
      try {
        await element.click();
      } catch (error) {
        // The app takes the place of the static page: what was found there is looked for again.
        if (!/detached/.test(error.message)) throw error;
        return take(page, step);
      }
      return [];
    case "fill":
      await element.evaluate((input, text) => {
        input.value = text;
        input.dispatchEvent(new Event("input", { bubbles: true }));
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }, value ?? "");
      return [];
    case "text":
      return [await element.evaluate((shown) => shown.innerText)];
  }
}

const [address, ...steps] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "canbao-chromium86-"));
const chromium = await puppeteer.launch({
  executablePath: await browser(),
  userDataDir: folder,
  defaultViewport: { width: 360, height: 740, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  const version = await chromium.version();
  if (!VERSION.test(version)) throw new Error(`this is ${version}, not Chromium 86`);
  const page = await chromium.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("requestfailed", (request) => errors.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on("response", (response) => response.status() >= 400 && errors.push(`${response.url()}: ${response.status()}`));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await page.goto(address);
  const texts = [];
  try {
    for (const step of steps) texts.push(...(await take(page, step)));
  } catch (error) {
    errors.push(error.message);
  }
  if (errors.length > 0) throw new Error(errors.join("\n"));
  console.log(JSON.stringify(texts));
} finally {
  await chromium.close();
  rmSync(folder, { recursive: true, force: true });
}

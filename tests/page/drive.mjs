// What a browser makes of a page: node drive.mjs BROWSER PAGE → JSON.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const axe = require.resolve("axe-core/axe.min.js");
const [executablePath, file] = process.argv.slice(2);
const url = pathToFileURL(file).href;
const found = {};

const browser = await chromium.launch({
  executablePath,
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
  ],
});
const WHOLE = { width: 1280, height: 900 };

async function open(options, work) {
  const context = await browser.newContext({ viewport: WHOLE, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.said = [];
  page.asked = [];
  page.on("console", (message) => page.said.push(message.text()));
  page.on("pageerror", (error) => page.said.push(String(error)));
  page.on("dialog", (dialog) => { page.said.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => page.asked.push(request.url()));
  await page.goto(url);
  const result = await work(page);
  await context.close();
  return result;
}

// Axe is put in past the page's policy, which lets in no script but the page's own.
const CONTRAST = ["color-contrast"];
const ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function judged(page, part, runOnly = ALL) {
  return await page.evaluate(async ([part, runOnly]) => {
    const { violations } = await axe.run(part ?? document, { runOnly });
    return violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html).join(" | ")}`);
  }, [part, runOnly]);
}

async function contrasts(scheme) {
  return await open({ colorScheme: scheme, bypassCSP: true }, async (page) => {
    await page.addScriptTag({ path: axe });
    await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
    // What the colours are makes no difference to the other rules.
    const result = { page: await judged(page, undefined, scheme === "light" ? ALL : CONTRAST) };
    for (const id of await page.$$eval("[name=by]", (all) => all.slice(1).map((one) => one.id))) {
      await page.locator("label", { has: page.locator(`#${id}`) }).click();
      result[id] = await judged(page, ".map", CONTRAST);
    }
    await page.locator(".cap").first().click();
    result.panel = await judged(page, "[popover]:popover-open");
    return result;
  });
}

found.axe = { light: await contrasts("light"), dark: await contrasts("dark") };

found.plain = await open({}, async (page) => {
  const result = { widths: {} };
  for (const width of [320, 375, 768, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    result.widths[width] = await page.evaluate(() => document.documentElement.scrollWidth);
  }
  // By keyboard: into the page, past the links, to the colours and to a box.
  await page.keyboard.press("Tab");
  result.first = await page.evaluate(() => document.activeElement.textContent);
  await page.locator("#by-f").focus();
  await page.keyboard.press("ArrowRight");
  result.colour = await page.evaluate(() => document.activeElement.id);
  result.shown = await page.locator(".legend.x:visible").count();
  await page.locator(".cap").first().focus();
  await page.keyboard.press("Enter");
  result.opened = await page.locator("[popover]:popover-open h2").allTextContents();
  await page.keyboard.press("Tab");
  result.within = await page.evaluate(() => !!document.activeElement.closest("[popover]"));
  await page.keyboard.press("Escape");
  result.closed = await page.locator("[popover]:popover-open").count();
  result.back = await page.evaluate(() => document.activeElement.className.split(" ")[0]);
  // The worklist: filter and sort.
  const rows = page.locator("#worklist [data-s]");
  result.rows = await rows.count();
  const word = await page.locator("#worklist tbody a").first().textContent();
  await page.locator("#filter").fill(word);
  result.filtered = await page.locator("#worklist [data-s]:not([hidden])").allTextContents();
  result.word = word;
  result.told = await page.locator("#shown").textContent();
  await page.locator("#filter").fill("");
  result.again = await page.locator("#worklist [data-s]:not([hidden])").count();
  const head = page.locator("#worklist th button:visible", { hasText: "Rule" }).first();
  await head.focus();
  await page.keyboard.press("Enter");
  const table = page.locator("#worklist table").first();
  result.sorted = await table.locator("tbody tr td:nth-child(2)").allTextContents();
  result.aria = await table.locator("th[aria-sort]").getAttribute("aria-sort");
  // The theme is the reader's.
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  result.light = await ground();
  await page.locator("label", { has: page.locator("#th-d") }).click();
  result.dark = await ground();
  result.said = page.said;
  result.asked = page.asked.filter((one) => one !== url);
  return result;
});

found.print = await open({}, async (page) => {
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  const result = await page.evaluate(() => ({
    closed: document.querySelectorAll("details:not([open])").length,
    ground: getComputedStyle(document.body).backgroundColor,
    panels: [...document.querySelectorAll("[popover]")].filter((p) => p.checkVisibility()).length,
    text: document.querySelector("main").innerText,
  }));
  result.bytes = (await page.pdf({ format: "A4" })).length;
  return result;
});

found.silent = await open({ javaScriptEnabled: false }, async (page) => {
  const result = { tools: await page.locator(".tools").isVisible() };
  await page.locator("label", { has: page.locator("#by-g") }).click();
  result.legend = await page.locator(".legend.x.g").isVisible();
  await page.locator(".cap").first().click();
  result.opened = await page.locator("[popover] h2:visible").allTextContents();
  await page.locator("[popover] > button:visible").click();
  result.closed = await page.locator("[popover] h2:visible").count();
  return result;
});

await browser.close();
process.stdout.write(JSON.stringify(found));

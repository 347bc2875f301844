// Pictures of a page: node pictures.mjs BROWSER PAGE FOLDER.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const [executablePath, file, folder] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});

async function picture(name, width, height, colorScheme, prepare) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  await page.goto(pathToFileURL(file).href);
  await prepare?.(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.close();
}

const to = (id) => async (page) => {
  await page.evaluate((id) => {
    document.documentElement.style.scrollBehavior = "auto";
    document.getElementById(id).scrollIntoView();
  }, id);
};

await picture("report", 1180, 1000, "light");
await picture("report-map", 1180, 600, "dark", async (page) => {
  await to("map")(page);
  await page.locator("label", { has: page.locator("#by-t") }).click();
});
await picture("report-roadmap", 1180, 560, "light", to("roadmap"));
await picture("report-phone", 390, 760, "light", async (page) => {
  await to("map")(page);
  await page.locator(".cap.f-bad").first().click();
  await page.waitForTimeout(100);
});
await browser.close();

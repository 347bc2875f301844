// One window of VS Code in a browser: node drive.mjs BROWSER. Each line of the input is the body of
// a function of the page, as a JSON string; each line of the output what it returned.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(new URL("../../page/", import.meta.url));
const { chromium } = require("playwright-core");
const browser = await chromium.launch({
  executablePath: process.argv[2],
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
const page = await browser.newPage({ viewport: { width: 1180, height: 760 } });
page.setDefaultTimeout(20_000);
const Asked = Object.getPrototypeOf(async () => {}).constructor;

for await (const line of createInterface({ input: process.stdin })) {
  let said;
  try {
    said = { value: await new Asked("page", JSON.parse(line))(page) };
  } catch (error) {
    said = { error: String(error?.stack ?? error) };
  }
  process.stdout.write(JSON.stringify(said) + "\n");
}
await browser.close();

import assert from "node:assert/strict";
import { test } from "node:test";

import { item, type Known } from "../src/status";

const KNOWN: Known = {
  server: { file: "/m/.venv/bin/bizalign-lint", why: "the environment .venv" },
  version: "1.2",
  told: { quiescent: true, health: "ok", message: "shop: 3 definitions\nbank: 1 definition" },
  findings: 2,
};

test("says the findings; and on demand server, version and models", () => {
  assert.deepEqual(item(KNOWN), {
    text: "$(checklist) bizalign-lint: 2 findings",
    tooltip: [
      "/m/.venv/bin/bizalign-lint 1.2",
      "from the environment .venv",
      "shop: 3 definitions",
      "bank: 1 definition",
      "2 findings",
      "Click to check in a terminal.",
    ].join("\n"),
    command: "bizalign.lintWorkspace",
  });
  assert.match(item({ ...KNOWN, findings: 1 }).text, /1 finding$/);
});

test("says that it is judging, and since when it knows nothing", () => {
  const judging = item({ ...KNOWN, told: { ...KNOWN.told!, quiescent: false } });
  assert.equal(judging.text, "$(sync~spin) bizalign-lint: judging");
  assert.match(judging.tooltip, /shop: 3 definitions/);
  assert.match(item({ ...KNOWN, told: undefined }).text, /judging$/);
});

test("warns of a set-up that cannot be read", () => {
  assert.match(item({ ...KNOWN, told: { ...KNOWN.told!, health: "error" } }).text, /^\$\(warning\)/);
});

test("leads to what fixes it", () => {
  const failed = item({ ...KNOWN, error: { short: "failed", isToInstall: false } });
  assert.deepEqual([failed.text, failed.command], ["$(error) bizalign-lint: failed", "bizalign.restart"]);
  const absent = item({ ...KNOWN, server: undefined, error: { short: "not installed", isToInstall: true } });
  assert.equal(absent.command, "bizalign.install");
});

import assert from "node:assert/strict";
import Module from "node:module";
import { join } from "node:path";
import { test } from "node:test";

/** Stands for all of VS Code: everything in it is there, and does nothing. */
const nothing: unknown = new Proxy(class {}, {
  get: (target, name) => (name === "prototype" ? target.prototype : nothing),
  apply: () => nothing,
});

test("is complete: what is bundled loads where there is nothing but VS Code", () => {
  const loader = Module as unknown as { _load: (name: string, ...more: unknown[]) => unknown };
  const load = loader._load;
  loader._load = (name, ...more) => (name === "vscode" ? nothing : load(name, ...more));
  try {
    const extension = load(join(__dirname, "..", "src", "extension.js"), module, false);
    assert.deepEqual(Object.keys(extension as object).sort(), ["activate", "deactivate"]);
  } finally {
    loader._load = load;
  }
});

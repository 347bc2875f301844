import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

import { page, target } from "../src/chain";

test("the page loads nothing, and runs only what has its secret", () => {
  const html = page({ title: "Selling", svg: "<svg><g/></svg>" }, "s3cret");
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
  assert.equal(policy, "default-src 'none'; style-src 'nonce-s3cret'; script-src 'nonce-s3cret'");
  assert.match(html, /<svg><g\/><\/svg>/);
  assert.doesNotMatch(html, /https?:|unsafe|\son\w+=|\sstyle=/);
  assert.equal(html.match(/<(script|style)\b/g)?.length, html.match(/<(script|style) nonce="s3cret">/g)?.length);
});

test("without a definition it says what to do", () => {
  assert.match(page(undefined, "x"), /Put the cursor in a definition/);
});

test("a click and the enter key say where a box leads", () => {
  const heard = new Map<string, (event: unknown) => void>();
  const told: unknown[] = [];
  const box = {
    dataset: { uri: "file:///w/sell.yaml", line: "3" },
    setAttribute: () => undefined,
    addEventListener: (name: string, run: (event: unknown) => void) => heard.set(name, run),
  };
  const script = /<script[^>]*>(.*)<\/script>/s.exec(page(undefined, "x"))?.[1] ?? "";
  runInNewContext(script, {
    acquireVsCodeApi: () => ({ postMessage: (message: object) => told.push({ ...message }) }),
    document: { querySelectorAll: () => [box] },
  });
  heard.get("click")?.({});
  heard.get("keydown")?.({ key: "Enter" });
  heard.get("keydown")?.({ key: "a" });
  assert.deepEqual(told, Array(2).fill({ uri: "file:///w/sell.yaml", line: 3 }));
});

test("leads to lines of files, and nowhere else", () => {
  assert.deepEqual(target({ uri: "file:///w/a.yaml", line: 3 }), { uri: "file:///w/a.yaml", line: 3 });
  for (const bad of [null, 7, {}, { uri: "https://x/", line: 1 }, { uri: "file:///a", line: "1" }, { uri: "file:///a", line: 0 }]) {
    assert.equal(target(bad), undefined);
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { requirement } from "../src/requirement";

test("an address gets the name and the extra, a folder the extra", () => {
  assert.equal(
    requirement(" git+https://git.example.org/tools/bizalign-lint@0123abc "),
    "bizalign-lint[lsp] @ git+https://git.example.org/tools/bizalign-lint@0123abc",
  );
  assert.equal(requirement("/home/me/bizalign-lint/"), "/home/me/bizalign-lint[lsp]");
  assert.equal(requirement("C:\\src\\bizalign-lint"), "C:\\src\\bizalign-lint[lsp]");
});

test("a name is nothing to be taken from wherever it may be", () => {
  assert.equal(requirement("bizalign-lint"), undefined);
  assert.equal(requirement(""), undefined);
});

test("nothing that a shell would understand is let through", () => {
  for (const bad of ['/a"; rm -rf /', "/a$(x)", "git+https://x/`y`", "/a\nb", "/a%PATH%", "--pre/x", "https://x/a&b"]) {
    assert.equal(requirement(bad), undefined, bad);
  }
});

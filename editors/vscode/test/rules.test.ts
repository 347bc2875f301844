import assert from "node:assert/strict";
import { test } from "node:test";

import { listed, rendered, rulesOf } from "../src/rules";

test("reads the rules of diagnostics, ours only and each once", () => {
  const told = [
    { source: "bizalign-lint", code: "BAS101" },
    { source: "bizalign-lint", code: { value: "FIN107" } },
    { source: "bizalign-lint", code: "BAS101" },
    { source: "bizalign-lint", code: 7 },
    { source: "yaml-schema: Application", code: "ABC123" },
  ];
  assert.deepEqual(rulesOf(told), ["BAS101", "FIN107"]);
});

test("reads the list of rules", () => {
  const output = [
    "Model",
    "  MOD101  error    A file is not well-formed YAML.",
    "  MOD103  warning  A plain value is text here, but something else elsewhere.",
    "",
    "126 rules",
  ].join("\n");
  assert.deepEqual(listed(output), [
    { id: "MOD101", severity: "error", summary: "A file is not well-formed YAML." },
    {
      id: "MOD103",
      severity: "warning",
      summary: "A plain value is text here, but something else elsewhere.",
    },
  ]);
});

test("renders the page of a rule", () => {
  const page = rendered("BAS113 review-overdue\nwarning\n\n  Not *reviewed*.\n\nFound:\n  apiVersion: bizalign/v1\n  kind: X\n");
  assert.match(page, /^# BAS113 review-overdue\n/);
  assert.match(page, /\nNot \\\*reviewed\\\*\. {2}\n/);
  assert.match(page, /\n## Found\n\n```yaml\napiVersion: bizalign\/v1\nkind: X\n```\n/);
});

test("lines that were broken because they were full flow together, others do not", () => {
  const full = "Strategic capabilities set the organisation apart from its competitors. When";
  const page = rendered(`BAS101 x\nerror\n\nWhy it matters:\n  ${full}\n  every application\n  ends.\n`);
  assert.ok(page.includes(`competitors. When\nevery application  \nends.  \n`), page);
});

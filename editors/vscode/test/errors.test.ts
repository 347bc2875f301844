import assert from "node:assert/strict";
import { test } from "node:test";

import { serverError } from "../src/errors";

const END = { file: "/bin/bizalign-lint", code: 2, stderr: "", hadStarted: false };

test("what is installed without its extra is to be installed", () => {
  const stderr = 'error: the language server is not installed\n  install it with: pip install "bizalign-lint[lsp]"\n';
  const said = serverError({ ...END, stderr });
  assert.equal(said.isToInstall, true);
  assert.match(said.message, /^\/bin\/bizalign-lint is installed without its language server/);
});

test("anything else is said as the server has said it", () => {
  assert.deepEqual(serverError({ ...END, stderr: "first\n\nerror: no such thing\n\n" }), {
    short: "failed",
    message: "/bin/bizalign-lint could not be started as a language server (exit code 2): error: no such thing",
    isToInstall: false,
  });
  const stopped = serverError({ ...END, code: null, hadStarted: true });
  assert.deepEqual([stopped.short, stopped.message], ["stopped", "/bin/bizalign-lint has stopped."]);
});

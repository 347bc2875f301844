import assert from "node:assert/strict";
import { test } from "node:test";

import { candidates, find, type Surroundings } from "../src/finder";

const LINUX: Surroundings = {
  configured: "",
  folders: ["/models/ours"],
  path: "/usr/local/bin:relative::/usr/bin",
  platform: "linux",
};

const files = (where: Surroundings) => candidates(where).map((each) => each.file);

test("looks in the environments of the folder, then at the interpreter, then on the path", () => {
  assert.deepEqual(files({ ...LINUX, interpreter: "/opt/py/bin/python3" }), [
    "/models/ours/.venv/bin/bizalign-lint",
    "/models/ours/venv/bin/bizalign-lint",
    "/opt/py/bin/bizalign-lint",
    "/usr/local/bin/bizalign-lint",
    "/usr/bin/bizalign-lint",
  ]);
});

test("looks in every folder that is open", () => {
  const found = files({ ...LINUX, folders: ["/a", "/b"], path: "" });
  assert.deepEqual(found.map((file) => file.split("/")[1]), ["a", "a", "b", "b"]);
});

test("what is configured leaves no other", () => {
  assert.deepEqual(files({ ...LINUX, configured: "/opt/bizalign-lint" }), ["/opt/bizalign-lint"]);
});

test("what is configured may be within the folder", () => {
  const wanted = ["/models/ours/tools/bizalign-lint"];
  assert.deepEqual(files({ ...LINUX, configured: "tools/bizalign-lint" }), wanted);
  assert.deepEqual(files({ ...LINUX, configured: "${workspaceFolder}/tools/bizalign-lint" }), wanted);
});

test("knows the ways of Windows", () => {
  const found = files({
    configured: "",
    folders: ["C:\\model"],
    interpreter: "C:\\Python\\python.exe",
    path: "C:\\bin;C:\\more",
    platform: "win32",
  });
  assert.deepEqual(found, [
    "C:\\model\\.venv\\Scripts\\bizalign-lint.exe",
    "C:\\model\\venv\\Scripts\\bizalign-lint.exe",
    "C:\\Python\\bizalign-lint.exe",
    "C:\\Python\\Scripts\\bizalign-lint.exe",
    "C:\\bin\\bizalign-lint.exe",
    "C:\\more\\bizalign-lint.exe",
  ]);
});

test("takes the first that is there, and says why", () => {
  const there = new Set(["/usr/bin/bizalign-lint", "/models/ours/venv/bin/bizalign-lint"]);
  assert.deepEqual(find(LINUX, (file) => there.has(file)), {
    file: "/models/ours/venv/bin/bizalign-lint",
    why: "the environment venv",
  });
  assert.equal(find(LINUX, () => false), undefined);
});

test("without a folder there is still the path", () => {
  assert.equal(files({ ...LINUX, folders: [] }).length, 2);
});

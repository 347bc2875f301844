import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { loadWith, nothing, partly } from "./fake";

const EXTENSION = join(__dirname, "..", "src", "extension.js");

/** A server that answers what it must, and writes down what it is asked. */
const SERVER = `#!${process.execPath}
const { appendFileSync } = require("node:fs");
const { join } = require("node:path");
const note = (line) => appendFileSync(join(__dirname, "heard"), line + "\\n");
note(process.argv.slice(2).join(" "));
const chain = ({ command, arguments: [uri, { line }] }) => ({ title: command + " " + line, svg: "<svg>" + uri + "</svg>" });
let text = "";
process.stdin.on("data", (data) => {
  text += data;
  for (let found; (found = /Content-Length: (\\d+)\\r\\n\\r\\n/.exec(text)); ) {
    const start = found.index + found[0].length;
    const end = start + Number(found[1]);
    if (text.length < end) return;
    const message = JSON.parse(text.slice(start, end));
    text = text.slice(end);
    note(message.method + " " + JSON.stringify(message.params?.initializationOptions ?? null));
    if (message.id !== undefined) {
      const result = message.method === "workspace/executeCommand" ? chain(message.params) : message.method === "initialize" ? { capabilities: {} } : null;
      const body = JSON.stringify({ jsonrpc: "2.0", id: message.id, result });
      process.stdout.write("Content-Length: " + body.length + "\\r\\n\\r\\n" + body);
    }
    if (message.method === "exit") process.exit(0);
  }
});
`;

interface Asked {
  readonly tasks: { name: string; file: string; args: string[]; cwd: string }[];
  readonly commands: Map<string, (...given: unknown[]) => unknown>;
  readonly warnings: string[];
  readonly status: { text: string; command: string; show: () => void };
  /** The pages beside the text: their title and what is in them; and what they can say. */
  readonly panels: { title: string; webview: { html: string; said: (message: unknown) => void } }[];
  /** What is opened in the text's place. */
  readonly shown: { uri: string; viewColumn: number; line: number }[];
  /** Say that the cursor is on another line. */
  move: (line: number) => void;
  /** Called with the number of findings whenever a file has others. */
  told: (findings: number) => void;
}

/** VS Code with one folder open. */
function editor(folder: string, trusted = true): { vscode: unknown; asked: Asked } {
  const asked: Asked = { tasks: [], commands: new Map(), warnings: [], status: { text: "", command: "", show: () => {} }, panels: [], shown: [], move: () => {}, told: () => {} };
  const selection = { active: { line: 0, character: 0 } };
  const file = { scheme: "file", toString: () => `file://${folder}/model.yaml` };
  const settings: Record<string, unknown> = { structure: false };
  const uri = { fsPath: folder, scheme: "file", path: folder, toString: () => `file://${folder}` };
  const vscode = partly({
    version: "1.82.0",
    env: partly({ appName: "Visual Studio Code", language: "en" }),
    window: partly({
      createStatusBarItem: () => asked.status,
      activeTextEditor: { document: { uri: file }, selection, viewColumn: 1 },
      onDidChangeTextEditorSelection: (heard: () => void) => {
        asked.move = (line) => {
          selection.active = { line, character: 0 };
          heard();
        };
        return { dispose: () => (asked.move = () => undefined) };
      },
      createWebviewPanel: (_: string, title: string) => {
        const webview = partly({
          html: "",
          said: (_: unknown) => {},
          onDidReceiveMessage: (heard: (message: unknown) => void) => void (webview.said = heard),
        });
        const panel = partly({ title, webview });
        asked.panels.push(panel);
        return panel;
      },
      showTextDocument: async (uri: string, { selection: at, viewColumn }: any) =>
        void asked.shown.push({ uri, viewColumn, line: at.start.line }),
      showWarningMessage: async (message: string) => void asked.warnings.push(message),
      showErrorMessage: async (message: string) => void asked.warnings.push(message),
    }),
    workspace: partly({
      isTrusted: trusted,
      workspaceFolders: [{ uri, name: "model", index: 0 }],
      textDocuments: [],
      notebookDocuments: [],
      findFiles: async () => [{ fsPath: join(folder, ".bizalign.yaml") }],
      getConfiguration: () => ({ ...settings, get: (name: string, usual: unknown) => settings[name] ?? usual }),
    }),
    languages: partly({
      getDiagnostics: () => [],
      createDiagnosticCollection: () =>
        partly({ set: (_: unknown, found: readonly unknown[] = []) => asked.told(found.length) }),
    }),
    extensions: partly({ getExtension: () => undefined, all: [] }),
    commands: partly({
      registerCommand: (name: string, run: (...given: unknown[]) => unknown) => {
        asked.commands.set(name, run);
        return { dispose: () => undefined };
      },
    }),
    tasks: partly({ executeTask: async (task: Asked["tasks"][number]) => void asked.tasks.push(task) }),
    ProcessExecution: class {
      constructor(readonly file: string, readonly args: string[], readonly options: { cwd: string }) {}
    },
    Task: class {
      constructor(_: unknown, __: unknown, name: string, ___: string, run: any) {
        Object.assign(this, { name, file: run.file, args: run.args, cwd: run.options.cwd });
      }
    },
    Uri: partly({ parse: (uri: string) => uri }),
    Position: class {
      constructor(readonly line: number, readonly character: number) {}
    },
    Range: class {
      constructor(readonly start: unknown, readonly end: unknown) {}
    },
    ViewColumn: { One: 1, Beside: -2 },
    TaskScope: { Workspace: 2 },
    StatusBarAlignment: { Left: 1, Right: 2 },
    TaskRevealKind: { Always: 1 },
    CancellationTokenSource: class {
      readonly token = { isCancellationRequested: false, onCancellationRequested: () => undefined };
      cancel(): void {}
      dispose(): void {}
    },
    EventEmitter: class {
      readonly event = () => ({ dispose: () => undefined });
      fire(): void {}
      dispose(): void {}
    },
    Disposable: class {
      dispose(): void {}
    },
  });
  return { vscode, asked };
}

async function within(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bizalign-"));
  const path = process.env["PATH"];
  process.env["PATH"] = "";
  try {
    await run(folder);
  } finally {
    process.env["PATH"] = path;
    rmSync(folder, { recursive: true });
  }
}

const activate = (extension: Record<string, unknown>) =>
  (extension["activate"] as (context: unknown) => Promise<void>)({ subscriptions: [] });

test("loads where there is nothing but VS Code", () => {
  assert.deepEqual(Object.keys(loadWith(nothing, EXTENSION)).sort(), ["activate", "deactivate"]);
});

test("starts the server of the workspace, and runs commands with it", async () => {
  await within(async (folder) => {
    const bin = join(folder, ".venv", "bin");
    const server = join(bin, "bizalign-lint");
    mkdirSync(bin, { recursive: true });
    writeFileSync(server, SERVER);
    chmodSync(server, 0o755);
    const { vscode, asked } = editor(folder);
    const extension = loadWith(vscode, EXTENSION);
    await activate(extension);
    assert.deepEqual(asked.warnings, []);
    const heard = readFileSync(join(bin, "heard"), "utf8").split("\n");
    assert.equal(heard[0], "lsp");
    assert.equal(heard[1], 'initialize {"bizalign":{"structure":false}}');
    await asked.commands.get("bizalign.lintWorkspace")?.();
    await asked.commands.get("bizalign.showCoverage")?.();
    assert.deepEqual(
      asked.tasks.map(({ file, args, cwd }) => [file, args, cwd]),
      [
        [server, ["check"], folder],
        [server, ["check", "--coverage", "--min-severity", "none", "--fail-on", "never"], folder],
      ],
    );
    await (extension["deactivate"] as () => Promise<void>)();
    assert.match(readFileSync(join(bin, "heard"), "utf8"), /^shutdown /m);
  });
});

test("draws what the definition at the cursor hangs together with, and leads there", async () => {
  await within(async (folder) => {
    const bin = join(folder, ".venv", "bin");
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, "bizalign-lint"), SERVER);
    chmodSync(join(bin, "bizalign-lint"), 0o755);
    const { vscode, asked } = editor(folder);
    const extension = loadWith(vscode, EXTENSION);
    await activate(extension);
    const show = asked.commands.get("bizalign.showChain");
    await show?.();
    const [panel] = asked.panels;
    assert.ok(panel);
    assert.equal(panel.title, "Alignment chain: bizalign.chain 0");
    assert.ok(panel.webview.html.includes(`<svg>file://${folder}/model.yaml</svg>`));
    asked.move(3);
    asked.move(4);
    for (let waited = 0; !panel.title.endsWith("4") && waited < 5000; waited += 20) {
      assert.ok(!panel.title.endsWith("3"));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.equal(panel.title, "Alignment chain: bizalign.chain 4");
    panel.webview.said({ uri: "file:///w/sell.yaml", line: 3 });
    panel.webview.said({ uri: "https://example.org/", line: 3 });
    assert.deepEqual(asked.shown, [{ uri: "file:///w/sell.yaml", viewColumn: 1, line: 2 }]);
    await show?.();
    assert.equal(asked.panels.length, 1);
    await (extension["deactivate"] as () => Promise<void>)();
  });
});

const REAL = process.env["BIZALIGN_LINT"];
const MODEL = `apiVersion: bizalign/v1
kind: Application
metadata: {name: order-hub}
spec: {successor: order-hub-2}
`;

test("shows what the real server finds", { skip: !REAL && "BIZALIGN_LINT names no program" }, async () => {
  await within(async (folder) => {
    const bin = join(folder, ".venv", "bin");
    mkdirSync(bin, { recursive: true });
    symlinkSync(REAL!, join(bin, "bizalign-lint"));
    writeFileSync(join(folder, ".bizalign.yaml"), "select: [MOD109]\n");
    writeFileSync(join(folder, "model.yaml"), MODEL);
    const { vscode, asked } = editor(folder);
    const extension = loadWith(vscode, EXTENSION);
    const told = new Promise<number>((resolve) => (asked.told = resolve));
    await activate(extension);
    assert.deepEqual(asked.warnings, []);
    assert.equal(await told, 1);
    await (extension["deactivate"] as () => Promise<void>)();
  });
});

test("says so when there is no server", async () => {
  await within(async (folder) => {
    const { vscode, asked } = editor(folder);
    await activate(loadWith(vscode, EXTENSION));
    assert.equal(asked.warnings.length, 1);
    assert.match(asked.warnings[0] ?? "", /^bizalign-lint was not found/);
    assert.equal(existsSync(join(folder, ".venv")), false);
  });
});

test("a server that fails is told of once, and can be started again", async () => {
  await within(async (folder) => {
    const bin = join(folder, ".venv", "bin");
    const server = join(bin, "bizalign-lint");
    mkdirSync(bin, { recursive: true });
    const refuses = 'const result = null, error = { code: 1, message: "no" };';
    const failing = SERVER.replace(/const result = .*;/, refuses).replace("id: message.id, result", "id: message.id, error");
    writeFileSync(server, failing);
    chmodSync(server, 0o755);
    const { vscode, asked } = editor(folder);
    const extension = loadWith(vscode, EXTENSION);
    await activate(extension);
    assert.equal(asked.warnings.length, 1);
    assert.match(asked.warnings[0] ?? "", /could not be started/);
    assert.equal(readFileSync(join(bin, "heard"), "utf8").match(/^initialize /gm)?.length, 1);
    assert.equal(asked.status.text, "$(error) bizalign-lint: failed");
    assert.equal(asked.status.command, "bizalign.restart");
    writeFileSync(server, SERVER);
    await asked.commands.get("bizalign.restart")?.();
    assert.equal(asked.warnings.length, 1);
    assert.equal(readFileSync(join(bin, "heard"), "utf8").match(/^initialize /gm)?.length, 2);
    await (extension["deactivate"] as () => Promise<void>)();
  });
});

test("a workspace that is not trusted does not choose the program", async () => {
  await within(async (folder) => {
    const bin = join(folder, ".venv", "bin");
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, "bizalign-lint"), SERVER);
    chmodSync(join(bin, "bizalign-lint"), 0o755);
    const { vscode, asked } = editor(folder, false);
    await activate(loadWith(vscode, EXTENSION));
    assert.match(asked.warnings[0] ?? "", /^bizalign-lint was not found/);
    assert.equal(existsSync(join(bin, "heard")), false);
  });
});

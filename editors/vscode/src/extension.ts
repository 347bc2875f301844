/** Starts the language server of the workspace's own environment, and offers its commands. */

import { execFile, spawn, type ChildProcess } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import * as vscode from "vscode";
import { CloseAction, ErrorAction, LanguageClient, State, type LanguageClientOptions } from "vscode-languageclient/node";
import { find, type Candidate } from "./finder";
import { watchInterpreter, interpreterOf } from "./interpreter";
import { requirement } from "./requirement";
import { listed, rendered, rulesOf } from "./rules";

const SECTION = "bizalign";
const SCHEME = "bizalign-rule";
const run = promisify(execFile);

let client: LanguageClient | undefined;
let server: Candidate | undefined;
let status: vscode.StatusBarItem;
let log: vscode.LogOutputChannel;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  log = vscode.window.createOutputChannel("bizalign-lint", { log: true });
  status = vscode.window.createStatusBarItem(SECTION, vscode.StatusBarAlignment.Right);
  status.name = "bizalign-lint";
  context.subscriptions.push(
    log,
    status,
    vscode.languages.onDidChangeDiagnostics(() => showStatus()),
    vscode.tasks.registerTaskProvider(SECTION, { provideTasks: tasks, resolveTask: (task) => task }),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.commands.registerCommand("bizalign.lintWorkspace", () => check("lint workspace")),
    vscode.commands.registerCommand("bizalign.showCoverage", () => check("coverage")),
    vscode.commands.registerCommand("bizalign.install", install),
    vscode.commands.registerCommand("bizalign.openRule", openRule),
    vscode.commands.registerCommand("bizalign.restart", restart),
    vscode.commands.registerCommand("bizalign.showReferences", showReferences),
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, { provideTextDocumentContent: rulePage }),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("bizalign.server")) {
        await restart();
      }
    }),
    await watchInterpreter(restart),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await stop();
}

async function restart(): Promise<void> {
  await stop();
  await start();
}

async function stop(): Promise<void> {
  const stopping = client;
  client = undefined;
  version = "";
  try {
    await stopping?.dispose();
  } catch (error) {
    // One that has never started cannot be stopped either.
    log.debug(String(error));
  }
}

/** Leaves it to us to tell what is wrong: once, and with what can be done about it. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  /** Stopping what has not started is no fault. */
  override async stop(timeout?: number): Promise<void> {
    try {
      await super.stop(timeout);
    } catch (error) {
      log.debug(String(error));
    }
  }
}

async function start(): Promise<void> {
  server = await search();
  if (server === undefined) {
    showStatus("not installed", "bizalign.install");
    await explain();
    return;
  }
  log.info(`starting ${server.file} (${server.why})`);
  showStatus("starting");
  const options: LanguageClientOptions = {
    documentSelector: [{ scheme: "file", pattern: "**/*.{yaml,yml,archimate,xml,csv,json,md}" }],
    initializationOptions: { [SECTION]: wishes() },
    middleware: { workspace: { didChangeConfiguration: tellWishes } },
    synchronize: { configurationSection: SECTION },
    outputChannel: log,
    // One message of ours instead of five of the client's.
    initializationFailedHandler: () => false,
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => ({ action: CloseAction.DoNotRestart, handled: true }),
    },
  };
  const { file } = server;
  const cwd = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const begin = async (): Promise<ChildProcess> => (running = spawn(file, ["lsp"], { cwd }));
  const starting = new QuietClient(SECTION, "bizalign-lint", begin, options);
  client = starting;
  starting.onDidChangeState(({ newState }) => {
    if (newState === State.Stopped && client === starting) {
      showStatus("stopped", "bizalign.restart");
    }
  });
  try {
    await starting.start();
  } catch (error) {
    log.error(`${server.file} lsp: ${String(error)}`);
  }
  // A server that leaves before it has answered fails in some versions and just stops in others.
  if (starting.state === State.Running) {
    version = starting.initializeResult?.serverInfo?.version ?? "";
    showStatus();
    return;
  }
  // It may have refused, and wait for what never comes.
  running?.kill();
  showStatus("failed", "bizalign.restart");
  await offer(
    `${server.file} could not be started as a language server. ` +
      "Is it installed with its extra, lsp?",
  );
}

/** What the server is to do, as the settings say. */
function wishes(): Record<string, unknown> {
  const said = vscode.workspace.getConfiguration(SECTION);
  return { structure: said.get<boolean | null>("structure", null) ?? !hasSchema() };
}

async function tellWishes(): Promise<void> {
  await client?.sendNotification("workspace/didChangeConfiguration", { settings: { [SECTION]: wishes() } });
}

/** Whether the YAML extension checks the files with the schema of ours: one mistake has one voice. */
function hasSchema(): boolean {
  const schemas = vscode.workspace.getConfiguration("yaml").get<Record<string, unknown>>("schemas", {});
  const named = Object.keys(schemas ?? {}).some((name) => name.includes("bizalign"));
  return named && vscode.extensions.getExtension("redhat.vscode-yaml") !== undefined;
}

let version = "";
let running: ChildProcess | undefined;

/** What the server is doing, in the status bar: its version, the findings, or what is wrong. */
function showStatus(trouble = "", command = "bizalign.lintWorkspace"): void {
  if (trouble === "" && version === "") {
    return;
  }
  const told = vscode.languages.getDiagnostics().flatMap(([, found]) => found);
  const count = told.filter((each) => each.source === "bizalign-lint").length;
  status.text = trouble ? `bizalign-lint: ${trouble}` : `bizalign-lint: ${count} findings`;
  status.tooltip = server ? `${server.file} ${version} (${server.why})` : "bizalign-lint was not found";
  status.command = command;
  status.show();
}

async function search(): Promise<Candidate | undefined> {
  const folders = await homes();
  return find(
    {
      configured: vscode.workspace.getConfiguration(SECTION).get<string>("server.path", ""),
      // A workspace that is not trusted does not choose what runs.
      folders: vscode.workspace.isTrusted ? folders : [],
      interpreter: !vscode.workspace.isTrusted
        ? undefined
        : await interpreterOf(vscode.workspace.workspaceFolders?.[0]?.uri),
      path: process.env["PATH"] ?? "",
      platform: process.platform,
    },
    (file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    },
  );
}

/** The folders with a configuration of ours, then those that are open. */
async function homes(): Promise<string[]> {
  const found = await vscode.workspace.findFiles("**/.bizalign.yaml", "**/{node_modules,.venv,venv}/**", 100);
  const configured = found.map((uri) => dirname(uri.fsPath));
  const open = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
  return [...new Set([...configured.sort(), ...open])];
}

/** Tell that there is no server, and lead to where that can be changed. */
function explain(): Promise<void> {
  return offer(
    "bizalign-lint was not found. Install it with its extra, lsp, in the environment of the workspace.",
  );
}

const INSTALL = "Install";
const SET_PATH = "Set its path";

/** One message, and what can be done about it. */
async function offer(message: string): Promise<void> {
  const ways = vscode.workspace.isTrusted ? [INSTALL, SET_PATH] : [SET_PATH];
  const chosen = await vscode.window.showWarningMessage(message, ...ways);
  if (chosen === INSTALL) {
    await install();
  } else if (chosen === SET_PATH) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "bizalign.server.path");
  }
}

/** What pip is to install: a folder or an address, as the setting says, else as the user does now. */
async function wanted(): Promise<string | undefined> {
  const set = vscode.workspace.getConfiguration(SECTION).get<string>("server.install", "");
  const said =
    set ||
    (await vscode.window.showInputBox({
      title: "Where to install bizalign-lint from",
      prompt: "A folder or an address, such as git+https://git.example.org/tools/bizalign-lint@COMMIT",
      ignoreFocusOut: true,
      validateInput: (text) => (text && requirement(text) === undefined ? "This is no folder and no address." : undefined),
    }));
  return said === undefined ? undefined : requirement(said);
}

/** Install the server with its extra, in the environment of the workspace, where it can be seen; then start it. */
async function install(): Promise<void> {
  const [cwd] = await homes();
  if (cwd === undefined || !vscode.workspace.isTrusted) {
    return;
  }
  const what = await wanted();
  if (what === undefined) {
    return;
  }
  const windows = process.platform === "win32";
  const python = windows ? ".venv\\Scripts\\python.exe" : ".venv/bin/python";
  const begin = windows ? "py -m venv .venv" : "python3 -m venv .venv";
  const line = `${begin} && ${python} -m pip install "${what}"`;
  const task = new vscode.Task(
    { type: SECTION, name: "install" },
    vscode.TaskScope.Workspace,
    "install",
    "bizalign-lint",
    new vscode.ShellExecution(line, { cwd }),
  );
  const done = vscode.tasks.onDidEndTaskProcess(async ({ execution, exitCode }) => {
    if (execution.task.name === "install") {
      done.dispose();
      if (exitCode === 0) {
        await restart();
      }
    }
  });
  await vscode.tasks.executeTask(task);
}

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  "lint workspace": ["check"],
  coverage: ["check", "--coverage"],
};

async function tasks(): Promise<vscode.Task[]> {
  const [cwd] = await homes();
  return cwd === undefined ? [] : Object.keys(COMMANDS).flatMap((name) => taskOf(name, cwd) ?? []);
}

function taskOf(name: string, cwd: string): vscode.Task | undefined {
  const options = COMMANDS[name];
  if (server === undefined || options === undefined) {
    return undefined;
  }
  const execution = new vscode.ProcessExecution(server.file, [...options], { cwd });
  const scope = vscode.TaskScope.Workspace;
  return new vscode.Task({ type: SECTION, name }, scope, name, "bizalign-lint", execution);
}

/** Check the workspace in a terminal, where places can be followed. */
async function check(name: string): Promise<void> {
  const [cwd] = await homes();
  const task = cwd === undefined ? undefined : taskOf(name, cwd);
  if (task === undefined) {
    await explain();
    return;
  }
  task.presentationOptions = { clear: true, reveal: vscode.TaskRevealKind.Always };
  await vscode.tasks.executeTask(task);
}

/** Open the page of the rule that speaks where the cursor is; or of one that is chosen. */
async function openRule(asked?: unknown): Promise<void> {
  const id = typeof asked === "string" ? asked : await choose(rulesHere());
  if (id === undefined) {
    return;
  }
  const uri = vscode.Uri.from({ scheme: SCHEME, path: `${id}.md` });
  await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
}

function rulesHere(): string[] {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return [];
  }
  const told = vscode.languages.getDiagnostics(editor.document.uri);
  return rulesOf(told.filter((each) => each.range.contains(editor.selection.active)));
}

async function choose(here: readonly string[]): Promise<string | undefined> {
  if (here.length === 1) {
    return here[0];
  }
  const rules = listed(await output("rule", "list"));
  const offered = here.length > 0 ? rules.filter((rule) => here.includes(rule.id)) : rules;
  const items = offered.map((rule) => ({
    label: rule.id,
    description: rule.severity,
    detail: rule.summary,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: "Open rule page",
    matchOnDetail: true,
  });
  return chosen?.label;
}

async function rulePage(uri: vscode.Uri): Promise<string> {
  return rendered(await output("rule", "show", uri.path.replace(/\.md$/, "")));
}

/** What the command line prints. */
async function output(...command: string[]): Promise<string> {
  const [cwd] = await homes();
  if (server === undefined) {
    await explain();
    return "";
  }
  try {
    const { stdout } = await run(server.file, command, cwd === undefined ? {} : { cwd });
    return stdout;
  } catch (error) {
    log.error(String(error));
    return `${server.file} ${command.join(" ")} failed:\n\n${String(error)}\n`;
  }
}

interface PlainPosition {
  readonly line: number;
  readonly character: number;
}

interface PlainLocation {
  readonly uri: string;
  readonly range: { readonly start: PlainPosition; readonly end: PlainPosition };
}

/** What the code lenses of the server ask for: the places that stand behind a count. */
async function showReferences(
  uri: string,
  position: PlainPosition,
  locations: readonly PlainLocation[],
): Promise<void> {
  const at = (plain: PlainPosition) => new vscode.Position(plain.line, plain.character);
  await vscode.commands.executeCommand(
    "editor.action.showReferences",
    vscode.Uri.parse(uri),
    at(position),
    locations.map(
      ({ uri: file, range }) =>
        new vscode.Location(vscode.Uri.parse(file), new vscode.Range(at(range.start), at(range.end))),
    ),
  );
}

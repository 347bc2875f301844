/** Starts the language server of the workspace's own environment, and offers its commands. */

import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions } from "vscode-languageclient/node";
import { find, type Candidate } from "./finder";
import { watchInterpreter, interpreterOf } from "./interpreter";
import { listed, rulesOf } from "./rules";

const SECTION = "bizalign";
const SCHEME = "bizalign-rule";
const run = promisify(execFile);

let client: LanguageClient | undefined;
let server: Candidate | undefined;
let log: vscode.LogOutputChannel;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  log = vscode.window.createOutputChannel("bizalign-lint", { log: true });
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand("bizalign.lintWorkspace", () => check("lint workspace")),
    vscode.commands.registerCommand("bizalign.showCoverage", () => check("coverage", "--coverage")),
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
  const running = client;
  client = undefined;
  await running?.dispose();
}

async function start(): Promise<void> {
  server = await search();
  if (server === undefined) {
    await explain();
    return;
  }
  log.info(`starting ${server.file} (${server.why})`);
  const options: LanguageClientOptions = {
    documentSelector: [{ scheme: "file", pattern: "**/*.{yaml,yml}" }],
    initializationOptions: { [SECTION]: vscode.workspace.getConfiguration(SECTION) },
    synchronize: { configurationSection: SECTION },
    outputChannel: log,
  };
  const command = { command: server.file, args: ["lsp"] };
  client = new LanguageClient(SECTION, "bizalign-lint", command, options);
  try {
    await client.start();
  } catch (error) {
    log.error(`${server.file} lsp: ${String(error)}`);
    void vscode.window.showErrorMessage(
      `${server.file} could not be started as a language server. ` +
        'Is it installed with its extra? pip install "bizalign-lint[lsp]"',
    );
  }
}

async function search(): Promise<Candidate | undefined> {
  const folders = await homes();
  return find(
    {
      configured: vscode.workspace.getConfiguration(SECTION).get<string>("server.path", ""),
      folders,
      interpreter: await interpreterOf(vscode.workspace.workspaceFolders?.[0]?.uri),
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
  const found = await vscode.workspace.findFiles("{.bizalign.yaml,*/.bizalign.yaml}");
  const configured = found.map((uri) => dirname(uri.fsPath));
  const open = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
  return [...new Set([...configured.sort(), ...open])];
}

/** Tell that there is no server, and lead to where that can be changed. */
async function explain(): Promise<void> {
  const chosen = await vscode.window.showWarningMessage(
    'bizalign-lint was not found. Install it in the environment of the workspace: pip install "bizalign-lint[lsp]"',
    "Set its path",
  );
  if (chosen !== undefined) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "bizalign.server.path");
  }
}

/** Check the workspace in a terminal, where places can be followed. */
async function check(name: string, ...options: string[]): Promise<void> {
  const [cwd] = await homes();
  if (server === undefined || cwd === undefined) {
    await explain();
    return;
  }
  const execution = new vscode.ProcessExecution(server.file, ["check", ...options], { cwd });
  const scope = vscode.TaskScope.Workspace;
  const task = new vscode.Task({ type: SECTION, name }, scope, name, "bizalign-lint", execution);
  task.presentationOptions = { clear: true, reveal: vscode.TaskRevealKind.Always };
  await vscode.tasks.executeTask(task);
}

/** Open the page of the rule that speaks where the cursor is; or of one that is chosen. */
async function openRule(asked?: unknown): Promise<void> {
  const id = typeof asked === "string" ? asked : await choose(rulesHere());
  if (id === undefined) {
    return;
  }
  const uri = vscode.Uri.from({ scheme: SCHEME, path: `${id}.txt` });
  await vscode.window.showTextDocument(uri, { preview: true, viewColumn: vscode.ViewColumn.Beside });
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

function rulePage(uri: vscode.Uri): Promise<string> {
  return output("rule", "show", uri.path.replace(/\.txt$/, ""));
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

/** Starts the language server of the workspace's own environment, and offers its commands. */

import * as vscode from "vscode";
import { models } from "./homes";
import { watchInterpreter } from "./interpreter";
import { Pages, SCHEME } from "./pages";
import { Preview } from "./preview";
import { showReferences } from "./references";
import { Server } from "./server";
import { item } from "./status";
import { install, Tasks } from "./tasks";
import { NOT_FOUND, type ServerError } from "./errors";
import { SECTION } from "./options";

/** What takes less time, in milliseconds, is not shown to be going on. */
const UNNOTICED = 400;

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("bizalign-lint", { log: true });
  const status = vscode.window.createStatusBarItem(SECTION, vscode.StatusBarAlignment.Right);
  status.name = "bizalign-lint";
  const started = new Server(log, () => show(started, status), (error) => void offer(error));
  server = started;
  const tasks = new Tasks(started);
  const pages = new Pages(started, log);
  const preview = new Preview(started);
  const restart = () => started.restart();
  const setUp = async () => {
    if (await install()) {
      await restart();
    }
  };
  const startOnce = async () => {
    if (started.found === undefined && started.error === undefined) {
      await restart();
    }
  };
  const check = async (name: string) => {
    await startOnce();
    if (!(await tasks.run(name))) {
      void offer(started.error ?? NOT_FOUND);
    }
  };

  /** One message, and what can be done about it. It waits for nobody: nor does anything for it. */
  async function offer(error: ServerError): Promise<void> {
    const ways: Record<string, () => unknown> = {
      ...(error.isToInstall && vscode.workspace.isTrusted ? { Install: setUp } : {}),
      ...(error.isToInstall ? { "Set its path": openSettings } : { Restart: restart, "Show log": () => log.show() }),
    };
    const chosen = await vscode.window.showWarningMessage(error.message, ...Object.keys(ways));
    await ways[chosen ?? ""]?.();
  }

  const configuration = vscode.workspace.createFileSystemWatcher("**/.bizalign.yaml", false, true, true);
  context.subscriptions.push(
    log,
    status,
    preview,
    configuration,
    configuration.onDidCreate(startOnce),
    vscode.workspace.onDidChangeWorkspaceFolders(async () => {
      if ((await models()).length > 0) {
        await startOnce();
      }
    }),
    vscode.languages.onDidChangeDiagnostics(() => show(started, status)),
    vscode.tasks.registerTaskProvider(SECTION, tasks),
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, pages),
    vscode.commands.registerCommand("bizalign.lintWorkspace", () => check("lint workspace")),
    vscode.commands.registerCommand("bizalign.showCoverage", () => check("coverage")),
    vscode.commands.registerCommand("bizalign.install", setUp),
    vscode.commands.registerCommand("bizalign.openRule", async (rule?: unknown) => {
      await startOnce();
      await pages.open(rule);
    }),
    vscode.commands.registerCommand("bizalign.showChain", async () => {
      await startOnce();
      await (started.error === undefined ? preview.show() : offer(started.error));
    }),
    vscode.commands.registerCommand("bizalign.restart", restart),
    vscode.commands.registerCommand("bizalign.showReferences", showReferences),
    vscode.extensions.onDidChange(() => started.sendOptions()),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("bizalign.server")) {
        await restart();
      } else if (event.affectsConfiguration("yaml.schemas")) {
        await started.sendOptions();
      }
    }),
    await watchInterpreter(startAgain),
  );
  async function startAgain(): Promise<void> {
    if ((await models()).length > 0) {
      await restart();
    }
  }
  await startAgain();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

let waiting: NodeJS.Timeout | undefined;

/** Say in the status bar how it is; that it is being judged only when that takes a while. */
function show(of: Server, status: vscode.StatusBarItem): void {
  clearTimeout(waiting);
  const isBusy = of.error === undefined && of.told?.quiescent === false;
  waiting = isBusy ? setTimeout(() => write(of, status), UNNOTICED) : undefined;
  if (!isBusy && (of.found !== undefined || of.error !== undefined)) {
    write(of, status);
  }
}

function write(of: Server, status: vscode.StatusBarItem): void {
  const found = vscode.languages.getDiagnostics().flatMap(([, told]) => told);
  const said = item({
    server: of.found,
    version: of.version,
    told: of.told,
    findings: found.filter((each) => each.source === "bizalign-lint").length,
    error: of.error,
  });
  status.text = said.text;
  status.tooltip = said.tooltip;
  status.command = said.command;
  status.show();
}

async function openSettings(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.openSettings", "bizalign.server.path");
}

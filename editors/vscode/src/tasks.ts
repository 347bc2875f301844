/** What the command line does of itself, as tasks: in a terminal, where places can be followed. */

import * as vscode from "vscode";
import { homes, subject } from "./homes";
import { requirement } from "./requirement";
import type { Server } from "./server";
import { SECTION } from "./options";

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  "lint workspace": ["check"],
  // By itself; what is missing in it fails nothing.
  coverage: ["check", "--coverage", "--min-severity", "none", "--fail-on", "never"],
};
const SOURCE = "bizalign-lint";
const INSTALL = "install";

export class Tasks implements vscode.TaskProvider {
  constructor(private readonly server: Server) {}

  async provideTasks(): Promise<vscode.Task[]> {
    const made = await Promise.all(Object.keys(COMMANDS).map((name) => this.make({ type: SECTION, name })));
    return made.flatMap((task) => task ?? []);
  }

  /** A task of somebody's tasks.json says which one it is, and nothing of how it is run. */
  async resolveTask(task: vscode.Task): Promise<vscode.Task | undefined> {
    return this.make(task.definition, task.scope);
  }

  /** Run one; false when there is no server to run it. */
  async run(name: string): Promise<boolean> {
    const task = await this.make({ type: SECTION, name });
    if (task === undefined) {
      return false;
    }
    task.presentationOptions = { clear: true, reveal: vscode.TaskRevealKind.Always };
    await vscode.tasks.executeTask(task);
    return true;
  }

  private async make(
    definition: vscode.TaskDefinition,
    scope: vscode.Task["scope"] = vscode.TaskScope.Workspace,
  ): Promise<vscode.Task | undefined> {
    const name = String(definition["name"]);
    const command = COMMANDS[name];
    const about = await subject();
    if (this.server.found === undefined || command === undefined || about === undefined) {
      return undefined;
    }
    const options = { cwd: about.cwd };
    const execution = new vscode.ProcessExecution(this.server.found.file, [...command, ...about.paths], options);
    return new vscode.Task(definition, scope, name, SOURCE, execution, []);
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

/** Install the server with its extra, in the environment of the workspace, where it can be seen; whether that has
 * worked. */
export async function install(): Promise<boolean> {
  const [cwd] = await homes();
  if (cwd === undefined || !vscode.workspace.isTrusted) {
    return false;
  }
  const what = await wanted();
  if (what === undefined) {
    return false;
  }
  const windows = process.platform === "win32";
  const python = windows ? ".venv\\Scripts\\python.exe" : ".venv/bin/python";
  const begin = windows ? "py -m venv .venv" : "python3 -m venv .venv";
  const line = `${begin} && ${python} -m pip install "${what}"`;
  const execution = new vscode.ShellExecution(line, { cwd });
  const task = new vscode.Task({ type: SECTION, name: INSTALL }, vscode.TaskScope.Workspace, INSTALL, SOURCE, execution);
  const ended = new Promise<boolean>((resolve) => {
    const listening = vscode.tasks.onDidEndTaskProcess(({ execution: { task: which }, exitCode }) => {
      if (which.source === SOURCE && which.name === INSTALL) {
        listening.dispose();
        resolve(exitCode === 0);
      }
    });
  });
  await vscode.tasks.executeTask(task);
  return ended;
}

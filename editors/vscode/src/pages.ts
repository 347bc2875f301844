/** The pages of rules: rendered beside the text, and which one is meant. */

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as vscode from "vscode";
import { homes } from "./homes";
import { listed, rendered, rulesOf } from "./rules";
import type { Server } from "./server";

export const SCHEME = "bizalign-rule";
const run = promisify(execFile);

export class Pages implements vscode.TextDocumentContentProvider {
  constructor(
    private readonly server: Server,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    return rendered(await this.output("rule", "show", uri.path.replace(/^\/|\.md$/g, "")));
  }

  /** Open the page of the rule that reports where the cursor is; or of one that is chosen. */
  async open(asked?: unknown): Promise<void> {
    const id = typeof asked === "string" ? asked : await this.choose(rulesHere());
    if (id === undefined) {
      return;
    }
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${id}.md` });
    await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
  }

  private async choose(here: readonly string[]): Promise<string | undefined> {
    if (here.length === 1) {
      return here[0];
    }
    const rules = listed(await this.output("rule", "list"));
    const offered = here.length > 0 ? rules.filter((rule) => here.includes(rule.id)) : rules;
    const items = offered.map((rule) => ({ label: rule.id, description: rule.severity, detail: rule.summary }));
    const options = { title: "Open rule page", matchOnDetail: true };
    return (await vscode.window.showQuickPick(items, options))?.label;
  }

  /** What the command line prints. */
  private async output(...command: string[]): Promise<string> {
    const { found } = this.server;
    if (found === undefined) {
      return "";
    }
    const [cwd] = await homes();
    try {
      const { stdout } = await run(found.file, command, cwd === undefined ? {} : { cwd });
      return stdout;
    } catch (error) {
      this.log.error(String(error));
      return `${found.file} ${command.join(" ")} failed:\n\n${String(error)}\n`;
    }
  }
}

function rulesHere(): string[] {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return [];
  }
  const told = vscode.languages.getDiagnostics(editor.document.uri);
  return rulesOf(told.filter((each) => each.range.contains(editor.selection.active)));
}

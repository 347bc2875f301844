/** Shows the alignment chain beside the text, and follows the cursor. */

import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { page, target, type Target } from "./chain";
import type { Server } from "./server";

/** So long the cursor has to rest, in milliseconds. */
const REST = 200;
const TITLE = "Alignment chain";

export class Preview implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private following: vscode.Disposable[] = [];
  private waiting: NodeJS.Timeout | undefined;
  private asked = 0;
  private column: vscode.ViewColumn | undefined;

  constructor(private readonly server: Server) {}

  /** Open it, or bring it to the front. */
  async show(): Promise<void> {
    if (this.panel === undefined) {
      this.panel = this.made();
      await this.draw();
    } else {
      this.panel.reveal(undefined, true);
    }
  }

  dispose(): void {
    this.panel?.dispose();
  }

  private made(): vscode.WebviewPanel {
    const where = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const panel = vscode.window.createWebviewPanel("bizalign.chain", TITLE, where, {
      enableScripts: true,
      localResourceRoots: [],
    });
    panel.webview.html = page(undefined, secret());
    this.following = [
      panel.webview.onDidReceiveMessage((message) => this.open(target(message))),
      panel.onDidDispose(() => this.end()),
      vscode.window.onDidChangeTextEditorSelection(() => this.soon()),
      vscode.window.onDidChangeActiveTextEditor(() => this.soon()),
      vscode.languages.onDidChangeDiagnostics(() => this.soon()),
    ];
    return panel;
  }

  private end(): void {
    clearTimeout(this.waiting);
    this.panel = undefined;
    this.following.splice(0).forEach((each) => each.dispose());
  }

  private soon(): void {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => void this.draw(), REST);
  }

  /** Where no definition is, the last one remains. */
  private async draw(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || editor.document.uri.scheme !== "file") {
      return;
    }
    this.column = editor.viewColumn;
    const asked = ++this.asked;
    const chain = await this.server.chain(editor.document.uri, editor.selection.active);
    // Meanwhile it may have been closed, or the cursor may be elsewhere.
    if (chain !== undefined && this.panel !== undefined && asked === this.asked) {
      this.panel.title = `${TITLE}: ${chain.title}`;
      this.panel.webview.html = page(chain, secret());
    }
  }

  private async open(place: Target | undefined): Promise<void> {
    if (place === undefined) {
      return;
    }
    const at = new vscode.Position(place.line - 1, 0);
    await vscode.window.showTextDocument(vscode.Uri.parse(place.uri), {
      selection: new vscode.Range(at, at),
      viewColumn: this.column ?? vscode.ViewColumn.One,
    });
  }
}

function secret(): string {
  return randomBytes(16).toString("hex");
}

/** Where the models of a window are. */

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import * as vscode from "vscode";

const CONFIG = ".bizalign.yaml";
const NOT_THERE = "**/{node_modules,.venv,venv}/**";

/** The folders with a configuration: below those that are open, and the nearest above each. */
export async function models(): Promise<string[]> {
  const below = await vscode.workspace.findFiles(`**/${CONFIG}`, NOT_THERE, 100);
  const found = below.map((uri) => dirname(uri.fsPath)).sort();
  const above = folders().flatMap((folder) => nearest(folder) ?? []);
  return [...new Set([...found, ...above])];
}

/** The folders with a model, then those that are open. */
export async function homes(): Promise<string[]> {
  return [...new Set([...(await models()), ...folders()])];
}

/** What the command line has to be run on, and where, so that it is about all models. */
export async function subject(): Promise<{ cwd: string; paths: string[] } | undefined> {
  const [first, ...more] = await models();
  const [cwd = first] = more.length > 0 ? folders() : [first ?? folders()[0]];
  if (cwd === undefined) {
    return undefined;
  }
  return { cwd, paths: first === undefined || more.length === 0 ? [] : [first, ...more] };
}

function folders(): string[] {
  return (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
}

/** As the server looks: upwards, and not beyond the top of a work tree. */
function nearest(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, CONFIG))) {
      return at;
    }
    if (existsSync(join(at, ".git")) || dirname(at) === at) {
      return undefined;
    }
  }
}

/** The interpreter that is chosen in the Python extension, where there is that extension. */

import * as vscode from "vscode";

/** The part of the Python extension's interface that is used. */
interface Python {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(environment: {
      readonly path: string;
    }): Promise<{ readonly executable: { readonly uri?: vscode.Uri } } | undefined>;
    readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

async function python(): Promise<Python["environments"] | undefined> {
  const extension = vscode.extensions.getExtension<Partial<Python>>("ms-python.python");
  try {
    return (await extension?.activate())?.environments;
  } catch {
    return undefined;
  }
}

/** The path of the interpreter for a folder. */
export async function interpreterOf(folder: vscode.Uri | undefined): Promise<string | undefined> {
  const environments = await python();
  if (environments === undefined) {
    return undefined;
  }
  const found = await environments.resolveEnvironment(environments.getActiveEnvironmentPath(folder));
  return found?.executable.uri?.fsPath;
}

/** Calls back whenever another interpreter is chosen. */
export async function watchInterpreter(changed: () => unknown): Promise<vscode.Disposable> {
  const environments = await python();
  return environments?.onDidChangeActiveEnvironmentPath(changed) ?? new vscode.Disposable(() => {});
}

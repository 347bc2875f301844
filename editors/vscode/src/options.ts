/** What the server is to do, as the settings say. */

import * as vscode from "vscode";

export const SECTION = "bizalign";
/** The extension that checks files with the schema of ours where settings name it. */
const YAML = "redhat.vscode-yaml";

export function serverOptions(): Record<string, unknown> {
  const said = vscode.workspace.getConfiguration(SECTION);
  return { structure: said.get<boolean | null>("structure", null) ?? !hasSchema() };
}

/** Whether the YAML extension checks the files with the schema of ours: one mistake has one voice. */
function hasSchema(): boolean {
  const scopes = [undefined, ...(vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri)];
  const isNamed = scopes.some((scope) => {
    const schemas = vscode.workspace.getConfiguration("yaml", scope).get<Record<string, unknown>>("schemas", {});
    return Object.keys(schemas ?? {}).some((name) => name.includes("bizalign"));
  });
  return isNamed && vscode.extensions.getExtension(YAML) !== undefined;
}

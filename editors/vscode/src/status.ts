/** What the item in the status bar says: a pure function of what is known of the server. */

/** What the server says of itself (`experimental/serverStatus`). */
export interface Told {
  readonly quiescent: boolean;
  readonly health: "ok" | "warning" | "error";
  /** A line for each model. */
  readonly message?: string;
}

/** What is known. */
export interface Known {
  /** Where the server is, and why it is that one; undefined while there is none. */
  readonly server?: { readonly file: string; readonly why: string } | undefined;
  readonly version: string;
  /** Undefined while the server has said nothing yet. */
  readonly told?: Told | undefined;
  readonly findings: number;
  /** Why nothing is checked, and whether it is to be installed; undefined while something is. */
  readonly error?: { readonly short: string; readonly isToInstall: boolean } | undefined;
}

/** A text, what is said when the mouse is on it, and the command that a click runs. */
export interface Item {
  readonly text: string;
  readonly tooltip: string;
  readonly command: string;
}

export function item(known: Known): Item {
  const { server, told, error } = known;
  const lines = server ? [`${server.file} ${known.version}`.trim(), `from ${server.why}`] : [];
  if (error) {
    const command = error.isToInstall ? "bizalign.install" : "bizalign.restart";
    const offer = error.isToInstall ? "Click to install it." : "Click to start it again.";
    return { text: `$(error) bizalign-lint: ${error.short}`, tooltip: [...lines, offer].join("\n"), command };
  }
  const count = `${known.findings} ${known.findings === 1 ? "finding" : "findings"}`;
  const judging = told === undefined || !told.quiescent;
  const icon = judging ? "$(sync~spin)" : told.health === "error" ? "$(warning)" : "$(checklist)";
  const models = told?.message ? told.message.split("\n") : [];
  const doing = judging ? "judging" : count;
  return {
    text: `${icon} bizalign-lint: ${doing}`,
    tooltip: [...lines, ...models, ...(judging ? [] : [count]), "Click to check in a terminal."].join("\n"),
    command: "bizalign.lintWorkspace",
  };
}

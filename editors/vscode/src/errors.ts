/** What to say of a server that is not there, or has left: a pure function of how it left. */

/** How a server has ended. */
export interface End {
  readonly file: string;
  /** Its exit code; null when a signal ended it or it is still there. */
  readonly code: number | null;
  /** The end of what it has written to standard error. */
  readonly stderr: string;
  /** Whether it had answered before. */
  readonly hadStarted: boolean;
}

/** Why nothing is checked, and what to do about it. */
export interface ServerError {
  /** In a word or two, for the status bar. */
  readonly short: string;
  readonly message: string;
  /** Whether installing it with its extra would fix it. */
  readonly isToInstall: boolean;
}

/** What the program itself names when it lacks the server. */
const EXTRA = "bizalign-lint[lsp]";

export const NOT_FOUND: ServerError = {
  short: "not installed",
  message: "bizalign-lint was not found. Install it with its extra, lsp, in the environment of the workspace.",
  isToInstall: true,
};

export function serverError(end: End): ServerError {
  const said = reason(end.stderr);
  if (end.stderr.includes(EXTRA)) {
    const message = `${end.file} is installed without its language server. Install it with its extra, lsp.`;
    return { short: "not installed", message, isToInstall: true };
  }
  const code = end.code === null ? "" : ` (exit code ${end.code})`;
  const why = said ? `: ${said}` : ".";
  if (end.hadStarted) {
    return { short: "stopped", message: `${end.file} has stopped${code}${why}`, isToInstall: false };
  }
  const message = `${end.file} could not be started as a language server${code}${why}`;
  return { short: "failed", message, isToInstall: false };
}

/** The last line that says something. */
function reason(stderr: string): string {
  const lines = stderr.split(/\r?\n/).map((line) => line.trim());
  return lines.filter((line) => line !== "").at(-1) ?? "";
}

/** Where the server is: a pure function of what is known of a workspace. */

import * as path from "node:path";

/** What the search depends on. */
export interface Surroundings {
  /** The setting `bizalign.server.path`; empty when it is not set. */
  readonly configured: string;
  /** The folders that may have an environment, the one with the model first. */
  readonly folders: readonly string[];
  /** The interpreter chosen in the Python extension, if there is one. */
  readonly interpreter?: string | undefined;
  /** The environment variable PATH. */
  readonly path: string;
  readonly platform: NodeJS.Platform;
}

/** A place where the server may be, and why it is looked for there. */
export interface Candidate {
  readonly file: string;
  readonly why: string;
}

const NAME = "bizalign-lint";
const ENVIRONMENTS = [".venv", "venv"];

/** The places to look at, the most telling first. What is configured leaves no other. */
export function candidates(where: Surroundings): Candidate[] {
  const { join, delimiter, dirname, isAbsolute } = where.platform === "win32" ? path.win32 : path.posix;
  const windows = where.platform === "win32";
  const program = windows ? `${NAME}.exe` : NAME;
  const first = where.folders[0];
  if (where.configured) {
    const named = where.configured.replaceAll("${workspaceFolder}", first ?? "");
    const file = isAbsolute(named) || first === undefined ? named : join(first, named);
    return [{ file, why: "the setting bizalign.server.path" }];
  }
  const found: Candidate[] = [];
  for (const folder of where.folders) {
    for (const environment of ENVIRONMENTS) {
      const file = join(folder, environment, windows ? "Scripts" : "bin", program);
      found.push({ file, why: `the environment ${environment}` });
    }
  }
  if (where.interpreter) {
    const beside = dirname(where.interpreter);
    found.push({ file: join(beside, program), why: "the interpreter of the Python extension" });
    if (windows) {
      const file = join(beside, "Scripts", program);
      found.push({ file, why: "the interpreter of the Python extension" });
    }
  }
  for (const folder of where.path.split(delimiter)) {
    if (folder && isAbsolute(folder)) {
      found.push({ file: join(folder, program), why: "the path" });
    }
  }
  return found;
}

/** The first place where the server is; `isThere` says whether a file can be started. */
export function find(
  where: Surroundings,
  isThere: (file: string) => boolean,
): Candidate | undefined {
  return candidates(where).find((candidate) => isThere(candidate.file));
}

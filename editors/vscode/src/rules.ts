/** Rule ids in what editors know of a place. */

/** What of a diagnostic says which rule it is of. */
export interface Told {
  readonly source?: string | undefined;
  readonly code?: string | number | { readonly value: string | number } | undefined;
}

const ID = /^[A-Z]{3}[0-9]{3}$/;

/** The rules of some diagnostics, each once. */
export function rulesOf(told: readonly Told[]): string[] {
  const ids = told
    .filter((each) => each.source === "bizalign-lint")
    .map((each) => String(typeof each.code === "object" ? each.code.value : each.code));
  return [...new Set(ids)].filter((id) => ID.test(id));
}

/** The rules in the output of `bizalign-lint rule list`: id, severity and summary. */
export function listed(output: string): { id: string; severity: string; summary: string }[] {
  return output.split(/\r?\n/).flatMap((line) => {
    const found = /^\s*([A-Z]{3}[0-9]{3})\s+(\S+)\s+(.*\S)\s*$/.exec(line);
    return found ? [{ id: found[1]!, severity: found[2]!, summary: found[3]! }] : [];
  });
}

/** The page that `bizalign-lint rule show` prints, as Markdown: headings, text, and models as code. */
export function rendered(page: string): string {
  const [title = "", ...rest] = page.trimEnd().split(/\r?\n/);
  const sections = rest.join("\n").split(/\n\n+/);
  return [`# ${title}`, ...sections.map(section)].join("\n\n") + "\n";
}

function section(text: string): string {
  const [first = "", ...below] = text.split("\n");
  const heading = /^(\S.*):$/.exec(first);
  const lines = (heading ? below : [first, ...below]).map((line) => line.replace(/^ {2}/, ""));
  const isModel = lines.some((line) => /^(apiVersion:|# bizalign:|---$)/.test(line));
  const body = isModel ? ["```yaml", ...lines, "```"] : lines.map((line, at) => quoted(line, lines[at + 1]));
  return [...(heading ? [`## ${heading[1]}`, ""] : []), ...body].join("\n");
}

/** So wide are the lines of a page, without what they are set in by. */
const WIDTH = 78;

/** Text in which nothing is a sign of Markdown. Deeper lines stay below theirs; lines that were full flow together. */
function quoted(line: string, next: string | undefined): string {
  const text = line.trimStart().replace(/[\\`*_<>[\]#|]/g, "\\$&");
  const [word = ""] = next?.split(" ") ?? [];
  const wasFull = word !== "" && line.length + 1 + word.length > WIDTH;
  return line.startsWith("  ") ? `  ${text}` : wasFull ? text : `${text}  `;
}

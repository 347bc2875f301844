/** The alignment chain as a page: what the server draws, in the colours of the editor. */

/** What the server answers about a place. */
export interface Chain {
  readonly title: string;
  readonly svg: string;
}

/** Where a definition is; lines count from 1. */
export interface Target {
  readonly uri: string;
  readonly line: number;
}

const STYLE = `
  body { color: var(--vscode-editor-foreground); background: var(--vscode-editor-background); }
  path { stroke: var(--vscode-descriptionForeground); }
  .definition { cursor: pointer; }
  .definition:hover rect { fill-opacity: 0.3; }
  .definition:focus { outline: 1px solid var(--vscode-focusBorder); }
  [data-severity=error] rect { fill: var(--vscode-editorError-foreground); stroke: var(--vscode-editorError-foreground); }
  [data-severity=warning] rect { fill: var(--vscode-editorWarning-foreground); stroke: var(--vscode-editorWarning-foreground); }
  [data-severity=info] rect { fill: var(--vscode-editorInfo-foreground); stroke: var(--vscode-editorInfo-foreground); }
`;

const SCRIPT = `
  const editor = acquireVsCodeApi();
  for (const box of document.querySelectorAll(".definition")) {
    const go = () => editor.postMessage({ uri: box.dataset.uri, line: Number(box.dataset.line) });
    box.setAttribute("tabindex", "0");
    box.setAttribute("role", "link");
    box.addEventListener("click", go);
    box.addEventListener("keydown", (event) => event.key === "Enter" && go());
  }
`;

/** The page; `nonce` is a new secret each time. It loads nothing, and runs no script but ours. */
export function page(chain: Chain | undefined, nonce: string): string {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
${chain?.svg ?? "<p>Put the cursor in a definition to see what it hangs together with.</p>"}
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>
`;
}

/** Where a message of the page leads; nowhere if it is no file. */
export function target(message: unknown): Target | undefined {
  const { uri, line } = (message ?? {}) as Partial<Record<keyof Target, unknown>>;
  const isPlace = typeof uri === "string" && uri.startsWith("file:") && Number.isInteger(line) && Number(line) > 0;
  return isPlace ? { uri, line: Number(line) } : undefined;
}

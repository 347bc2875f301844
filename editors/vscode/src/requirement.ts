/** Where the server is installed from → what pip takes, between quotation marks in any shell. */

const ADDRESS = /^(?:git\+)?(?:https|ssh|file):\/\/[\w@:/.+~#=-]+$/;
const FOLDER = /^[\w:/\\.~ -]+$/;

/** The requirement for a folder or an address, with the extra; undefined for what is neither. */
export function requirement(said: string): string | undefined {
  const text = said.trim();
  if (ADDRESS.test(text)) {
    return `bizalign-lint[lsp] @ ${text}`;
  }
  const isFolder = FOLDER.test(text) && /[/\\]/.test(text) && !text.startsWith("-");
  return isFolder ? `${text.replace(/[/\\]+$/, "")}[lsp]` : undefined;
}

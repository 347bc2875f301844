// Starts yaml-language-server where settings name a schema.
const { join } = require("node:path");
const vscode = require("vscode");

const root = process.env.BIZALIGN_ROOT;
const { LanguageClient } = require(join(root, "editors/vscode/node_modules/vscode-languageclient/node"));
const module_ = join(root, "tests/editors/node_modules/yaml-language-server-1.25/bin/yaml-language-server");

exports.activate = async (context) => {
  const schemas = vscode.workspace.getConfiguration("yaml").get("schemas");
  if (Object.keys(schemas).length === 0) {
    return;
  }
  const run = { command: process.execPath, args: [module_, "--stdio"] };
  const client = new LanguageClient("yaml", "YAML", run, {
    documentSelector: [{ language: "yaml" }],
    synchronize: { configurationSection: "yaml" },
  });
  context.subscriptions.push(client);
  await client.start();
};

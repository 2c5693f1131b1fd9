// Starts `drydock lsp` for scripts, and runs them in a terminal.
"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

function program() {
  return vscode.workspace.getConfiguration("drydock").get("path", "drydock");
}

function allowedFolders() {
  return vscode.workspace.getConfiguration("drydock").get("allowRead", []);
}

function makeClient() {
  return new LanguageClient(
    "drydock",
    "Drydock",
    { command: program(), args: ["lsp"] },
    {
      documentSelector: [{ language: "drydock" }],
      initializationOptions: { allowRead: allowedFolders() },
      synchronize: {
        fileEvents: vscode.workspace.createFileSystemWatcher("**/*.{dock,yaml,yml,json}"),
      },
    });
}

// A word that a shell takes as it is.
function quoted(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

// `drydock run FILE --filter TITLE`, as the code lenses ask for it.
async function run(file, title) {
  const path = file ?? vscode.window.activeTextEditor?.document.uri.fsPath;
  if (!path) return;
  await vscode.workspace.saveAll(false);
  const words = [program(), "run", "--quiet"];
  for (const folder of allowedFolders()) words.push("--allow-read", folder);
  words.push(path);
  if (title) words.push("--filter", title);
  const terminal =
    vscode.window.terminals.find((each) => each.name === "Drydock") ??
    vscode.window.createTerminal("Drydock");
  terminal.show(true);
  terminal.sendText(words.map(quoted).join(" "));
}

async function restart() {
  await client?.stop();
  client = makeClient();
  await client.start();
}

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("drydock.run", run),
    vscode.commands.registerCommand("drydock.restart", restart),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("drydock")) return restart();
    }));
  client = makeClient();
  await client.start();
}

function deactivate() {
  return client?.stop();
}

module.exports = { activate, deactivate, quoted };

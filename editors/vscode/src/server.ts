/** The language server: found, started, stopped, and what is known of it. */

import { spawn, type ChildProcess } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { once } from "node:events";
import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  State,
  type ClientCapabilities,
  type LanguageClientOptions,
} from "vscode-languageclient/node";
import type { Chain } from "./chain";
import { find, type Candidate } from "./finder";
import { homes } from "./homes";
import { interpreterOf } from "./interpreter";
import type { Told } from "./status";
import { NOT_FOUND, serverError, type ServerError } from "./errors";
import { SECTION, serverOptions } from "./options";

const STATUS = "experimental/serverStatus";
/** So many of the last characters that it writes are kept. */
const TAIL = 2000;

/** Leaves it to us to say what is wrong: once, and with what can be done about it. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  /** Stopping what has not started is no fault. */
  override async stop(timeout?: number): Promise<void> {
    try {
      await super.stop(timeout);
    } catch (error) {
      this.outputChannel.appendLine(String(error));
    }
  }
}

/** One at a time; what is asked for meanwhile is done afterwards. */
export class Server {
  found: Candidate | undefined;
  version = "";
  told: Told | undefined;
  error: ServerError | undefined;

  private client: LanguageClient | undefined;
  private queue: Promise<void> = Promise.resolve();

  /** `changed` is called when something else is known, `failed` when nothing is checked any more. */
  constructor(
    private readonly log: vscode.LogOutputChannel,
    private readonly changed: () => void,
    private readonly failed: (error: ServerError) => void,
  ) {}

  /** Start it, or start it again. Done when it has answered, or is known not to. */
  restart(): Promise<void> {
    return this.next(async () => {
      await this.end();
      await this.begin();
    });
  }

  stop(): Promise<void> {
    return this.next(() => this.end());
  }

  /** Settings have changed. */
  async sendOptions(): Promise<void> {
    if (this.client?.state === State.Running) {
      await this.client.sendNotification("workspace/didChangeConfiguration", { settings: { [SECTION]: serverOptions() } });
    }
  }

  /** What the definition at a place hangs together with; nothing where none is, or nobody to ask. */
  async chain(uri: vscode.Uri, at: vscode.Position): Promise<Chain | undefined> {
    if (this.client?.state !== State.Running) {
      return undefined;
    }
    const place = [uri.toString(), { line: at.line, character: at.character }];
    const asked = { command: "bizalign.chain", arguments: place };
    try {
      return (await this.client.sendRequest<Chain | null>("workspace/executeCommand", asked)) ?? undefined;
    } catch (error) {
      this.log.error(String(error));
      return undefined;
    }
  }

  private next(step: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(step).catch((error) => this.log.error(String(error)));
    return this.queue;
  }

  private async end(): Promise<void> {
    const ending = this.client;
    this.client = undefined;
    this.version = "";
    this.told = undefined;
    this.error = undefined;
    try {
      await ending?.dispose();
    } catch (error) {
      // One that has never started cannot be stopped either.
      this.log.debug(String(error));
    }
  }

  private async begin(): Promise<void> {
    this.found = await search();
    if (this.found === undefined) {
      this.fail(NOT_FOUND);
      return;
    }
    this.changed();
    const { file, why } = this.found;
    this.log.info(`starting ${file} (${why})`);
    const cwd = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    let running: ChildProcess | undefined;
    let stderr = "";
    const client = new QuietClient(
      SECTION,
      "bizalign-lint",
      async () => {
        running = spawn(file, ["lsp"], { cwd });
        running.on("error", (error) => (stderr += String(error)));
        running.stderr?.on("data", (data) => (stderr = (stderr + String(data)).slice(-TAIL)));
        return running;
      },
      this.options(),
    );
    client.registerFeature(asksForStatus);
    client.onNotification(STATUS, (told: Told) => {
      this.told = told;
      this.changed();
    });
    this.client = client;
    const ended = async (hadStarted: boolean): Promise<void> => {
      // It may have refused, and wait for what never comes.
      running?.kill();
      await closed(running);
      this.fail(serverError({ file, code: running?.exitCode ?? null, stderr, hadStarted }));
    };
    try {
      await client.start();
    } catch (error) {
      this.log.error(`${file} lsp: ${String(error)}`);
    }
    // A server that leaves before it has answered fails in some versions and just stops in others.
    if (client.state !== State.Running) {
      await ended(false);
      return;
    }
    this.version = client.initializeResult?.serverInfo?.version ?? "";
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Stopped && this.client === client) {
        void ended(true);
      }
    });
    this.changed();
  }

  private fail(what: ServerError): void {
    this.error = what;
    this.changed();
    this.failed(what);
  }

  private options(): LanguageClientOptions {
    return {
      documentSelector: [{ scheme: "file", pattern: "**/*.{yaml,yml,archimate,xml,csv,json,md}" }],
      initializationOptions: { [SECTION]: serverOptions() },
      middleware: { workspace: { didChangeConfiguration: () => this.sendOptions() } },
      synchronize: { configurationSection: SECTION },
      outputChannel: this.log,
      // One message of ours instead of five of the client's, and no start after one that failed.
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => ({ action: CloseAction.DoNotRestart, handled: true }),
      },
    };
  }
}

const asksForStatus = {
  fillClientCapabilities(can: ClientCapabilities): void {
    can.experimental = { ...(can.experimental as object | undefined), serverStatusNotification: true };
  },
  initialize(): void {},
  getState: () => ({ kind: "static" as const }),
  clear(): void {},
};

/** Until a process is gone and all that it has written is read; not for ever. */
async function closed(running: ChildProcess | undefined): Promise<void> {
  if (running !== undefined && running.exitCode === null && running.pid !== undefined) {
    const patience = new Promise((resolve) => setTimeout(resolve, 2000));
    await Promise.race([once(running, "close"), patience]);
  }
}

async function search(): Promise<Candidate | undefined> {
  // A workspace that is not trusted does not choose what runs.
  const { isTrusted } = vscode.workspace;
  return find(
    {
      configured: vscode.workspace.getConfiguration(SECTION).get<string>("server.path", ""),
      folders: isTrusted ? await homes() : [],
      interpreter: isTrusted ? await interpreterOf(vscode.workspace.workspaceFolders?.[0]?.uri) : undefined,
      path: process.env["PATH"] ?? "",
      platform: process.platform,
    },
    (file) => {
      try {
        accessSync(file, constants.X_OK);
        return statSync(file).isFile();
      } catch {
        return false;
      }
    },
  );
}

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { GenerateInput, ModelPart } from '../../contract/engine.ts';
import { defaultSettings, type ServerSetting, type Settings } from '../../contract/settings.ts';
import { LiveDatabase } from '../../core/database/live-database.ts';
import { Egress } from '../../core/egress/egress.ts';
import { admitModelList } from '../../core/egress/purposes.ts';
import type { Host } from '../../core/ports.ts';
import { Receipts } from '../../core/receipts/receipts.ts';
import { Sending, type SendingOptions } from '../../core/sending/sending.ts';
import { Servers } from '../../core/servers/servers.ts';

export interface Entry {
  readonly id: string;
  readonly message_id: string | null;
  readonly purpose: string;
  readonly state: string;
  readonly host: string;
  readonly place: string | null;
  readonly requests: number | null;
  readonly sent_bytes: number | null;
  readonly prompt_tokens: number | null;
  readonly output_tokens: number | null;
  readonly error: string | null;
}

/** What an answer comes as, when nothing else is wanted. */
export const answersHello = (response: ServerResponse) => {
  response.setHeader('content-type', 'text/event-stream');
  const say = (chunk: object) => response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  say({ choices: [{ index: 0, delta: { content: 'Hello.' } }] });
  say({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], usage: { prompt_tokens: 7, completion_tokens: 2 } });
  response.end('data: [DONE]\n\n');
};

/** All from the servers a person has to the database, on real files and sockets, with a server on this machine behind it. */
export class Gate {
  readonly folder = mkdtempSync(join(tmpdir(), 'beckon-gate-'));
  readonly path = join(this.folder, 'beckon.db');
  readonly database = new LiveDatabase(this.path, { mayWrite: true, onMended: () => {} });
  readonly keys = new Map<string, string>();
  /** What the receipts said each time a connection was opened, as another process reads them. */
  readonly atConnection: (readonly Entry[])[] = [];
  /** Of each question: its key and its body. */
  readonly questions: { readonly key: string | undefined; readonly body: string }[] = [];
  /** The keys that came with anything. */
  readonly keysSeen: (string | undefined)[] = [];
  settings: Settings = defaultSettings;
  answer: (response: ServerResponse) => void = answersHello;
  /** What is answered to what carries no text. */
  list: (response: ServerResponse) => void = (response) => response.end(JSON.stringify({ data: [{ id: 'other' }] }));
  /** Runs while a key is read or a proxy is asked for: between the gate and the connection. */
  onKeyRead: () => void = () => {};
  onProxyAsked: () => void = () => {};
  /** Runs when a key has been kept and the settings do not say so yet. */
  onKeyKept: () => Promise<void> = async () => {};
  /** Resolves once what was committed is on the disk. */
  synced: () => Promise<void> = async () => {};
  readonly egress: Egress;
  readonly servers: Servers;
  readonly sending: Sending;
  readonly #server: Server;

  private constructor(server: Server, options: Partial<SendingOptions>) {
    this.#server = server;
    const log = { write: () => {} };
    const isOffline = () => this.settings.offline;
    const askSystem = async () => {
      this.onProxyAsked();
      return 'DIRECT';
    };
    // Every name leads to this machine, whatever it is.
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    const egress = new Egress({ isOffline, log, proxies: { env: {}, askSystem }, resolve });
    this.egress = egress;
    const receipts = new Receipts(this.database, log, () => this.synced());
    const open = (admit: (url: URL) => void) => egress.fetchFor('answer', admit);
    const sending = new Sending({ isOffline, receipts, open, ...options });
    this.sending = sending;
    const openList = (hostname: string) => egress.fetchFor('model-list', admitModelList(hostname));
    this.servers = new Servers({ host: this.#host(), openList, send: (order) => sending.send(order) });
  }

  static async start(options: Partial<SendingOptions> = {}): Promise<Gate> {
    const server = createServer();
    const gate = new Gate(server, options);
    server.on('connection', () => gate.atConnection.push(gate.entries()));
    server.on('request', (request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      request.on('end', () => {
        gate.keysSeen.push(request.headers.authorization);
        if (request.method !== 'POST') return gate.list(response);
        gate.questions.push({ key: request.headers.authorization, body });
        gate.answer(response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return gate;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get connections(): number {
    return this.atConnection.length;
  }

  /** A server of the person's: of this machine, or one that counts as another machine by its name. */
  add(hostname = '127.0.0.1', keyKept: ServerSetting['keyKept'] = 'none', id = 's-1'): string {
    const address = `http://${hostname}:${this.port}/v1`;
    const server: ServerSetting = { id, address, label: '', models: ['m'], keyKept };
    this.settings = { ...this.settings, servers: [...this.settings.servers, server] };
    if (keyKept === 'key-store' && !this.keys.has(`server:${id}`)) this.keys.set(`server:${id}`, 'sk-kept');
    return `server:${id}:m`;
  }

  change(id: string, patch: Partial<ServerSetting>): void {
    const servers = this.settings.servers.map((server) => (server.id === id ? { ...server, ...patch } : server));
    this.settings = { ...this.settings, servers };
  }

  /** Turns the lock on as a settings change does it in core. */
  lock(): void {
    this.settings = { ...this.settings, offline: true };
    this.egress.endOutside();
  }

  /** Asks one question and gives all parts. */
  async ask(modelId: string, more: Partial<GenerateInput> = {}, signal = new AbortController().signal) {
    const parts: ModelPart[] = [];
    const model = this.servers.model(modelId, null);
    for await (const part of model?.generate({ ...question, ...more }, signal) ?? []) parts.push(part);
    return parts;
  }

  entries(): readonly Entry[] {
    const reader = new DatabaseSync(this.path, { readOnly: true });
    try {
      return reader.prepare('SELECT * FROM receipts ORDER BY began_at, rowid').all() as unknown as readonly Entry[];
    } finally {
      reader.close();
    }
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.database.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #host(): Host {
    return {
      face: 'app',
      settings: () => this.settings,
      onSettings: () => ({ dispose: () => {} }),
      changeSettings: async (patch) => {
        this.settings = { ...this.settings, ...(patch as Partial<Settings>) };
        return this.settings;
      },
      keepSecret: async (name, secret) => {
        this.keys.set(name, secret);
        await this.onKeyKept();
        return 'key-store';
      },
      readSecret: async (name) => {
        this.onKeyRead();
        return this.keys.get(name) ?? null;
      },
      forgetSecret: async () => {},
      stepAside: async () => {},
      finishOverlay: async () => {},
      toggleOverlay: async () => ({ visible: false }),
      writeClipboard: async () => true,
      openFile: async () => ({ how: 'opened', viewer: null }),
      describe: async () => null,
    };
  }
}

export const question: GenerateInput = {
  messages: [{ role: 'user', text: 'A private question.' }],
  sampling: { temperature: 0 },
  maxTokens: 64,
  thinking: 'off',
  hints: {},
};

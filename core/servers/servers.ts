import { randomUUID } from 'node:crypto';
import { AppError } from '../../contract/errors.ts';
import type { ModelRow, ServerRow, ServerTest } from '../../contract/model.ts';
import type { ServerSetting } from '../../contract/settings.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { isLocal, readAddress } from '../../models/openai-compatible/address.ts';
import { ModelHabits } from '../../models/openai-compatible/habits.ts';
import { createServerModel } from '../../models/openai-compatible/server-model.ts';
import { testServer } from '../../models/openai-compatible/test-server.ts';
import type { Host } from '../ports.ts';

export interface NewServer {
  readonly address: string;
  readonly key: string | null;
  readonly label: string;
  readonly models: readonly string[];
}

/** Addresses that the person added. Their keys are kept by the host and asked for at each request. */
export class Servers {
  readonly #host: Host;
  readonly #fetch: typeof fetch;
  readonly #habits = new ModelHabits();

  constructor(host: Host, fetchFrom: typeof fetch) {
    this.#host = host;
    this.#fetch = fetchFrom;
  }

  list(): readonly ServerRow[] {
    return this.#host.settings().servers.map(toRow);
  }

  test(address: string, key: string | null): Promise<ServerTest> {
    return testServer(address, key, this.#fetch);
  }

  async add({ address, key, label, models }: NewServer): Promise<ServerRow> {
    const read = readAddress(address);
    const id = `s-${randomUUID().slice(0, 8)}`;
    const keyKept = key === null || key === '' ? 'none' : await this.#host.keepSecret(secretName(id), key);
    const server: ServerSetting = { id, address: read.address, label: label.trim(), models: [...models], keyKept };
    await this.#host.changeSettings({ servers: [...this.#host.settings().servers, server] });
    return toRow(server);
  }

  async remove(serverId: string): Promise<void> {
    const { servers, modelId } = this.#host.settings();
    if (!servers.some(({ id }) => id === serverId)) throw new AppError('model/not-found', serverId);
    await this.#host.forgetSecret(secretName(serverId));
    const wasChosen = modelId?.startsWith(`server:${serverId}:`) === true;
    await this.#host.changeSettings({
      servers: servers.filter(({ id }) => id !== serverId),
      ...(wasChosen ? { modelId: null } : {}),
    });
  }

  /** One row for each model of each server. */
  rows(): readonly ModelRow[] {
    return this.#host.settings().servers.flatMap((server) => {
      const { id: serverId, host } = toRow(server);
      return server.models.map((model) => ({
        ...emptyRow,
        id: modelIdOf(serverId, model),
        name: model,
        shortName: shorten(model),
        serverId,
        host,
      }));
    });
  }

  model(modelId: string): LanguageModel | null {
    for (const server of this.#host.settings().servers) {
      const model = server.models.find((candidate) => modelIdOf(server.id, candidate) === modelId);
      if (model === undefined) continue;
      const { host } = toRow(server);
      return createServerModel({
        id: modelId,
        name: model,
        address: server.address,
        host,
        model,
        readKey: () =>
          server.keyKept === 'none' ? Promise.resolve(null) : this.#host.readSecret(secretName(server.id)),
        fetch: this.#fetch,
        habits: this.#habits,
      });
    }
    return null;
  }
}

const emptyRow = {
  kind: 'server',
  purpose: 'chat',
  licence: null,
  languages: [],
  bytes: null,
  contextTokens: null,
  installed: true,
  chosen: false,
  fastCopy: null,
  fit: null,
  needBytes: null,
  freeBytes: null,
  measuredWordsPerSecond: null,
} as const;

function modelIdOf(serverId: string, model: string): string {
  return `server:${serverId}:${model}`;
}

function secretName(serverId: string): string {
  return `server:${serverId}`;
}

function shorten(model: string): string {
  return model.split('/').at(-1) ?? model;
}

function toRow({ id, address, label, models, keyKept }: ServerSetting): ServerRow {
  const url = URL.canParse(address) ? new URL(address) : null;
  const host = url?.host ?? address;
  return {
    id,
    address,
    host,
    label: label === '' ? host : label,
    models,
    keyKept,
    local: url !== null && isLocal(url.hostname),
  };
}

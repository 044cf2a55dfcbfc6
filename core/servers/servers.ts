import { randomUUID } from 'node:crypto';
import type { ModelPart } from '../../contract/engine.ts';
import { AppError } from '../../contract/errors.ts';
import type { ModelRow, ServerRow, ServerTest } from '../../contract/model.ts';
import type { ServerSetting } from '../../contract/settings.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { readAddress } from '../../models/openai-compatible/address.ts';
import { ModelHabits } from '../../models/openai-compatible/habits.ts';
import { cleanKey } from '../../models/openai-compatible/server-key.ts';
import type { Price } from '../../models/prices/price.ts';
import { providerOf } from '../../models/providers/provider.ts';
import type { Host } from '../ports.ts';
import type { Destination } from '../sending/destination.ts';
import type { Order } from '../sending/sending.ts';
import { gatedModel } from './gated-model.ts';
import { Pool } from './pool.ts';
import { pooledModel } from './pooled-model.ts';
import { costOf, type PricedBy, priceOf } from './priced-servers.ts';
import { ServerKeys } from './server-keys.ts';
import { modelIdOf, modelRowsOf, peersOf, toRow } from './server-rows.ts';
import { isSamePlace, tryServer } from './try-server.ts';

export interface ServersOptions {
  readonly host: Host;
  /** A connection that asks one host for its list of models and carries no text. */
  readonly openList: (hostname: string) => typeof fetch;
  /** The gate that everything else passes. */
  readonly send: (order: Order) => AsyncIterable<ModelPart>;
  /** What calls cost is not counted without it. */
  readonly priced?: PricedBy;
}

export interface NewServer {
  readonly address: string;
  readonly key: string | null;
  readonly label: string;
  readonly models: readonly string[];
  /** The provider that it is added as, and where. */
  readonly provider?: string;
  readonly region?: string | null;
}

export interface TestedServer {
  readonly address: string;
  readonly key: string | null;
  readonly model: string | null;
  readonly serverId: string | null;
}

export interface ChangedServer {
  readonly serverId: string;
  readonly address: string;
  /** Null keeps the key that is kept; empty forgets it. */
  readonly key: string | null;
  readonly models: readonly string[];
}

/** Addresses that the person added. Their keys are asked for at each request. */
export class Servers {
  readonly #host: Host;
  readonly #options: ServersOptions;
  readonly #habits = new ModelHabits();
  readonly pool = new Pool();
  readonly #keys: ServerKeys;

  constructor(options: ServersOptions) {
    this.#host = options.host;
    this.#options = options;
    this.#keys = new ServerKeys(options.host);
  }

  list(): readonly ServerRow[] {
    const { servers } = this.#host.settings();
    return servers.map((server) => toRow(server, servers));
  }

  /** Resolves with what is wrong. A key that is kept is sent to the address it is kept for and to no other. */
  async test({ serverId, ...typed }: TestedServer): Promise<ServerTest> {
    const added = this.#host.settings().servers.find(({ id }) => id === serverId) ?? null;
    const server = typed.key === null && serverId !== null ? this.#find(serverId) : added;
    return tryServer({ ...typed, server }, { ...this.#options, keyOf: (one) => this.#keys.of(one) });
  }

  async add({ address, key, label, models, provider, region }: NewServer): Promise<ServerRow> {
    const read = readAddress(address);
    const id = `s-${randomUUID().slice(0, 8)}`;
    const keyKept = await this.#keys.keep(id, cleanKey(key));
    const server: ServerSetting = {
      ...{ id, address: read.address, label: label.trim(), models: namesOf(models), keyKept },
      ...(provider === undefined ? {} : { provider }),
      ...(region === undefined || region === null ? {} : { region }),
    };
    await this.#host.changeSettings({ servers: [...this.#host.settings().servers, server] });
    return toRow(server);
  }

  /** Rejects with `model/not-found`, `server/bad-address` or `server/key-unusable`; then all stays as it was. */
  async change(changed: ChangedServer): Promise<ServerRow> {
    return this.#keys.during(changed.serverId, () => this.#change(changed));
  }

  async #change({ serverId, address, key, models }: ChangedServer): Promise<ServerRow> {
    const before = this.#find(serverId);
    const read = readAddress(address);
    const entered = cleanKey(key);
    // A key that was given to one server is not for another.
    const stays = key === null && isSamePlace(before.address, read.address);
    if (!stays && entered === null && before.keyKept !== 'none') await this.#keys.forget(serverId);
    const keyKept = stays ? before.keyKept : await this.#keys.keep(serverId, entered);
    const changed: ServerSetting = { ...before, address: read.address, models: namesOf(models), keyKept };
    const { servers, modelId } = this.#host.settings();
    const gone = before.models.filter((model) => !changed.models.includes(model));
    const wasChosen = gone.some((model) => modelIdOf(serverId, model) === modelId);
    await this.#host.changeSettings({
      servers: servers.map((server) => (server.id === serverId ? changed : server)),
      ...(wasChosen ? { modelId: null } : {}),
    });
    return toRow(changed);
  }

  async remove(serverId: string): Promise<void> {
    const { servers, modelId } = this.#host.settings();
    if (!servers.some(({ id }) => id === serverId)) throw new AppError('model/not-found', serverId);
    await this.#keys.forget(serverId);
    const wasChosen = modelId?.startsWith(`server:${serverId}:`) === true;
    await this.#host.changeSettings({
      servers: servers.filter(({ id }) => id !== serverId),
      ...(wasChosen ? { modelId: null } : {}),
    });
  }

  /** One row for each model of each server. */
  rows(): readonly ModelRow[] {
    return this.#host.settings().servers.flatMap(modelRowsOf);
  }

  /** `send`: the way its prompts go; the gate where none is given. Where its server shares, it is whichever is least busy. */
  model(modelId: string, answerId: string | null, send = this.#options.send): LanguageModel | null {
    const served = this.served(modelId);
    if (served === null) return null;
    const { server, model } = served;
    const chosen = this.#modelOf(server, model, answerId, send);
    const others = server.shares === true ? peersOf(server, this.#host.settings().servers, model) : [];
    const members = [server, ...others.filter(({ shares }) => shares === true)].map((member) => ({
      serverId: member.id,
      model: member === server ? chosen : this.#modelOf(member, model, answerId, send),
    }));
    return pooledModel(chosen, members, this.pool);
  }

  /** Rejects with `model/not-found`. */
  async share(serverId: string, shares: boolean): Promise<void> {
    const server = this.#find(serverId);
    const { servers } = this.#host.settings();
    await this.#host.changeSettings({ servers: servers.map((one) => (one === server ? { ...one, shares } : one)) });
  }

  #modelOf(server: ServerSetting, model: string, answerId: string | null, send: ServersOptions['send']): LanguageModel {
    const { priced } = this.#options;
    return gatedModel({
      ...{ id: modelIdOf(server.id, model), model, serverId: server.id, address: server.address, answerId, send },
      host: toRow(server).host,
      readKey: () => this.#keys.of(server),
      habits: this.#habits,
      requireSame: () => this.#keys.requireSame(server),
      provider: providerOf(server.provider),
      costOf: (usage, when) => (priced === undefined ? null : costOf(server, model, usage, when, priced)),
    });
  }

  /** The server that has a model, and what it calls it; null where none has. */
  served(modelId: string): { readonly server: ServerSetting; readonly model: string } | null {
    for (const server of this.#host.settings().servers) {
      const model = server.models.find((candidate) => modelIdOf(server.id, candidate) === modelId);
      if (model !== undefined) return { server, model };
    }
    return null;
  }

  /** What it costs to ask whom a prompt is for; null where that is not known, as of one that is tried before it is kept. */
  priceOf({ serverId, modelName }: Pick<Destination, 'serverId' | 'modelName'>): Price | null {
    const { priced } = this.#options;
    const server = this.#host.settings().servers.find(({ id }) => id === serverId);
    return server === undefined || priced === undefined ? null : priceOf(server, modelName, priced);
  }

  /** Gives somebody a server with the key that is kept for it, for the address that it has. */
  async withKey<Value>(
    serverId: string,
    use: (server: ServerSetting, key: string | null) => Promise<Value>,
  ): Promise<Value> {
    const server = this.#find(serverId);
    return use(server, await this.#keys.of(server));
  }

  #find(serverId: string): ServerSetting {
    const server = this.#host.settings().servers.find(({ id }) => id === serverId);
    if (server === undefined) throw new AppError('model/not-found', serverId);
    return server;
  }
}

/** Without spaces around them, each once. */
function namesOf(models: readonly string[]): string[] {
  return [...new Set(models.map((model) => model.trim()).filter((model) => model !== ''))];
}

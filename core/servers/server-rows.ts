import type { ServedModel, ServerRow } from '../../contract/model.ts';
import type { ServerSetting } from '../../contract/settings.ts';
import { isLocalAddress } from '../../models/openai-compatible/address.ts';

export function modelIdOf(serverId: string, model: string): string {
  return `server:${serverId}:${model}`;
}

/** A server as the person sees it, among all there are. */
export function toRow(server: ServerSetting, all: readonly ServerSetting[] = []): ServerRow {
  const { id, address, label, models, keyKept } = server;
  const url = URL.canParse(address) ? new URL(address) : null;
  const host = url?.host ?? address;
  return {
    id,
    address,
    host,
    label: label === '' ? host : label,
    models,
    keyKept,
    local: isLocalAddress(address),
    shares: server.shares === true,
    peers: all.filter((other) => models.some((model) => peersOf(server, [other], model).length > 0)).length,
  };
}

/** The other servers of the person's own that serve a model of this name, on this machine or in the local network alone. */
export function peersOf(server: ServerSetting, all: readonly ServerSetting[], model: string): readonly ServerSetting[] {
  const isOwn = ({ address, provider }: ServerSetting) => provider === undefined && isLocalAddress(address);
  if (!isOwn(server)) return [];
  return all.filter((other) => other.id !== server.id && isOwn(other) && other.models.includes(model));
}

/** One row for each model of a server. */
export function modelRowsOf(server: ServerSetting): readonly ServedModel[] {
  const { id: serverId, host } = toRow(server);
  return server.models.map((model) => ({
    kind: 'server',
    purpose: 'chat',
    installed: true,
    chosen: false,
    id: modelIdOf(serverId, model),
    name: model,
    shortName: shorten(model),
    serverId,
    host,
  }));
}

function shorten(model: string): string {
  return model.split('/').at(-1) ?? model;
}

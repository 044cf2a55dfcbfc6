import type { ServedModel, ServerRow } from '../../contract/model.ts';
import type { ServerSetting } from '../../contract/settings.ts';
import { isLocalAddress } from '../../models/openai-compatible/address.ts';

export function modelIdOf(serverId: string, model: string): string {
  return `server:${serverId}:${model}`;
}

/** A server as the person sees it. */
export function toRow({ id, address, label, models, keyKept }: ServerSetting): ServerRow {
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
  };
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

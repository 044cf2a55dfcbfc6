import type { SettingsPatch } from '../../contract/settings.ts';
import type { StreamingServer } from '../fakes/streaming-server.ts';

/** A profile whose model is the one of a server on this machine, as if the person had added and chosen it before. */
export function parrotSettings(server: StreamingServer): SettingsPatch {
  const parrot = {
    id: 'parrot',
    address: server.address,
    label: 'Parrot',
    models: ['parrot'],
    keyKept: 'none',
  } as const;
  return { servers: [parrot], modelId: 'server:parrot:parrot' };
}

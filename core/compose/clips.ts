import { join } from 'node:path';
import type { clipsRoutes } from '../../contract/routes/clips.ts';
import type { Handlers } from '../../wire/server.ts';
import { ClipKey } from '../clips/clip-key.ts';
import { Clips } from '../clips/clips.ts';
import type { DesktopProcess } from '../desktop/desktop-process.ts';
import type { CoreBase } from '../surroundings.ts';
import { nothing } from './nothing.ts';

/** What was copied, kept on the person's wish; in the app alone, which is there when something is copied. */
export function composeClips({ folders, host, store, log, mayWrite }: CoreBase, desktop: DesktopProcess) {
  const clips = store.add(
    new Clips({
      folder: join(folders.profile, 'clips'),
      key: new ClipKey(host),
      desktop,
      settings: () => host.settings(),
      now: Date.now,
      log,
    }),
  );
  if (host.face === 'app' && mayWrite) {
    void clips.follow();
    store.add(host.onSettings(() => void clips.follow()));
  }
  const handlers: Handlers<typeof clipsRoutes> = {
    requests: {
      'clips.list': ({ query, limit }) => clips.list(query, limit),
      'clips.putIn': async ({ id }) => nothing(await clips.putIn(id)),
      'clips.remove': ({ id }) => nothing(clips.remove(id)),
      'clips.clear': async () => nothing(await clips.clear()),
      'clips.again': async () => nothing(await clips.again()),
    },
    streams: {},
    states: { clips: clips.state },
  };
  return { handlers };
}

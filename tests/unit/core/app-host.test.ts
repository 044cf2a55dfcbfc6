import { describe, expect, it } from 'vitest';
import { hostContract } from '../../../contract/host.ts';
import { defaultSettings, type Settings } from '../../../contract/settings.ts';
import { createAppHost } from '../../../core/settings/app-host.ts';
import { WireClient } from '../../../wire/client.ts';
import { createLinkedPair } from '../../../wire/linked-pair.ts';
import { type Handlers, serve } from '../../../wire/server.ts';
import { StateSource } from '../../../wire/state-source.ts';

/** Main with its settings; `meanwhile` changes them once more before the answer to a change is on its way. */
function hostWith(meanwhile: (settings: StateSource<Settings>) => void) {
  const settings = new StateSource<Settings>(defaultSettings);
  const [core, main] = createLinkedPair();
  const absent = () => {
    throw new Error('not asked here');
  };
  const handlers: Handlers<typeof hostContract> = {
    requests: {
      'deed.openLink': () => ({ opened: false }),
      'deed.agreeToAdd': () => ({ agreed: false }),
      'deed.agreeToNotify': () => ({ agreed: false }),
      'deed.notify': () => ({ shown: false }),
      'settings.set': (patch) => {
        settings.update(patch as Partial<Settings>);
        const answer = { settings: settings.value, revision: settings.get().revision };
        meanwhile(settings);
        return answer;
      },
      'secret.keep': absent,
      'secret.read': absent,
      'secret.forget': absent,
      'core.startFailed': absent,
      'overlay.stepAside': absent,
      'overlay.finish': absent,
      'overlay.toggle': absent,
      'clipboard.writeText': absent,
      'proxy.resolve': absent,
      'file.show': absent,
      'shell.describe': absent,
    },
    streams: {},
    states: { settings },
  };
  serve(main, hostContract, handlers);
  return createAppHost(new WireClient(core, hostContract));
}

describe('core’s view of the app’s settings', () => {
  it('answers a change although another one came right behind it: it waited for an equality that was never seen', async () => {
    const host = await hostWith((settings) => settings.update({ theme: 'dark' }));
    const changed = await host.changeSettings({ idleMinutes: 7 });
    expect(changed.idleMinutes).toBe(7);
    expect(host.settings()).toMatchObject({ idleMinutes: 7, theme: 'dark' });
  });

  it('answers changes that are made at once, each of them, and shows the last', async () => {
    const host = await hostWith(() => {});
    const all = await Promise.all([1, 2, 3, 4, 5].map((idleMinutes) => host.changeSettings({ idleMinutes })));
    expect(all.map(({ idleMinutes }) => idleMinutes)).toEqual([1, 2, 3, 4, 5]);
    expect(host.settings().idleMinutes).toBe(5);
  });

  it('answers a change that changes nothing, and one that is undone at once', async () => {
    const host = await hostWith((settings) => settings.update({ idleMinutes: defaultSettings.idleMinutes }));
    expect((await host.changeSettings({ idleMinutes: 9 })).idleMinutes).toBe(9);
    expect((await host.changeSettings({ theme: defaultSettings.theme })).theme).toBe(defaultSettings.theme);
  });
});

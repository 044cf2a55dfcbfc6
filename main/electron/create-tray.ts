import { app } from 'electron';
import type { PageGate } from '../shell/page-gate.ts';
import type { Calls } from './calls.ts';
import type { Look } from './look.ts';
import { TrayUpdates, type TrayUpdatesDeps } from './tray-updates.ts';

export interface TrayDeps extends Pick<TrayUpdatesDeps, 'shell' | 'settings' | 'relay'> {
  readonly look: Look;
  readonly calls: Calls;
  /** Stands before the settings of pages too: what lowers protection is agreed to in a dialog of main's. */
  readonly gate: PageGate;
  readonly pause: (paused: boolean) => void;
  readonly openPage: (page: 'models' | 'settings') => void;
}

/** The tray with its menu, and what its items do. */
export function createTray({ look, calls, gate, pause, openPage, ...followed }: TrayDeps): TrayUpdates {
  const setOffline = async (offline: boolean) => {
    const agreed = gate.pass('settings.set', { offline });
    await agreed.then(
      () => followed.settings.change({ offline }),
      // The person did not agree: everything stays as it is.
      () => null,
    );
    tray.restore();
  };
  const tray = new TrayUpdates({
    ...followed,
    words: () => look.say().tray(),
    actions: {
      newChat: () => calls.showNewChat(),
      setOffline: (offline) => void setOffline(offline),
      pause: (paused) => {
        pause(paused);
        tray.restore();
      },
      models: () => openPage('models'),
      show: () => calls.show(),
      settings: () => openPage('settings'),
      quit: () => app.quit(),
    },
  });
  return tray;
}

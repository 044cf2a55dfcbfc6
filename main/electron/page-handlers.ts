import { homedir } from 'node:os';
import { app, clipboard } from 'electron';
import type { ShellState } from '../../contract/shell.ts';
import type { StateSource } from '../../wire/state-source.ts';
import type { CoreProcess } from '../core/core-process.ts';
import type { ActionHotkeys } from '../hotkey/action-hotkeys.ts';
import type { KeyStoreState } from '../keys/key-store-state.ts';
import type { Paths } from '../paths.ts';
import { createShellHandlers, type Navigation } from '../shell/handlers.ts';
import { typedPlace } from '../shell/typed-place.ts';
import type { Words } from '../shell/words.ts';
import { createAtomFiles } from './atom-files.ts';
import type { Calls } from './calls.ts';
import { createBackups } from './create-backups.ts';
import { createCards } from './create-cards.ts';
import { createExports } from './create-exports.ts';
import type { Dialogs } from './dialogs.ts';
import { showFolder } from './own-folders.ts';
import type { ShellParts } from './shell-parts.ts';

export interface PageHandlersDeps {
  readonly shell: StateSource<ShellState>;
  readonly navigation: StateSource<Navigation>;
  readonly dialogs: Dialogs;
  readonly calls: Calls;
  readonly keyStore: Pick<KeyStoreState, 'unlock'>;
  readonly actionHotkeys: ActionHotkeys;
  /** All else that the shell is made of, as far as it is built. */
  readonly parts: () => ShellParts;
  readonly paths: Paths;
  readonly words: () => Words;
  readonly addFiles: (paths: readonly string[]) => void;
}

/** What pages may ask of main. */
export function createPageHandlers(deps: PageHandlersDeps): ReturnType<typeof createShellHandlers> {
  const { shell, navigation, dialogs, calls, keyStore, actionHotkeys, parts, addFiles, paths, words } = deps;
  const { settings, core, relay, registry } = parts();
  return createShellHandlers({
    shell,
    settings: settings.state,
    navigation,
    hideOverlay: () => calls.hide(),
    resizeOverlay: (height) => parts().overlay?.resize(height),
    restOverlay: (resting) => parts().overlay?.rest(resting),
    moveOverlay: (x, y) => parts().overlay?.moveBy(x, y),
    showMainWindow: () => parts().showMainWindow?.(),
    changeSettings: (patch) => settings.change(patch),
    changeHotkey: (accelerator) => {
      const hotkey = parts().hotkeys?.change(accelerator);
      if (hotkey !== undefined) settings.change({ hotkey, hotkeyProvedAt: null });
    },
    changeActionHotkey: (actionId, accelerator) => {
      const { hotkey } = settings.value;
      settings.change({ actionHotkeys: actionHotkeys.change(actionId, accelerator, hotkey) });
      const refusedActionHotkeys = shell.value.refusedActionHotkeys.filter((id) => id !== actionId);
      shell.update({ refusedActionHotkeys });
    },
    listenForHotkey: (listening) => {
      parts().hotkeys?.listen(listening);
      actionHotkeys.listen(listening);
    },
    pickModelFile: () => dialogs.pickModelFile(),
    addModelFile: async (path) => {
      const { client } = core;
      if (client === null) throw new Error('core is not running');
      return client.call('model.addFile', { path });
    },
    pickFiles: async (typed) => {
      const paths = await dialogs.pickFilesAt(typed === null ? null : await typedPlace(typed, homedir()));
      if (paths.length > 0) addFiles(paths);
    },
    copy: (text) => copyText(core, text),
    ...createExports({ relay, registry, dialogs, words }),
    ...createAtomFiles(relay, dialogs),
    backups: createBackups({ relay, dialogs, words }),
    cards: createCards({ relay, registry, dialogs, words, look: () => shell.value }),
    showFolder: (folder) => showFolder(folder, paths.profile, relay),
    openLink: (url) => dialogs.openLink(url),
    unlockKeyStore: () => keyStore.unlock(),
    restartCore: () => core.startAgain(),
    quit: () => app.quit(),
  });
}

/** Electron's own way takes the selection of the person along on X11, so it is the last one there. */
async function copyText(core: CoreProcess, text: string): Promise<void> {
  const copied = await core.client?.request('clipboard.copy', { text });
  if (!copied?.ok || !copied.value) clipboard.writeText(text);
}

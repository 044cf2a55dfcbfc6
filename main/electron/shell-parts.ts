import type { Settings } from '../../contract/settings.ts';
import type { StateSource } from '../../wire/state-source.ts';
import type { CoreProcess } from '../core/core-process.ts';
import type { CoreRelay } from '../core/core-relay.ts';
import type { Hotkeys } from '../hotkey/hotkeys.ts';
import type { Overlay } from '../windows/overlay.ts';
import type { WindowRegistry } from '../windows/registry.ts';
import type { Bridge } from './bridge.ts';
import type { Secrets } from './secrets.ts';
import type { SettingsFile } from './settings-file.ts';

/** What the shell is made of, in the order in which it is built; the later ones are not there at first. */
export interface ShellParts {
  readonly file: SettingsFile;
  readonly settings: StateSource<Settings>;
  readonly secrets: Secrets;
  readonly registry: WindowRegistry;
  readonly core: CoreProcess;
  readonly relay: CoreRelay;
  bridge: Bridge | null;
  overlay: Overlay | null;
  hotkeys: Hotkeys | null;
  showMainWindow?: () => void;
}

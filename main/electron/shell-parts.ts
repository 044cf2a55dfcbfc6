import type { CoreProcess } from '../core/core-process.ts';
import type { CoreRelay } from '../core/core-relay.ts';
import type { Hotkeys } from '../hotkey/hotkeys.ts';
import type { Overlay } from '../windows/overlay.ts';
import type { WindowRegistry } from '../windows/registry.ts';
import type { Bridge } from './bridge.ts';
import type { KeptSettings } from './kept-settings.ts';
import type { Secrets } from './secrets.ts';

/** What the shell is made of, in the order in which it is built; the later ones are not there at first. */
export interface ShellParts {
  readonly settings: KeptSettings;
  readonly secrets: Secrets;
  readonly registry: WindowRegistry;
  readonly core: CoreProcess;
  readonly relay: CoreRelay;
  bridge: Bridge | null;
  overlay: Overlay | null;
  hotkeys: Hotkeys | null;
  showMainWindow?: () => void;
}

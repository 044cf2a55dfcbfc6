import type { ShellState } from '../../contract/shell.ts';
import type { StateSource } from '../../wire/state-source.ts';
import type { CoreProcess } from '../core/core-process.ts';
import { Hotkeys } from '../hotkey/hotkeys.ts';
import type { PassedKeys } from '../hotkey/passed-keys.ts';
import type { Paths } from '../paths.ts';
import { withProof } from '../shell/shell-state.ts';
import { Overlay } from '../windows/overlay.ts';
import type { WindowRegistry } from '../windows/registry.ts';
import type { Calls } from './calls.ts';
import type { KeptSettings } from './kept-settings.ts';
import { isWayland } from './system-keys.ts';

export interface OverlayDeps {
  readonly registry: WindowRegistry;
  readonly shell: StateSource<ShellState>;
  readonly settings: KeptSettings;
  readonly core: CoreProcess;
  readonly keys: PassedKeys;
  /** The overlay itself, once it is made. */
  readonly overlay: () => Overlay | null;
}

/** The window that the hotkey shows, created hidden; the shell's state and the keys follow it. */
export function createOverlay({ registry, shell, settings, core, keys, overlay }: OverlayDeps): Overlay {
  return new Overlay({
    registry,
    platform: process.platform,
    isPinned: () => settings.value.pinned,
    draggedPosition: (displayId) => settings.value.overlayPositions[displayId],
    onDragged: (displayId, position) =>
      settings.change({ overlayPositions: { ...settings.value.overlayPositions, [displayId]: position } }),
    pointerPressed: async () => {
      const answer = await core.client?.request('pointer.pressed', {});
      return answer?.ok ? answer.value : null;
    },
    onState: (state) => {
      shell.update({ overlay: { ...shell.value.overlay, ...state } });
      keys.follow(state.visible ? (overlay()?.nativeWindow ?? null) : null);
    },
  });
}

export interface HotkeysDeps {
  readonly paths: Paths;
  readonly shell: StateSource<ShellState>;
  readonly settings: KeptSettings;
  readonly calls: Calls;
  readonly keys: PassedKeys;
}

/** The hotkey that calls Beckon, not taken yet. */
export function createHotkeys({ paths, shell, settings, calls, keys }: HotkeysDeps): Hotkeys {
  return new Hotkeys(
    keys,
    () => calls.byHotkey(),
    (state) => shell.update({ hotkey: withProof(state, settings.value, isWayland()) }),
    isWayland() ? `${paths.command} toggle` : null,
  );
}

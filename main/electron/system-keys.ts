import { app, globalShortcut } from 'electron';
import type { KeyOutcome } from '../../contract/keys.ts';
import type { HotkeyPort } from '../hotkey/hotkeys.ts';
import { startKeyProcess } from '../hotkey/key-process.ts';
import { PassedKeys } from '../hotkey/passed-keys.ts';
import type { Overlay } from '../windows/overlay.ts';

/** The system's global hotkeys, by Electron. */
const electronKeys: HotkeyPort = {
  register: (accelerator, onPressed) => globalShortcut.register(accelerator, onPressed),
  unregister: (accelerator) => globalShortcut.unregister(accelerator),
};

export interface SystemKeysParts {
  readonly node: string;
  readonly entry: string;
  readonly overlay: () => Overlay | null;
}

/**
 * The system's global hotkeys; on X11, once started, held by a process that keeps what is typed after them for the overlay
 * (docs/decisions/0019).
 */
export function createSystemKeys({ node, entry, overlay }: SystemKeysParts): PassedKeys {
  return new PassedKeys({
    own: electronKeys,
    start: (onPressed, onEnd) =>
      startKeyProcess({
        node,
        entry,
        env: process.env,
        onPressed: (accelerator) => {
          onPressed(accelerator);
          return outcomeOf(overlay());
        },
        onDesktopClicked: () => overlay()?.leftByClick(),
        onCompositor: (isRunning) => overlay()?.compositorChanged(isRunning),
        onEnd,
      }),
  });
}

/** Whether this process is an X11 client of an X11 session. */
export function isX11(): boolean {
  return process.platform === 'linux' && !isWayland() && !process.env['WAYLAND_DISPLAY'];
}

function outcomeOf(overlay: Overlay | null): KeyOutcome {
  return { overlay: overlay?.nativeWindow ?? null, visible: overlay?.visible ?? false };
}

/** Whether this process is a Wayland client itself; under XWayland keys can be taken from X11 applications at least. */
export function isWayland(): boolean {
  const platform =
    app.commandLine.getSwitchValue('ozone-platform') || app.commandLine.getSwitchValue('ozone-platform-hint');
  return platform === 'wayland' || (platform === 'auto' && Boolean(process.env['WAYLAND_DISPLAY']));
}

import { app, globalShortcut } from 'electron';
import type { HotkeyPort } from '../hotkey/hotkeys.ts';

/** The system's global hotkeys, by Electron. */
export const hotkeyPort: HotkeyPort = {
  register: (accelerator, onPressed) => globalShortcut.register(accelerator, onPressed),
  unregister: (accelerator) => globalShortcut.unregister(accelerator),
};

/** Whether this process is a Wayland client itself; under XWayland keys can be taken from X11 applications at least. */
export function isWayland(): boolean {
  const platform =
    app.commandLine.getSwitchValue('ozone-platform') || app.commandLine.getSwitchValue('ozone-platform-hint');
  return platform === 'wayland' || (platform === 'auto' && Boolean(process.env['WAYLAND_DISPLAY']));
}

import process from 'node:process';
import { desktopContract } from '../contract/desktop.ts';
import { createProcessChannel } from '../wire/process-channel.ts';
import { serve } from '../wire/server.ts';
import { createNoDesktop } from './none/none.ts';
import type { DesktopPort } from './ports.ts';
import { WaylandDesktop } from './wayland/wayland-desktop.ts';
import { X11Desktop } from './x11/x11-desktop.ts';

function createDesktop(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): DesktopPort {
  if (platform === 'darwin' || platform === 'win32') return createNoDesktop(platform);
  const shellProcessId = Number(env['BECKON_SHELL_PID']) || null;
  if (env['WAYLAND_DISPLAY']) return new WaylandDesktop(env, shellProcessId);
  if (!env['DISPLAY']) return createNoDesktop('none');
  return new X11Desktop(shellProcessId);
}

const desktop = createDesktop(process.platform, process.env);
serve(createProcessChannel(process), desktopContract, {
  requests: {
    'window.active': () => desktop.activeWindow(),
    'pointer.pressed': () => desktop.pointerPressed(),
    'selection.capture': () => desktop.captureSelection(),
    'clipboard.describe': () => desktop.describeClipboard(),
    'clipboard.readText': () => desktop.readClipboardText(),
    'selection.putBack': ({ targetId, text, mode }) => desktop.putBack(targetId, text, mode),
    'selection.undo': ({ targetId }) => desktop.undoPutBack(targetId),
    'desktop.selfTest': () => desktop.selfTest(),
    'desktop.describe': () => desktop.describe(),
  },
  streams: {},
  states: {},
});
process.on('disconnect', () => process.exit(0));

import process from 'node:process';
import { desktopContract } from '../../contract/desktop.ts';
import { noWholeClipboard } from '../../desktop/no-whole-clipboard.ts';
import { SelectionHookDesktop } from '../../desktop/selection-hook/selection-hook-desktop.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { serve } from '../../wire/server.ts';
import { fakeApplications, fakeSelectionHook } from './selection-hook.ts';

// A desktop process whose library never comes back from its first reading, as when an application hangs.
const world = { ...fakeApplications(), breaks: 'hangs' as const };
const desktop = new SelectionHookDesktop({ system: 'win32', load: async () => fakeSelectionHook(world) });
serve(createProcessChannel(process), desktopContract, {
  requests: {
    'window.active': () => desktop.activeWindow(),
    'pointer.pressed': () => desktop.pointerPressed(),
    'selection.capture': () => desktop.captureSelection(),
    'clipboard.describe': () => desktop.describeClipboard(),
    'clipboard.readText': () => desktop.readClipboardText(),
    'clipboard.writeText': () => desktop.writeClipboardText(),
    'clipboard.save': () => noWholeClipboard.saveClipboard(),
    'clipboard.offer': () => noWholeClipboard.offerClipboard([]),
    'selection.putBack': ({ targetId, text, mode, rich }) => desktop.putBack(targetId, text, mode, rich),
    'selection.undo': ({ targetId }) => desktop.undoPutBack(targetId),
    'desktop.selfTest': () => desktop.selfTest(),
    'accessibility.isOn': () => desktop.accessibilityOn(),
    'accessibility.turn': () => desktop.turnAccessibility(),
    'desktop.describe': () => desktop.describe(),
  },
  streams: { 'clipboard.watch': () => noWholeClipboard.watchClipboard(new AbortController().signal) },
  states: {},
});
process.on('disconnect', () => process.exit(0));

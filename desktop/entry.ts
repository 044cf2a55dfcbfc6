import process from 'node:process';
import { desktopContract } from '../contract/desktop.ts';
import { collectWhenQuiet } from '../process/collect-when-quiet.ts';
import { createProcessChannel } from '../wire/process-channel.ts';
import { serve } from '../wire/server.ts';
import { createDesktop } from './create-desktop.ts';

const desktop = createDesktop(process.platform, process.env);
const channel = createProcessChannel(process);
collectWhenQuiet(channel);
serve(channel, desktopContract, {
  requests: {
    'window.active': () => desktop.activeWindow(),
    'pointer.pressed': () => desktop.pointerPressed(),
    'selection.capture': ({ agreed }) => desktop.captureSelection(agreed),
    'clipboard.describe': () => desktop.describeClipboard(),
    'clipboard.readText': () => desktop.readClipboardText(),
    'clipboard.writeText': ({ text, html }) => desktop.writeClipboardText(text, html),
    'clipboard.save': () => desktop.saveClipboard(),
    'clipboard.offer': ({ formats }) => desktop.offerClipboard(formats),
    'selection.putBack': ({ targetId, text, mode, rich, agreed }) =>
      desktop.putBack(targetId, text, mode, rich, agreed),
    'selection.undo': ({ targetId }) => desktop.undoPutBack(targetId),
    'desktop.selfTest': () => desktop.selfTest(),
    'accessibility.isOn': () => desktop.accessibilityOn(),
    'accessibility.turn': ({ on }) => desktop.turnAccessibility(on),
    'desktop.describe': () => desktop.describe(),
  },
  streams: { 'clipboard.watch': (_none, signal) => desktop.watchClipboard(signal) },
  states: {},
});
// Core is gone. Whatever this process has in the clipboard would go with it, so it stays until somebody else has copied.
process.on('disconnect', () => void desktop.leave().finally(() => process.exit(0)));

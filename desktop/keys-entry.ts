import process from 'node:process';
import { keyPressContract, keysContract } from '../contract/keys.ts';
import { collectWhenQuiet } from '../process/collect-when-quiet.ts';
import { closeInherited } from '../process/inherited-files.ts';
import { WireClient } from '../wire/client.ts';
import { createProcessChannel } from '../wire/process-channel.ts';
import { serve } from '../wire/server.ts';
import { CompositorWatch } from './x11/compositor-watch.ts';
import { DesktopClicks } from './x11/desktop-clicks.ts';
import { HeldKeys } from './x11/held-keys.ts';
import { PersonInput } from './x11/person-input.ts';
import { RawInput } from './x11/raw-input.ts';
import { ShadowRoomOfWindow } from './x11/shadow-room.ts';
import { skipTaskbar } from './x11/skip-taskbar.ts';
import { X11Connection } from './x11/x11-connection.ts';

// Holds the global keys on X11, sees clicks on the bare desktop and whether a compositor runs, and does nothing else, so that it
// is there at once. Whatever happens to it, the display lets go of the keyboard.
closeInherited();
const x = new X11Connection();
const channel = createProcessChannel(process);
collectWhenQuiet(channel);
const main = new WireClient(channel, keyPressContract);
const input = new RawInput(x);
const keys = new HeldKeys(x, input, (accelerator) => {
  // The overlay comes for most keys, and may be clicked beside as soon as it is seen: before main has said that it is there.
  void clicks.watch(true).catch(() => {});
  return main.call('key.pressed', { accelerator });
});
const person = new PersonInput();
const rooms = new ShadowRoomOfWindow(x);
const clicks = new DesktopClicks(
  x,
  input,
  () => rooms.hasPointer(),
  () => void main.request('desktop.clicked', {}),
);
const compositor = new CompositorWatch(x, (isRunning) => void main.request('compositor.changed', { isRunning }));
serve(channel, keysContract, {
  requests: {
    'key.hold': ({ accelerator }) => keys.hold(accelerator),
    'key.letGo': async ({ accelerator }) => {
      await keys.letGo(accelerator);
      return null;
    },
    'overlay.follow': async ({ overlay }) => {
      try {
        // First: a click that came before it would be nobody's, and the window would stay.
        await clicks.watch(overlay !== null);
      } finally {
        if (overlay !== null) await skipTaskbar(x, overlay);
      }
      return null;
    },
    'person.watch': async () => {
      await person.begin();
      return null;
    },
    'person.wentOn': () => person.end(),
    'window.giveRoom': ({ window, room }) => rooms.give(window, room),
  },
  streams: {},
  states: {},
});
// A display that cannot tell of these is one without: keys are what this process is for.
void keys.start().catch(() => {});
void compositor.start().catch(() => {});
void x.closed.then(() => process.exit(0));
process.on('disconnect', () => process.exit(0));

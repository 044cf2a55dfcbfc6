import process from 'node:process';
import { keyPressContract, keysContract } from '../contract/keys.ts';
import { closeInherited } from '../process/inherited-files.ts';
import { WireClient } from '../wire/client.ts';
import { createProcessChannel } from '../wire/process-channel.ts';
import { serve } from '../wire/server.ts';
import { DesktopClicks } from './x11/desktop-clicks.ts';
import { HeldKeys } from './x11/held-keys.ts';
import { skipTaskbar } from './x11/skip-taskbar.ts';
import { X11Connection } from './x11/x11-connection.ts';

// Holds the global keys on X11, sees clicks on the bare desktop, and does nothing else, so that it is there at once. Whatever
// happens to it, the display lets go of the keyboard.
closeInherited();
const x = new X11Connection();
const channel = createProcessChannel(process);
const main = new WireClient(channel, keyPressContract);
const keys = new HeldKeys(x, (accelerator) => main.call('key.pressed', { accelerator }));
const clicks = new DesktopClicks(x, () => void main.request('desktop.clicked', {}));
serve(channel, keysContract, {
  requests: {
    'key.hold': ({ accelerator }) => keys.hold(accelerator),
    'key.letGo': async ({ accelerator }) => {
      await keys.letGo(accelerator);
      return null;
    },
    'overlay.follow': async ({ overlay }) => {
      if (overlay !== null) await skipTaskbar(x, overlay);
      await clicks.watch(overlay !== null);
      return null;
    },
  },
  streams: {},
  states: {},
});
void x.closed.then(() => process.exit(0));
process.on('disconnect', () => process.exit(0));

import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type KeyOutcome, keyPressContract, keysContract } from '../../contract/keys.ts';
import { WireClient } from '../../wire/client.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { serve } from '../../wire/server.ts';
import { nodeEntry, nodeExecutable } from '../support/beckon-app.ts';
import { type DesktopOptions, describeOnDesktop } from '../support/on-desktop.ts';
import { endProgram, isAlive, sleep, waitFor } from '../support/processes.ts';
import { Typist } from '../support/typist.ts';

const accelerator = 'Control+Shift+Space';
const letters = 'abcdefghij';

/** The real process that holds keys, with this test in the place of main and terminals in the place of windows. */
let typist: Typist;
let below: string;
let overlay: { readonly window: number; readonly typed: string };
const options: DesktopOptions = {
  stage: async (display, ends) => {
    ({ typed: below } = await display.openTerminal('below'));
    const { typed } = await display.openTerminal('overlay');
    overlay = { window: Number(display.xdotool('getwindowfocus')), typed };
    typist = ends.adopt(await Typist.start(display.env['DISPLAY']), (one) => one.stop());
  },
};

describeOnDesktop('keys that are pressed after a global one', options, ({ display, keep }) => {
  let holder: ChildProcess;
  let client: WireClient<typeof keysContract>;
  let presses: number;
  let clicks: number;
  let onPressed: () => KeyOutcome | Promise<KeyOutcome>;

  beforeEach(async () => {
    presses = 0;
    clicks = 0;
    onPressed = () => ({ overlay: overlay.window, visible: true });
    await startHolder();
    await focus('below');
  });

  afterEach(async () => {
    await endProgram(holder);
    display.letGo();
    for (const title of ['below', 'overlay']) {
      await focus(title);
      display.press('Return');
    }
  });

  async function startHolder(): Promise<void> {
    holder = spawn(nodeExecutable, [nodeEntry('keys')], {
      env: display.env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const channel = createProcessChannel(holder);
    client = new WireClient(channel, keysContract);
    serve(channel, keyPressContract, {
      requests: {
        'key.pressed': () => {
          presses += 1;
          return onPressed();
        },
        'desktop.clicked': () => {
          clicks += 1;
          return null;
        },
        'compositor.changed': () => null,
      },
      streams: {},
      states: {},
    });
    expect(await client.call('key.hold', { accelerator })).toBe(true);
  }

  async function focus(title: string): Promise<void> {
    display.xdotool('search', '--name', `^${title}$`, 'windowactivate');
    await waitFor(`${title} has the keyboard`, () => display.focusedTitle() === title);
  }

  /** What was typed into a window since its last line ended; a terminal hands on whole lines. */
  async function typedInto(title: string, file: string): Promise<string> {
    const before = readFileSync(file, 'utf8').length;
    await focus(title);
    display.press('Return');
    await waitFor('the line is there', () => readFileSync(file, 'utf8').length > before);
    return readFileSync(file, 'utf8').slice(before).replaceAll('\n', '');
  }

  /** Brings the window forward that much later, as a slow machine would. */
  const comesAfter = (ms: number) => {
    onPressed = () => {
      setTimeout(() => display.xdotool('search', '--name', '^overlay$', 'windowactivate'), ms);
      return { overlay: overlay.window, visible: true };
    };
  };

  it.each([0, 60, 150])('wait for the window that is called, also one that takes %s ms', async (ms) => {
    comesAfter(ms);
    await typist.callAndType(letters);
    expect(await typedInto('overlay', overlay.typed)).toBe(letters);
    expect(await typedInto('below', below)).toBe('');
  });

  it('are not lost when no window comes: after 300 ms at most they go where the keyboard is', async () => {
    const since = performance.now();
    await typist.callAndType(letters);
    // The time that the case is about.
    await sleep(Math.max(0, since + 450 - performance.now()));
    expect(await typedInto('below', below)).toBe(letters);
  });

  it('are not lost when the process that holds them is killed meanwhile', async () => {
    onPressed = () => {
      holder.kill('SIGKILL');
      return new Promise(() => {});
    };
    await typist.callAndType(letters);
    await waitFor('it is gone', () => !isAlive(holder.pid ?? 0));
    expect(await typedInto('below', below)).toBe(letters);
  });

  it('are not lost when main is gone', async () => {
    onPressed = () => {
      throw new Error('main is gone');
    };
    await typist.callAndType(letters);
    expect(await typedInto('below', below)).toBe(letters);
  });

  it('wait for the window below when the key hides', async () => {
    await focus('overlay');
    onPressed = () => {
      setTimeout(() => display.xdotool('search', '--name', '^below$', 'windowactivate'), 80);
      return { overlay: overlay.window, visible: false };
    };
    await typist.callAndType(letters);
    expect(await typedInto('below', below)).toBe(letters);
    expect(await typedInto('overlay', overlay.typed)).toBe('');
  });

  it('may be the same one again, which counts', async () => {
    comesAfter(60);
    await typist.callAndType('', {});
    await typist.callAndType('', { firstMs: 0 });
    await waitFor('both were told', () => presses === 2);
  });

  // Held down, the key showed and hid the window some thirty times a second.
  it('may be the same one held down, which counts once', async () => {
    comesAfter(0);
    await typist.callAndType(letters, { heldMs: 1500 });
    expect(await typedInto('overlay', overlay.typed)).toBe(letters);
    expect(presses).toBe(1);
  });

  // In fluxbox the space between two words was lost at the first call, which is the slowest: by its time it was taken for a
  // repeat of the hotkey's own, whose release the display had kept back until then.
  it.each([0, 230])('may hold the key itself among them, a while after it: where main takes %s ms', async (ms) => {
    await focus('overlay');
    onPressed = async () => {
      // The time that the case is about: the keyboard stands still, and the display keeps the release and what follows.
      await sleep(ms);
      return { overlay: overlay.window, visible: true };
    };
    await typist.callAndType('ab cd', { firstMs: 20, gapsMs: [90] });
    expect(await typedInto('overlay', overlay.typed)).toBe('ab cd');
    expect(presses).toBe(1);
  });

  // A person who let the modifiers go first typed spaces into the overlay, or into the document below when it had hidden.
  it.each([
    ['its modifiers up', 'space', true],
    ['one of its modifiers still down', 'Control', true],
    ['its modifiers up, while it hides', 'space', false],
  ] as const)(
    'begin with what is left of that one, which types nothing: held down with %s',
    async (_, lastUp, visible) => {
      if (visible) comesAfter(0);
      else onPressed = () => ({ overlay: overlay.window, visible });
      await typist.callAndType(letters, { heldMs: 1500, lastUp });
      const typed = visible ? await typedInto('overlay', overlay.typed) : await typedInto('below', below);
      expect(typed).toBe(letters);
      expect(presses).toBe(1);
      // Once it is up it types again, with whatever modifier.
      await focus('below');
      display.press('a', 'space', 'shift+space', 'b');
      expect(await typedInto('below', below)).toBe('a  b');
    },
  );

  it('are typed while it is still held down', async () => {
    comesAfter(0);
    const held = typist.callAndType('', { heldMs: 1800, lastUp: 'space' });
    await waitFor('the window has the keyboard', () => display.focusedTitle() === 'overlay');
    // The time that the case is about: the key repeats by then.
    await sleep(1000);
    display.press('x', 'y');
    await held;
    expect(await typedInto('overlay', overlay.typed)).toBe('xy');
  });

  // A click on the bare desktop left the overlay standing: no window loses the keyboard by it.
  it('are not the only thing that is told: so are clicks where no window is, while they are watched', async () => {
    const click = (x: number, y: number, button = 1) =>
      display.xdotool('mousemove', String(x), String(y), 'click', String(button));
    // What the display told before is answered by then.
    const settled = () => client.call('key.hold', { accelerator: 'Control+F9' });
    click(1270, 790);
    await client.call('overlay.follow', { overlay: overlay.window });
    display.xdotool('mousemove', '--window', String(overlay.window), '20', '20', 'click', '1');
    await settled();
    click(1270, 790, 4);
    await settled();
    expect(clicks).toBe(0);
    click(1270, 790);
    await waitFor('it is told', () => clicks > 0);
    await client.call('overlay.follow', { overlay: null });
    await settled();
    click(1270, 790);
    await settled();
    expect(clicks).toBe(1);
  });

  it('are nobody else’s once the key is let go of, and another process can have it', async () => {
    const first = holder;
    await client.call('key.letGo', { accelerator });
    await startHolder();
    await endProgram(first);
  });

  it('belong to the program that has the key already', async () => {
    const other = spawn(nodeExecutable, [nodeEntry('keys')], {
      env: display.env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    keep(other);
    const otherClient = new WireClient(createProcessChannel(other), keysContract);
    expect(await otherClient.call('key.hold', { accelerator })).toBe(false);
    expect(await otherClient.call('key.hold', { accelerator: 'Control+Plus' })).toBe(false);
    await endProgram(other);
  });
});

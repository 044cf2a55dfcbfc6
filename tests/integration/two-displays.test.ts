import { afterEach, expect, it } from 'vitest';
import { X11Connection } from '../../desktop/x11/x11-connection.ts';
import { TestDisplay } from '../support/display.ts';
import { run } from '../support/processes.ts';

const displays: TestDisplay[] = [];
afterEach(async () => {
  for (const display of displays.splice(0)) await display.stop();
});

// Numbers of the first display were taken for those of the next one, where nobody answered to them.
it('names have the numbers of their own display, though a process has connections to two', async () => {
  const [one, other] = [await TestDisplay.start(), await TestDisplay.start()];
  displays.push(one, other);
  const first = new X11Connection(one.env['DISPLAY']);
  for (const name of ['BECKON_A', 'BECKON_B', 'BECKON_C']) await first.atom(name);
  const second = new X11Connection(other.env['DISPLAY']);
  for (const name of ['BECKON_D', 'BECKON_C', 'BECKON_B']) {
    const number = await second.atom(name);
    expect(run('xlsatoms', ['-name', name], other.env).trim()).toBe(`${number}\t${name}`);
  }
  first.dispose();
  second.dispose();
});

import { existsSync } from 'node:fs';
import { setTimeout as pass } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { beginCase } from '../support/cases.ts';
import type { TestDisplay } from '../support/display.ts';
import { Desk } from '../support/on-desktop.ts';
import { isAlive, sleep } from '../support/processes.ts';

describe('what cases stand on', () => {
  let desk: Desk;

  afterEach(() => desk?.stop());

  it('goes again from its last part to its first when a part of it does not start', async () => {
    const gone: string[] = [];
    let folder = '';
    desk = new Desk({
      stage: async (display, ends) => {
        folder = display.folder;
        ends.defer(() => void gone.push('first'));
        ends.defer(() => void gone.push('second'));
        throw new Error('there is no third');
      },
    });
    await expect(desk.begin()).rejects.toThrow('there is no third');
    expect(gone).toEqual(['second', 'first']);
    expect(existsSync(folder)).toBe(false);
  });

  it('is the same for the next case after one that passed, and another one after one that failed', async () => {
    const displays: TestDisplay[] = [];
    desk = new Desk({ stage: async (display) => void displays.push(display) });
    await desk.begin();
    await desk.end(false);
    await desk.begin();
    expect(displays).toHaveLength(1);
    await desk.end(true);
    expect(existsSync(displays[0]?.folder ?? '')).toBe(false);
    await desk.begin();
    expect(displays).toHaveLength(2);
  });

  it('is rid of all that a case kept, also when one part of it cannot be ended, and then that case fails', async () => {
    desk = new Desk({});
    await desk.begin();
    const child = desk.keep(desk.display.start('xclip', ['-quiet', '-i', desk.write('held', 'Held.')]));
    desk.after(() => {
      throw new Error('it does not go');
    });
    await expect(desk.end(false)).rejects.toThrow('it does not go');
    expect(isAlive(child.pid ?? 0)).toBe(false);
  });

  // One that took longer than its limit went on pressing keys in the next three.
  it('is not touched any more by a case that was given up', async () => {
    let wentOn = false;
    void sleep(1).then(() => {
      wentOn = true;
    });
    beginCase();
    await pass(50);
    expect(wentOn).toBe(false);
  });
});

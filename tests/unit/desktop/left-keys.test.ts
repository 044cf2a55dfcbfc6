import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { InterruptedKeys, type PressedKeys } from '../../../desktop/x11/interrupted-keys.ts';
import { restoreSelection } from '../../../desktop/x11/paste/restore-selection.ts';

const folder = mkdtempSync(join(tmpdir(), 'beckon-left-keys-'));
const env = { XDG_RUNTIME_DIR: folder, DISPLAY: ':7' };
const pressed: PressedKeys = { window: 5, text: 'The tide.', back: 'Right', ends: [] };
const never = new Promise<never>(() => {});

beforeEach(() => mkdirSync(folder, { recursive: true, mode: 0o700 }));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A process that dies in the middle of its keys: its note stays. */
function leave(): void {
  const { pid } = spawnSync('true');
  void new InterruptedKeys(env, pid).during(pressed, () => never);
}

it('a way back that the next process died before it could go is still there for the one after it, and gone with it', async () => {
  leave();
  // The second one got no further than this.
  expect(await new InterruptedKeys(env).left()).toMatchObject(pressed);
  const keys: string[] = [];
  let offered = 'The tide';
  await restoreSelection({
    x: { sameClient: async () => true },
    keys: {
      press: async (_, key, modifier) => {
        keys.push(`${modifier} ${key}`);
        offered = pressed.text;
      },
    },
    primary: {
      read: async () => ({ text: offered, owner: 9 }) as never,
      follows: async (holds) => (holds(offered) ? offered : null),
      noteOwn: async () => {},
    },
    interrupted: new InterruptedKeys(env),
  });
  expect(keys).toEqual(['Shift Right']);
  expect(await new InterruptedKeys(env).left()).toBeNull();
  expect(readdirSync(folder)).toEqual([]);
});

it('a way back that cannot be gone is given up', async () => {
  leave();
  const refused = restoreSelection({
    x: { sameClient: async () => true },
    keys: { press: () => Promise.reject(new Error('another window has the focus')) },
    primary: {
      read: async () => ({ text: 'The tide', owner: 9 }) as never,
      follows: async () => null,
      noteOwn: async () => {},
    },
    interrupted: new InterruptedKeys(env),
  });
  await expect(refused).rejects.toThrow('focus');
  expect(readdirSync(folder)).toEqual([]);
});

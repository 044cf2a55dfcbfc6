import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LockedKeys } from '../../../core/locked-keys/locked-keys.ts';
import { withLockedKeys } from '../../../core/locked-keys/with-locked-keys.ts';
import type { Host } from '../../../core/ports.ts';

const passphrase = 'maple orbit lantern ﬁfty';
const secret = 'sk-canary-0123456789abcdef';
let folder: string;
const path = () => join(folder, 'locked-keys.json');
const file = () => JSON.parse(readFileSync(path(), 'utf8')) as Record<string, never>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'beckon-locked-keys-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function made(): Promise<LockedKeys> {
  const keys = new LockedKeys(folder);
  await keys.make(passphrase);
  keys.keep('server:s-1', secret);
  return keys;
}

describe('keys under a passphrase', () => {
  it('open to it alone, however its letters were typed, and after a start not before it', async () => {
    const first = await made();
    expect({ status: first.state.value.status, read: first.read('server:s-1') }).toEqual({
      status: 'open',
      read: secret,
    });
    const again = new LockedKeys(folder);
    expect(again.state.value.status).toBe('locked');
    expect(() => again.read('server:s-1')).toThrow(expect.objectContaining({ code: 'key-store/unavailable' }));
    expect(() => again.keep('server:s-2', 'x')).toThrow(expect.objectContaining({ code: 'key-store/unavailable' }));
    for (const wrong of ['maple orbit lantern', `${passphrase} `, passphrase.toUpperCase()])
      await expect(again.open(wrong)).rejects.toMatchObject({ code: 'key-store/wrong-passphrase' });
    expect(again.isOpen).toBe(false);
    // The ligature, as two letters.
    await again.open(passphrase.replace('ﬁ', 'fi'));
    expect(again.read('server:s-1')).toBe(secret);
    expect(again.read('server:s-9')).toBeNull();
  });

  it('are in no file in the clear, which nobody else may read, and the same key is never sealed alike', async () => {
    const keys = await made();
    keys.keep('server:s-2', secret);
    const text = readFileSync(path(), 'utf8');
    for (const word of [
      secret,
      passphrase,
      Buffer.from(secret).toString('base64'),
      Buffer.from(passphrase).toString('base64'),
    ])
      expect(text).not.toContain(word);
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    const { keys: sealed } = file() as unknown as { keys: Record<string, { iv: string; text: string }> };
    expect(sealed['server:s-1']?.iv).not.toBe(sealed['server:s-2']?.iv);
    expect(sealed['server:s-1']?.text).not.toBe(sealed['server:s-2']?.text);
  });

  it('do not open where a byte was changed, cut off, or moved to another name', async () => {
    const keys = await made();
    const whole = file() as unknown as { keys: Record<string, { iv: string; text: string }> };
    const sealed = whole.keys['server:s-1'] as { iv: string; text: string };
    const body = Buffer.from(sealed.text, 'base64');
    const changed = [...body.keys()].map((at) => {
      const other = Buffer.from(body);
      other[at] = (other[at] ?? 0) ^ 1;
      return other.toString('base64');
    });
    const written = (name: string, text: string) =>
      writeFileSync(path(), JSON.stringify({ ...whole, keys: { [name]: { ...sealed, text } } }));
    for (const text of [
      ...changed,
      '',
      body.subarray(0, -1).toString('base64'),
      body.subarray(0, 12).toString('base64'),
    ]) {
      written('server:s-1', text);
      expect(() => keys.read('server:s-1'), text).toThrow(expect.objectContaining({ code: 'key-store/unavailable' }));
    }
    written('server:s-2', sealed.text);
    expect(() => keys.read('server:s-2')).toThrow(expect.objectContaining({ code: 'key-store/unavailable' }));
  });

  it('say that their file is damaged, and ask it for no memory that it names', async () => {
    const keys = await made();
    const whole = file();
    const { scrypt } = whole as unknown as { scrypt: object };
    for (const text of [
      '',
      '{',
      '[]',
      JSON.stringify({ ...whole, version: 2 }),
      JSON.stringify({ ...whole, scrypt: { ...scrypt, cost: 2 ** 30 } }),
    ]) {
      writeFileSync(path(), text);
      await expect(keys.open(passphrase)).rejects.toMatchObject({ code: 'key-store/damaged' });
    }
  });

  it('take no short passphrase and no second one, and are thrown away with it', async () => {
    const keys = new LockedKeys(folder);
    await expect(keys.make('otterlamp')).rejects.toMatchObject({ code: 'key-store/passphrase-short' });
    expect(keys.state.value.status).toBe('none');
    const [one, other] = await Promise.allSettled([keys.make(passphrase), keys.make('another long one')]);
    expect([one.status, other.status]).toEqual(['fulfilled', 'rejected']);
    keys.keep('server:s-1', secret);
    await keys.forgetAll();
    expect({ status: keys.state.value.status, read: keys.read('server:s-1') }).toEqual({ status: 'none', read: null });
  });
});

describe('a passphrase that was thrown away', () => {
  it('comes back with its keys until another one is made, and leaves nothing on the disk meanwhile', async () => {
    const keys = await made();
    const before = readFileSync(path(), 'utf8');
    await keys.forgetAll();
    expect({ files: readdirSync(folder), read: keys.read('server:s-1'), isOpen: keys.isOpen }).toEqual({
      ...{ files: [], read: null, isOpen: false },
    });
    await keys.takeBack();
    // It is as locked as after a start: whoever took it back has to know it.
    expect(keys.state.value.status).toBe('locked');
    expect(() => keys.read('server:s-1')).toThrow(expect.objectContaining({ code: 'key-store/unavailable' }));
    expect({ text: readFileSync(path(), 'utf8'), mode: statSync(path()).mode & 0o777 }).toEqual({
      ...{ text: before, mode: 0o600 },
    });
    await keys.open(passphrase);
    expect(keys.read('server:s-1')).toBe(secret);
    await keys.forgetAll();
    await keys.make('another long one');
    await expect(keys.takeBack()).rejects.toMatchObject({ code: 'key-store/passphrase-set' });
    await keys.forgetAll();
    await new LockedKeys(folder).takeBack();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('comes back as it was where its file is none of ours, and is nothing where nothing was thrown away', async () => {
    writeFileSync(path(), 'no file of keys');
    const keys = new LockedKeys(folder);
    await keys.forgetAll();
    await keys.takeBack();
    expect(readFileSync(path(), 'utf8')).toBe('no file of keys');
    rmSync(path());
    await keys.takeBack();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a host with a passphrase', () => {
  const kept = new Map<string, string>();
  const host = (how: 'key-store' | 'until-quit' | 'environment') =>
    ({
      keepSecret: async (name: string, value: string) => {
        kept.set(name, value);
        return how;
      },
      readSecret: async (name: string) => kept.get(name) ?? null,
      forgetSecret: async (name: string) => void kept.delete(name),
    }) as unknown as Host;

  it('keeps under it what would be gone when Beckon quits, and nothing else', async () => {
    const keys = await made();
    expect(await withLockedKeys(host('until-quit'), keys).keepSecret('server:s-3', 'sk-3')).toBe('passphrase');
    expect({ inHost: kept.has('server:s-3'), read: keys.read('server:s-3') }).toEqual({ inHost: false, read: 'sk-3' });
    for (const how of ['key-store', 'environment'] as const) {
      expect(await withLockedKeys(host(how), keys).keepSecret('server:s-3', 'sk-4')).toBe(how);
      // What was there before is a former key.
      expect(keys.read('server:s-3')).toBeNull();
      keys.keep('server:s-3', 'sk-3');
    }
    const locked = new LockedKeys(folder);
    expect(await withLockedKeys(host('until-quit'), locked).keepSecret('server:s-3', 'sk-5')).toBe('until-quit');
    expect(await withLockedKeys(host('until-quit'), locked).readSecret('server:s-3')).toBe('sk-5');
    await expect(withLockedKeys(host('until-quit'), locked).readSecret('server:s-1')).rejects.toMatchObject({
      detail: { values: { context: 'passphrase' } },
    });
    await withLockedKeys(host('until-quit'), locked).forgetSecret('server:s-1');
    expect(await withLockedKeys(host('until-quit'), locked).readSecret('server:s-1')).toBeNull();
  });
});

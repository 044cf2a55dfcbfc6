import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { root as checkout } from '../../arch/source-files.ts';

interface Scripts {
  readonly toAscii: (code: string) => string;
  readonly inFewerBytes: (code: string) => string;
}

/** The scripts are plain JavaScript, which has no types to import. */
async function load(): Promise<Scripts> {
  return await import(pathToFileURL(join(checkout, 'scripts', 'build', 'ascii.mjs')).href);
}

describe('code that is written in ASCII to take one byte a character', () => {
  it.each([
    ['strings and templates', '["招之", `“招”…`, \'é😀\\n\']'],
    ['a character that was escaped already, and one behind a backslash of its own', '["\\招", "\\\\招", "\\\\\\招"]'],
    [
      'patterns, their ranges and their signs of two halves',
      '[/[一-龥]+/.exec("a招之b")[0], /[😀-😂]/u.test("😁"), /^.$/u.test("😀")]',
    ],
    ['a pattern that escapes what it need not', '[/\\–/.test("–"), /[\\—]/.test("—")]'],
    ['names', '(() => { const 名 = 3; const o = { 值: 名 }; return [o.值, o["值"], Object.keys(o)]; })()'],
    // Everything that draws formulas was a script that no page could read.
    ['names of letters of two halves', 'Object.entries({𝒜:`A`,b𝒞:`C`,ℬ:`B`, "𝒟": "D" }).concat(["x,𝒜:", "😀:"])'],
  ])('means what it meant: %s', async (_what, code) => {
    const { toAscii } = await load();
    const ascii = toAscii(code);
    expect(ascii).toMatch(/^[\0-\x7f]+$/);
    const [meant, means] = [code, ascii].map((text) => JSON.stringify(runInNewContext(text)));
    expect(means).toBe(meant);
  });

  it('is refused where a raw template would show the escape', async () => {
    const { toAscii } = await load();
    expect(() => toAscii('String.raw`招`')).toThrow('raw template');
    expect(toAscii('String.raw`\\u00e9`')).toBe('String.raw`\\u00e9`');
  });

  it('stays as it is where that is no longer: text that is mostly Chinese, and Latin text', async () => {
    const { inFewerBytes } = await load();
    expect(inFewerBytes('"招之即来"')).toBe('"招之即来"');
    expect(inFewerBytes('"café"')).toBe('"café"');
    expect(inFewerBytes(`/* ${'word '.repeat(20)}*/ "招"`)).toContain('\\u62db');
  });
});

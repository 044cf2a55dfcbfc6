import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LeaseFile } from '../../../desktop/x11/lease-file.ts';

describe('what was in the clipboard', () => {
  let folder: string;
  const formats = [{ target: 'UTF8_STRING', type: 'UTF8_STRING', units: 8, data: 'c2VjcmV0' }] as const;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-lease-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function kept(place: string): Promise<boolean> {
    const file = new LeaseFile({ XDG_RUNTIME_DIR: place, DISPLAY: ':0' }, 'lease');
    const was = await file.keep(formats, null);
    file.dispose();
    return was;
  }

  it('is kept in a folder that is this user’s alone, and in no other: a variable named one that others owned or could read', async () => {
    expect(await kept(folder)).toBe(true);
    rmSync(join(folder, readdirSync(folder)[0] ?? ''));
    for (const mode of [0o755, 0o770, 0o1777]) {
      chmodSync(folder, mode);
      expect({ mode, kept: await kept(folder), names: readdirSync(folder) }).toEqual({ mode, kept: false, names: [] });
    }
    chmodSync(folder, 0o700);
    if (process.geteuid?.() === 0) {
      chownSync(folder, 65534, 65534);
      expect(await kept(folder)).toBe(false);
      chownSync(folder, 0, 0);
    }
    writeFileSync(join(folder, 'file'), '');
    expect(await kept(join(folder, 'file'))).toBe(false);
    expect(await kept(join(folder, 'not-there'))).toBe(false);
    expect(await kept('')).toBe(false);
  });
});

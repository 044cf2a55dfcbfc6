import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { othersWrite } from '../../../core/own-folder.ts';

it('a folder of models that another user can put files into is known as one: its owner was not looked at', () => {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-models-'));
  try {
    expect(othersWrite(folder)).toBe(false);
    expect(othersWrite(join(folder, 'not-there'))).toBe(false);
    for (const [mode, is] of [
      [0o755, false],
      [0o777, true],
      [0o1777, true],
    ] as const) {
      chmodSync(folder, mode);
      expect({ mode, is: othersWrite(folder) }).toEqual({ mode, is });
    }
    chmodSync(folder, 0o755);
    if (process.geteuid?.() === 0) {
      chownSync(folder, 65534, 65534);
      expect(othersWrite(folder)).toBe(true);
      // What root has made is trusted by everybody.
      chownSync(folder, 0, 0);
      expect(othersWrite(folder, 1001)).toBe(false);
      chownSync(folder, 1001, 65534);
      chmodSync(folder, 0o775);
      expect(othersWrite(folder, 1001)).toBe(true);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

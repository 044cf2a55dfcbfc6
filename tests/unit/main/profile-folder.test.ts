import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openProfileFolder } from '../../../main/profile-folder.ts';

describe('the profile folder', () => {
  it('is made where there is a home, and is a named error where there is none or it is a file', () => {
    const home = mkdtempSync(join(tmpdir(), 'beckon-home-'));
    expect(openProfileFolder(join(home, '.config', 'beckon'), home)).toBeNull();
    for (const none of ['', '/', '/nonexistent'])
      expect(openProfileFolder(join(none, '.config', 'beckon'), none)).toMatchObject({ code: 'profile/no-home' });
    // A folder of the person's own choice counts, whatever the home is.
    expect(openProfileFolder(join(home, 'chosen'), '/nonexistent')).toBeNull();
    writeFileSync(join(home, 'file'), '');
    expect(openProfileFolder(join(home, 'file', 'inside'), home)).toMatchObject({ code: 'profile/not-writable' });
    rmSync(home, { recursive: true, force: true });
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Session } from '../../../cli/session.ts';
import { mayStartCore } from '../../../core/profile/owner.ts';

describe('a command that waits for a core', () => {
  let profile: string;

  beforeEach(() => {
    profile = mkdtempSync(join(tmpdir(), 'beckon-starting-'));
  });
  afterEach(() => rmSync(profile, { recursive: true, force: true }));

  it('which another command starts says that it is still starting, not that another Beckon has the profile', async () => {
    const starting = mayStartCore(profile);
    try {
      await expect(Session.open({ BECKON_PROFILE: profile, HOME: profile }, 200)).rejects.toMatchObject({
        code: 'app/still-starting',
      });
    } finally {
      starting?.dispose();
    }
  });
});

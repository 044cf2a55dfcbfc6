import { describe, expect, it } from 'vitest';
import { desktopEntry, startedProgram } from '../../../main/shell/desktop-entry.ts';

const programs = ['/usr/lib/beckon/beckon', '/opt/Beckon app/beckon', '/opt/招之/beckon', '/a"b/$c`d%e\\f/beckon'];

describe('the entry that starts Beckon with a session', () => {
  it('names the program, so that a session passes over it once the package is gone', () => {
    expect(desktopEntry(['/usr/lib/beckon/beckon'])).toContain('\nTryExec=/usr/lib/beckon/beckon\n');
  });

  it('tells which program it starts, whatever signs are in its path', () => {
    for (const program of programs) expect(startedProgram(desktopEntry([program, '--no-sandbox']))).toBe(program);
  });

  it('tells that of an older version without TryExec too, and nothing of what is not ours', () => {
    expect(startedProgram('[Desktop Entry]\nExec="/old/beckon" "/old/app"\n')).toBe('/old/beckon');
    for (const entry of ['', '[Desktop Entry]\nExec=beckon\n', 'Exec="unclosed\n'])
      expect(startedProgram(entry)).toBeNull();
  });
});

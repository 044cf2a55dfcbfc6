import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { DesktopProcess } from '../../../core/desktop/desktop-process.ts';
import { checkout, nodeExecutable } from '../../support/beckon-app.ts';

describe('the process that talks to other applications', () => {
  let desktop: DesktopProcess | null = null;
  afterEach(() => desktop?.dispose());

  function start(entry: string): DesktopProcess {
    const path = join(checkout, 'tests', 'fakes', entry);
    desktop = new DesktopProcess({ node: nodeExecutable, entry: path, shellProcessId: null });
    return desktop;
  }

  // "Nothing was changed" was said, and the answer was put in once more.
  it('may have put back what it was told to when it dies before it answers, and cannot undo it any more', async () => {
    const dying = start('dying-desktop.ts');
    expect(await dying.pointerPressed()).toBe(false);
    const answer = await dying.putBack('t', 'Two.', 'replace');
    expect(answer).toMatchObject({ status: 'failed', cause: { code: 'put-back/unchecked' }, canUndo: false });
  });

  it('has changed nothing when it never ran', async () => {
    const answer = await start('no-such-file.ts').putBack('t', 'Two.', 'replace');
    expect(answer).toMatchObject({ status: 'failed', cause: { code: 'put-back/refused' } });
  });
});

import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { DesktopProcess } from '../../../core/desktop/desktop-process.ts';
import { checkout, nodeExecutable } from '../../support/beckon-app.ts';
import { waitFor } from '../../support/processes.ts';

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

  it.each(['wrong-type', 'missing-field', 'extra-field', 'prototype-key', 'no-error', 'twice', 'unasked'])(
    'is not believed when it answers with %s: it is ended, said in the log, and started anew',
    async (trick) => {
      const said: string[] = [];
      const path = join(checkout, 'tests', 'fakes', 'hostile-desktop.ts');
      process.env['HOSTILE_DESKTOP'] = trick;
      const hostile = new DesktopProcess({
        node: nodeExecutable,
        entry: path,
        shellProcessId: null,
        log: (line) => said.push(line),
      });
      desktop = hostile;
      const first = (await hostile.describeClipboard()) as { readonly value?: unknown };
      expect(first.value).toBeUndefined();
      await waitFor('its trick was said', () => said.length > 0);
      // The next one behaves, since it is told to.
      process.env['HOSTILE_DESKTOP'] = 'none';
      await waitFor('another one answers', async () => (await hostile.pointerPressed()) === false);
      delete process.env['HOSTILE_DESKTOP'];
    },
  );

  it('may have put back what it was told to when its answer cannot be believed', async () => {
    process.env['HOSTILE_DESKTOP'] = 'wrong-put-back';
    const hostile = start('hostile-desktop.ts');
    expect(await hostile.pointerPressed()).toBe(false);
    const answer = await hostile.putBack('t', 'Two.', 'replace');
    expect(answer).toMatchObject({ status: 'failed', cause: { code: 'put-back/unchecked' }, canUndo: false });
    delete process.env['HOSTILE_DESKTOP'];
  });

  it('has changed nothing when it never ran', async () => {
    const answer = await start('no-such-file.ts').putBack('t', 'Two.', 'replace');
    expect(answer).toMatchObject({ status: 'failed', cause: { code: 'put-back/refused' } });
  });
});

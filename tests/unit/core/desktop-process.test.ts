import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { DesktopProcess } from '../../../core/desktop/desktop-process.ts';
import { checkout, nodeExecutable } from '../../support/beckon-app.ts';
import { waitFor } from '../../support/processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'beckon-desktop-'));
const hostileDesktop = join(checkout, 'tests', 'fakes', 'hostile-desktop.ts');

/** The same file for each trick: it is told in its text, since the process gets no variables of this one. */
function hostileEntry(trick: string): string {
  const path = join(folder, 'entry.mjs');
  writeFileSync(path, `process.env.HOSTILE_DESKTOP = '${trick}';\nawait import('${pathToFileURL(hostileDesktop)}');\n`);
  return path;
}

describe('the process that talks to other applications', () => {
  afterAll(() => rmSync(folder, { recursive: true }));

  let desktop: DesktopProcess | null = null;
  afterEach(() => desktop?.dispose());

  function start(entry: string): DesktopProcess {
    const path = resolve(checkout, 'tests', 'fakes', entry);
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
      const path = hostileEntry(trick);
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
      hostileEntry('none');
      await waitFor('another one answers', async () => (await hostile.pointerPressed()) === false);
    },
  );

  it('may have put back what it was told to when its answer cannot be believed', async () => {
    const hostile = start(hostileEntry('wrong-put-back'));
    expect(await hostile.pointerPressed()).toBe(false);
    const answer = await hostile.putBack('t', 'Two.', 'replace');
    expect(answer).toMatchObject({ status: 'failed', cause: { code: 'put-back/unchecked' }, canUndo: false });
  });

  // It was ended for each question that came while it started, so that on a busy machine there never was one.
  it('is not ended for a start that takes longer than a question may, and is not asked later what was given up', async () => {
    const slow = start('slow-desktop.ts');
    expect(await slow.captureSelection()).toMatchObject({ status: 'failed', cause: { code: 'capture/not-answering' } });
    expect(await slow.pointerPressed()).toBe(true);
    expect(await slow.readClipboardText()).toEqual({
      status: 'available',
      value: 'pointer.pressed pointer.pressed clipboard.readText',
    });
  });

  it('has changed nothing when it never ran', async () => {
    const answer = await start('no-such-file.ts').putBack('t', 'Two.', 'replace');
    expect(answer).toMatchObject({ status: 'failed', cause: { code: 'put-back/refused' } });
  });
});

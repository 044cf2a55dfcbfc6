import { spawnSync } from 'node:child_process';
import { beforeEach, expect, it } from 'vitest';
import { clipboardContents } from '../support/clipboard-contents.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { ownClipboard } from '../support/paste-rounds.ts';
import { endProgram, stays, waitFor } from '../support/processes.ts';
import { secretMarkers } from '../support/secret-markers.ts';

describeOnDesktop('a clipboard as a whole', { desktop: true }, ({ display, client, keep, write, after }) => {
  let told = 0;

  beforeEach(() => {
    told = 0;
    const watching = client.open('clipboard.watch', {});
    after(() => watching.close());
    void (async () => {
      for await (const _copied of watching) told += 1;
    })();
  });

  const hold = (target: string, content: string) =>
    keep(display.start('xclip', ['-quiet', '-selection', 'clipboard', '-t', target, '-i', write('held', content)]));
  const readAs = (target: string) =>
    spawnSync('xclip', ['-o', '-selection', 'clipboard', '-t', target], { env: display.env, maxBuffer: 1e8 }).stdout;
  /** Copies until it is told of: the display may not know yet who watches. */
  const toldOf = async (copy: () => Promise<unknown> | unknown) => {
    const before = told;
    await copy();
    await waitFor('it is told of', () => told > before);
  };

  it('is told of when it is copied, saved and copied again with every format byte for byte', async () => {
    const owner = keep(await ownClipboard(display, 7));
    await toldOf(() => hold('UTF8_STRING', 'meanwhile'));
    await endProgram(owner);
    const again = keep(await ownClipboard(display, 8));
    const saved = await client.call('clipboard.save', {});
    if (saved.status !== 'available') throw new Error(`not saved: ${saved.status}`);
    expect(saved.value.map(({ target }) => target).sort()).toEqual(
      clipboardContents(8)
        .map(({ target }) => target)
        .sort(),
    );
    await endProgram(again);
    hold('UTF8_STRING', 'something else');
    await waitFor('something else is copied', () => readAs('UTF8_STRING').toString() === 'something else');
    expect(await client.call('clipboard.offer', { formats: saved.value })).toEqual({
      status: 'available',
      value: null,
    });
    for (const { target, data } of clipboardContents(8)) expect(readAs(target).equals(data), target).toBe(true);
  });

  it.each(secretMarkers)(
    'with the mark %s is not read: only the names of its formats are asked for',
    async (marker) => {
      hold(marker, 'CANARY-secret');
      await waitFor('it is held', async () => (await client.call('clipboard.describe', {})).status === 'available');
      expect(await client.call('clipboard.describe', {})).toMatchObject({ value: { content: 'secret' } });
      const saved = await client.call('clipboard.save', {});
      expect(saved).toMatchObject({ status: 'denied', cause: { code: 'capture/clipboard-secret' } });
      expect(JSON.stringify(saved)).not.toContain('CANARY');
    },
  );

  it('is nothing while nobody has copied anything, and nothing is told then', async () => {
    expect(await client.call('clipboard.save', {})).toEqual({ status: 'nothing', cause: null });
    await stays('nothing is told', 300, () => told === 0);
  });
});

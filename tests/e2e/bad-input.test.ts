import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { questionLimit } from '../../contract/conversation.ts';
import { longestQuestion } from '../../renderer/run/too-long.ts';
import { smallModel } from '../support/beckon-app.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { waitFor } from '../support/processes.ts';

const options = {
  models: [smallModel],
  app: {
    fill: (profile: string) => {
      // Core once did not start with it.
      mkdirSync(join(profile, 'atoms'));
      symlinkSync('loop.json', join(profile, 'atoms', 'loop.json'));
    },
  },
};

describeOnDesktop('what nobody should bring, through the overlay', options, ({ display, app, steps, keep, write }) => {
  async function hold(selection: 'primary' | 'clipboard', target: string, content: string | Buffer): Promise<void> {
    const file = write(`held-${selection}`, content);
    keep(display.start('xclip', ['-quiet', '-selection', selection, '-t', target, '-i', file]));
    await waitFor(`${selection} is held`, () => display.targets(selection).includes(target));
  }

  /** The longest that the page did not come to anything, in milliseconds, from now until it is asked. */
  async function watchPage(): Promise<() => Promise<number>> {
    const every = 10;
    await app.overlay.evaluate((ms) => {
      const seen = { longest: 0, last: performance.now() };
      Object.assign(globalThis, { seen });
      setInterval(() => {
        seen.longest = Math.max(seen.longest, performance.now() - seen.last - ms);
        seen.last = performance.now();
      }, ms);
    }, every);
    return () => app.overlay.evaluate(() => (globalThis as unknown as { seen: { longest: number } }).seen.longest);
  }

  it('a text of 20 MB pasted into the box is not taken, and that is said at once', async () => {
    expect(longestQuestion).toBe(questionLimit);
    await hold('clipboard', 'UTF8_STRING', Buffer.alloc(20_000_000, 'words '));
    await steps.call();
    const longest = await watchPage();
    display.press('ctrl+v');
    await waitFor('it is said', async () => (await steps.text()).includes('too long for one question'));
    expect(await app.overlay.inputValue('.ask-input')).toBe('');
    expect(await longest()).toBeLessThan(1000);
    // Nothing of it is there to be edited: there is no step but the sentence, and the keys still go into the box.
    expect(await app.overlay.locator('.notice-strip .button').count()).toBe(0);
    expect(await app.overlay.evaluate(() => document.activeElement?.className)).toBe('ask-input');
  });

  it.each([
    ['50 MB', Buffer.alloc(50_000_000, 'words '), 'The selection is too large to take along.'],
    ['bytes', Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919) % 256)), 'This is not text.'],
    ['a million lines', 'a line\n'.repeat(1_000_000), '2,000,000 words'],
  ])('a selection of %s gets its sentence, and the page waits for nothing', async (_, content, says) => {
    await hold('primary', 'UTF8_STRING', content);
    const longest = await watchPage();
    await steps.call();
    await waitFor(says, async () => (await steps.text()).includes(says));
    expect(await longest()).toBeLessThan(500);
  });

  it('nine files of nine kinds at once end each in its own sentence, and names turn nothing around', async () => {
    const folder = join(display.folder, 'files');
    mkdirSync(join(folder, 'folder'), { recursive: true });
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    symlinkSync('/dev/zero', join(folder, 'zero.txt'));
    const texts = {
      'big.txt': 'words\n'.repeat(3000),
      'empty.txt': '',
      'inv\u202Efdp.txt': 'one',
      'new\nline.txt': 'two',
    };
    for (const [name, text] of Object.entries({ ...texts, [`${'n'.repeat(251)}.txt`]: 'three' }))
      writeFileSync(join(folder, name), text);
    truncateSync(join(folder, 'big.txt'), 5_000_000_000);
    const names = ['pipe', 'zero.txt', 'folder', 'gone.txt', ...Object.keys(texts), `${'n'.repeat(251)}.txt`];
    const list = names.map((name) => `${pathToFileURL(join(folder, name)).href}\r\n`).join('');
    await hold('clipboard', 'text/uri-list', list);
    await steps.call();
    display.press('ctrl+v');
    const chips = async () => (await steps.context()).chips.filter(({ kind }) => kind === 'file');
    await waitFor('all are read', async () => {
      const all = await chips();
      return all.length === names.length && all.every(({ status }) => status !== 'reading');
    });
    const said = await steps.text();
    for (const sentence of [
      '“pipe” is a pipe or a device',
      '“zero.txt” is a pipe or a device',
      '“folder” is a folder',
      '“gone.txt” is not there any more',
      '“big.txt” is too large to read',
      '“empty.txt” has no text in it',
      'inv⟨202E⟩fdp.txt',
      'new⟨000A⟩line.txt',
    ])
      expect(said).toContain(sentence);
    expect(said).not.toContain('\u202E');
    expect((await chips()).filter(({ status }) => status === 'ready')).toHaveLength(3);
  });
});

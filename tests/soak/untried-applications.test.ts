import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { selectBy } from '../support/applications.ts';
import { type DesktopOptions, describeOnDesktop } from '../support/on-desktop.ts';
import { expectClipboard, ownClipboard } from '../support/paste-rounds.ts';
import { endTree, sleep, waitFor } from '../support/processes.ts';
import { line, right, type Untried, untried, wrong } from '../support/untried-applications.ts';

/** The session as Debian starts it for people without a screen reader. Beside it, browsers of Qt run as root here. */
const options: DesktopOptions = {
  display: { accessibility: 'as-installed' },
  desktop: true,
  stage: async ({ env }) => {
    Object.assign(env, { QTWEBENGINE_CHROMIUM_FLAGS: '--no-sandbox', QT_QPA_PLATFORM: 'xcb' });
  },
};

/** What stands in no list of the product is read and written by what is seen of it, after the person agreed. */
describeOnDesktop('applications that nobody tuned to', options, ({ display, client, after, keep }) => {
  const capture = (agreed: readonly string[] = []) => client.call('selection.capture', { agreed: [...agreed] });

  async function open({ name, command, open: opens, title, settleMs }: Untried): Promise<string> {
    if (spawnSync('which', [command]).status !== 0) throw new Error(`${command} is not installed`);
    const folder = join(display.folder, `${name.replaceAll(/\W+/g, '-')}-${Date.now()}`);
    mkdirSync(folder);
    Object.assign(display.env, { EDITOR_PROFILE: folder });
    const child = display.start(command, opens(folder));
    after(() => endTree(child));
    await waitFor(`${command} has the keyboard`, () => title.test(display.focusedTitle()), 60_000);
    await sleep(settleMs);
    return display.xdotool('getwindowfocus');
  }

  /** All that is there, by another capture. */
  async function whole(): Promise<string> {
    await selectBy(display, ['ctrl+a']);
    const captured = await capture();
    return captured.status === 'captured' ? captured.selection.text : captured.cause.code;
  }

  it.each(untried)('$name', async (application) => {
    const { select = line } = application;
    const window = await open(application);
    await selectBy(display, select);
    keep(await ownClipboard(display, 3));
    const first = await capture();
    const found =
      first.status === 'failed' && first.offersCopy ? await capture([first.window?.application ?? '']) : first;
    if (found.status !== 'captured') throw new Error(found.cause.code);
    const { text, targetId, editable, asksFirst = false, route } = found.selection;
    const way = application.way === 'either' ? (editable === 'in-place' ? 'accessibility' : 'paste') : application.way;
    // A viewer breaks lines where it likes.
    expect(text.replaceAll(/\s+/g, ' ').trim()).toBe(wrong);
    expect({ editable, asksFirst }).toEqual({
      editable: way === 'accessibility' ? 'in-place' : way === 'paste' ? 'by-paste' : 'no',
      asksFirst: way === 'paste' && application.known !== true,
    });
    if (way === 'copy') expect(route).toBe('copy');
    const ask = (agreed: boolean) =>
      client.call('selection.putBack', { targetId, text: right, mode: 'replace', agreed });
    if (way === 'paste' && asksFirst)
      expect(await ask(false)).toMatchObject({ cause: { code: 'put-back/not-agreed' } });
    const put = await ask(true);
    expect(put).toMatchObject(
      way === 'accessibility' || way === 'paste' ? { status: 'done', route: way } : { status: 'failed' },
    );
    await expectClipboard(display, 3);
    expect(display.xdotool('getwindowfocus')).toBe(window);
    if (put.status !== 'done') return;
    expect(await client.call('selection.undo', { targetId })).toMatchObject({ status: 'done' });
    await sleep(300);
    expect(await whole()).toContain(wrong);
    await expectClipboard(display, 3);
  });
});

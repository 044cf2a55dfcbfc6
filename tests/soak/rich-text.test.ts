import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toRichText } from '../../core/put-back/rich-text.ts';
import { SelectionReader } from '../../desktop/x11/read-selection.ts';
import { X11Connection } from '../../desktop/x11/x11-connection.ts';
import { type DesktopClient, startDesktop } from '../support/desktop-process.ts';
import { TestDisplay } from '../support/display.ts';
import { endProgram, sleep, waitFor } from '../support/processes.ts';

describe('an answer with structure in LibreOffice Writer', () => {
  let display: TestDisplay;
  let desktop: ChildProcess;
  let writer: ChildProcess;
  let x: X11Connection;
  let client: DesktopClient;

  beforeAll(async () => {
    display = await TestDisplay.start({ accessibility: true });
    x = new X11Connection(display.env['DISPLAY']);
    ({ desktop, client } = await startDesktop(display.env));
    const note = join(display.folder, 'note.txt');
    writeFileSync(note, 'The tide turns at noon.\n');
    writer = display.start('soffice', ['--writer', '--norestore', '--nologo', note]);
    await waitFor('the writer has the keyboard', () => /note/.test(display.focusedTitle()), 60_000);
    // Without its plugin for GTK (libreoffice-gtk3) the office tells nothing there, and every answer would go in by a paste.
    await waitFor(
      'the writer tells of its text on the accessibility bus',
      async () => {
        display.press('ctrl+Home', 'shift+End');
        await sleep(600);
        const answer = await client.call('selection.capture', {});
        return answer.status === 'captured' && answer.selection.route === 'accessibility';
      },
      60_000,
    );
  });

  afterAll(async () => {
    x?.dispose();
    for (const child of [writer, desktop]) if (child) await endProgram(child);
    await display?.stop();
  });

  async function putBack(text: string): Promise<string> {
    await sleep(600);
    const answer = await client.call('selection.capture', {});
    if (answer.status !== 'captured') throw new Error(answer.cause.code);
    const { targetId } = answer.selection;
    expect(answer.selection).toMatchObject({ editable: 'in-place', takesRichText: true });
    const rich = toRichText(text);
    const input = { targetId, text, mode: 'replace' as const, ...(rich === null ? {} : { rich }) };
    const route = rich === null ? 'accessibility' : 'paste';
    expect(await client.call('selection.putBack', input)).toMatchObject({ status: 'done', route });
    return targetId;
  }

  /** The whole document as HTML, as the writer offers what is selected. */
  async function wholeDocument(): Promise<string> {
    await sleep(300);
    display.press('ctrl+a');
    await sleep(600);
    const html = await new SelectionReader(x).read('PRIMARY', 'text/html');
    return (html?.toString('utf8') ?? '').replace(/^[\s\S]*<body[^>]*>/, '').replaceAll(/\s+/g, ' ');
  }

  it.each([
    ['The **tide** turns.', /The <strong>tide<\/strong> turns\./],
    ['Points:\n\n- noon\n- 正午', /Points:.*<ul>.*<li>.*noon.*<li>.*正午.*<\/ul>/],
    ['## Tides\n\nAt [noon](https://a.test/).', /<h2[^>]*> ?Tides<\/h2>.*<a href="https:\/\/a\.test\/">noon<\/a>/],
    ['| a | b |\n|---|---|\n| 1 | 2 |', /<table.*<th.*a.*<td.*2.*<\/table>/],
    ['**价格：**100~200元，2*3*4，~5%', /价格：<\/strong>.*100~200.*元，.*2\*3\*4.*，.*~5%/],
    ['3. third\n7. last', /<ol start="3".*third.*(value="7".*last|<ol start="7".*last)/],
    ['**Kind regards,**\nAna Lima\nHarbour Office', /Kind regards,.*<br ?\/?> ?Ana Lima ?<br ?\/?> ?Harbour Office/],
    ['- [x] done\n- [ ] open[^1]\n\n[^1]: page 12', /☑ done.*☐ open\[1\].*\[1\] page 12/],
  ])('is rich text for %j, and is taken back', async (text, html) => {
    display.press('ctrl+Home', 'shift+End');
    const targetId = await putBack(text);
    expect(await wholeDocument()).toMatch(html);
    expect(await client.call('selection.undo', { targetId })).toMatchObject({ status: 'done' });
    expect(await wholeDocument()).toMatch(/>The tide turns at noon\.</);
  });

  it('corrected keeps the formats of the words around the change, and so does its undo', async () => {
    display.press('ctrl+Home', 'shift+End');
    await putBack('**one** twoo *three*');
    display.press('ctrl+Home', 'shift+End');
    const targetId = await putBack('one two three');
    expect(await wholeDocument()).toMatch(/<strong>one<\/strong> two <em>three<\/em>/);
    expect(await client.call('selection.undo', { targetId })).toMatchObject({ status: 'done' });
    expect(await wholeDocument()).toMatch(/<strong>one<\/strong> twoo <em>three<\/em>/);
  });

  it('of plain words is written in place, in the format of the place', async () => {
    display.press('ctrl+Home', 'shift+End');
    await putBack('**one two three**');
    display.press('ctrl+Home', 'ctrl+Right', 'ctrl+shift+Right');
    await putBack('2 ');
    expect(await wholeDocument()).toMatch(/<strong>one 2 three<\/strong>/);
  });
});

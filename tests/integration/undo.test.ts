import type { ChildProcess } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type DesktopClient, startDesktop } from '../support/desktop-process.ts';
import { TestDisplay } from '../support/display.ts';
import { openChromium } from '../support/paste-rounds.ts';
import { endProgram, sleep } from '../support/processes.ts';

const before = 'The tide turn at noon today.';
const after = 'The tide turns at noon today.';

/** What was pasted into a page, and whether it can be taken back: only while it is what the page's own undo takes back. */
describe('an answer that was pasted over a selection', () => {
  let display: TestDisplay;
  let desktop: ChildProcess;
  let client: DesktopClient;
  const opened: ChildProcess[] = [];

  beforeAll(async () => {
    display = await TestDisplay.start({ accessibility: true });
    ({ desktop, client } = await startDesktop(display.env));
  });

  afterEach(async () => {
    for (const child of opened.splice(0)) await endProgram(child);
  });

  afterAll(async () => {
    if (desktop) await endProgram(desktop);
    await display?.stop();
  });

  async function open(html: string): Promise<void> {
    opened.push(await openChromium(display, html));
  }

  async function captureAll() {
    display.press('ctrl+a');
    await sleep(200);
    const answer = await client.call('selection.capture', {});
    if (answer.status !== 'captured') throw new Error(answer.cause.code);
    return answer.selection;
  }

  const replace = (targetId: string, text: string) =>
    client.call('selection.putBack', { targetId, text, mode: 'replace' });
  const undo = (targetId: string) => client.call('selection.undo', { targetId });
  const changed = { cause: { code: 'put-back/changed' } };

  it('is taken back after a second answer could not be put there', async () => {
    await open(`<textarea autofocus>${before}</textarea>`);
    const { targetId } = await captureAll();
    expect(await replace(targetId, after)).toMatchObject({ status: 'done' });
    expect(await replace(targetId, 'It turns.')).toMatchObject(changed);
    expect(await undo(targetId)).toMatchObject({ status: 'done' });
    expect((await captureAll()).text).toBe(before);
  });

  it('leaves nothing behind that is taken for a selection: only what the person selects there is one', async () => {
    await open(`<textarea autofocus>${before}</textarea>`);
    const nothing = { status: 'failed', cause: { code: 'capture/nothing-selected' } };
    const { targetId } = await captureAll();
    expect(await replace(targetId, after)).toMatchObject({ status: 'done' });
    expect(await client.call('selection.capture', {})).toMatchObject(nothing);
    display.type(' More.');
    await sleep(200);
    expect(await undo(targetId)).toMatchObject(changed);
    expect(await client.call('selection.capture', {})).toMatchObject(nothing);
    const { targetId: left } = await captureAll();
    display.press('Left');
    await sleep(200);
    expect(await replace(left, after)).toMatchObject(changed);
    expect(await client.call('selection.capture', {})).toMatchObject(nothing);
    display.press('ctrl+End', 'shift+Left');
    await sleep(200);
    const selected = await client.call('selection.capture', {});
    expect(selected).toMatchObject({ selection: { text: '.' } });
  });

  it('is not taken back unseen after one for another place was not put there', async () => {
    await open(`<textarea autofocus>${before}</textarea>`);
    const { targetId } = await captureAll();
    expect(await replace(targetId, after)).toMatchObject({ status: 'done' });
    const other = await captureAll();
    display.press('End');
    display.type(' I know.');
    await sleep(200);
    expect(await replace(other.targetId, 'lost')).toMatchObject(changed);
    expect(await undo(targetId)).toMatchObject(changed);
    expect((await captureAll()).text).toBe(`${after} I know.`);
  });

  it('and taken back there by the person is not taken back again, though it ends as what was there before', async () => {
    await open('<textarea autofocus></textarea>');
    display.type(`Typed before. ${before}`);
    display.press('ctrl+a');
    await sleep(200);
    const { targetId } = await captureAll();
    expect(await replace(targetId, `Typed before. ${after}`)).toMatchObject({ status: 'done' });
    display.press('ctrl+z', 'ctrl+End');
    await sleep(200);
    expect(await undo(targetId)).toMatchObject(changed);
    expect((await captureAll()).text).toBe(`Typed before. ${before}`);
  });

  it('is taken back where it is the same as before, or but for white space', async () => {
    await open(`<textarea autofocus>${before}</textarea>`);
    for (const text of [before, before.replaceAll(' ', '  ')]) {
      const { targetId } = await captureAll();
      expect(await replace(targetId, text)).toMatchObject({ status: 'done' });
      expect(await undo(targetId)).toMatchObject({ status: 'done' });
      expect((await captureAll()).text).toBe(before);
    }
  });

  it('is taken back where only its first word is another one than before', async () => {
    const tail = ' The ferry is late again.'.repeat(40);
    await open(`<textarea autofocus style="width:400px">One.${tail}</textarea>`);
    const { targetId, text } = await captureAll();
    expect(await replace(targetId, `Two.${tail}`)).toMatchObject({ status: 'done' });
    expect(await undo(targetId)).toMatchObject({ status: 'done' });
    expect((await captureAll()).text).toBe(text);
    display.press('ctrl+End');
    expect(await undo(targetId)).toMatchObject({ cause: { code: 'put-back/target-gone' } });
  });

  it.each([
    ['<div contenteditable id="field">one</div><script>field.focus()</script>', '- Ebbe um zwölf.\n- a'],
    ['<div contenteditable id="field">one</div><script>field.focus()</script>', 'Ebbe um zwölf.\n\nHochwasser.\n'],
    ['<input autofocus value="one">', '- Ebbe um zwölf.\n- a'],
    ['<textarea autofocus>one</textarea>', 'Ebbe um zwölf.\n\nHochwasser.\n'],
  ])('is taken back in %s with its lines', async (html, text) => {
    await open(html);
    const { targetId } = await captureAll();
    expect(await replace(targetId, text)).toMatchObject({ status: 'done' });
    expect(await undo(targetId)).toMatchObject({ status: 'done' });
    await sleep(200);
    expect((await captureAll()).text.trim()).toBe('one');
  });

  it('could not be checked in a page that took it and was busy then: it comes, is not left selected, and is taken back', async () => {
    const busy = 'for (const end = Date.now() + 5000; Date.now() < end; );';
    await open(`<textarea autofocus onpaste="${busy}">${before}</textarea>`);
    const { targetId } = await captureAll();
    const unchecked = { cause: { code: 'put-back/unchecked' } };
    expect(await replace(targetId, after)).toMatchObject(unchecked);
    await sleep(4000);
    expect(await undo(targetId)).toMatchObject({ status: 'done' });
    const again = await captureAll();
    expect(again.text).toBe(before);
    expect(await replace(again.targetId, after)).toMatchObject(unchecked);
    await sleep(4000);
    display.type('!');
    await sleep(200);
    expect((await captureAll()).text).toBe(`${after}!`);
  });
});

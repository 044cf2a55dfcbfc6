import { expect, it } from 'vitest';
import type { Browser } from '../support/browser.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';

const before = 'The tide turn at noon today.';
const after = 'The tide turns at noon today.';

/** What was pasted into a page, and whether it can be taken back: only while it is what the page's own undo takes back. */
const options = { display: { accessibility: true }, desktop: true } as const;

describeOnDesktop('an answer that was pasted over a selection', options, ({ client, openPage }) => {
  async function captureAll(page: Browser) {
    await page.select('ctrl+a');
    const answer = await client.call('selection.capture', {});
    if (answer.status !== 'captured') throw new Error(answer.cause.code);
    return answer.selection;
  }

  const replace = (targetId: string, text: string) =>
    client.call('selection.putBack', { targetId, text, mode: 'replace' });
  const undo = (targetId: string) => client.call('selection.undo', { targetId });
  const changed = { cause: { code: 'put-back/changed' } };

  it('is taken back after a second answer could not be put there', async () => {
    const page = await openPage(`<textarea autofocus>${before}</textarea>`);
    const { targetId } = await captureAll(page);
    expect(await replace(targetId, after)).toMatchObject({ status: 'done' });
    expect(await replace(targetId, 'It turns.')).toMatchObject(changed);
    expect(await undo(targetId)).toMatchObject({ status: 'done' });
    expect((await captureAll(page)).text).toBe(before);
  });

  it('leaves nothing behind that is taken for a selection: only what the person selects there is one', async () => {
    const page = await openPage(`<textarea autofocus>${before}</textarea>`);
    const nothing = { status: 'failed', cause: { code: 'capture/nothing-selected' } };
    const { targetId } = await captureAll(page);
    expect(await replace(targetId, after)).toMatchObject({ status: 'done' });
    expect(await client.call('selection.capture', {})).toMatchObject(nothing);
    await page.type(' More.');
    expect(await undo(targetId)).toMatchObject(changed);
    expect(await client.call('selection.capture', {})).toMatchObject(nothing);
    const { targetId: left } = await captureAll(page);
    await page.press('Left');
    expect(await replace(left, after)).toMatchObject(changed);
    expect(await client.call('selection.capture', {})).toMatchObject(nothing);
    await page.select('ctrl+End', 'shift+Left');
    const selected = await client.call('selection.capture', {});
    expect(selected).toMatchObject({ selection: { text: '.' } });
  });

  it('is not taken back unseen after one for another place was not put there', async () => {
    const page = await openPage(`<textarea autofocus>${before}</textarea>`);
    const { targetId } = await captureAll(page);
    expect(await replace(targetId, after)).toMatchObject({ status: 'done' });
    const other = await captureAll(page);
    await page.press('End');
    await page.type(' I know.');
    expect(await replace(other.targetId, 'lost')).toMatchObject(changed);
    expect(await undo(targetId)).toMatchObject(changed);
    expect((await captureAll(page)).text).toBe(`${after} I know.`);
  });

  it('and taken back there by the person is not taken back again, though it ends as what was there before', async () => {
    const page = await openPage('<textarea autofocus></textarea>');
    await page.type(`Typed before. ${before}`);
    const { targetId } = await captureAll(page);
    expect(await replace(targetId, `Typed before. ${after}`)).toMatchObject({ status: 'done' });
    await page.press('ctrl+z', 'ctrl+End');
    expect(await undo(targetId)).toMatchObject(changed);
    expect((await captureAll(page)).text).toBe(`Typed before. ${before}`);
  });

  it('is taken back where it is the same as before, or but for white space', async () => {
    const page = await openPage(`<textarea autofocus>${before}</textarea>`);
    for (const text of [before, before.replaceAll(' ', '  ')]) {
      const { targetId } = await captureAll(page);
      expect(await replace(targetId, text)).toMatchObject({ status: 'done' });
      expect(await undo(targetId)).toMatchObject({ status: 'done' });
      expect((await captureAll(page)).text).toBe(before);
    }
  });

  it('is taken back where only its first word is another one than before', async () => {
    const tail = ' The ferry is late again.'.repeat(40);
    const page = await openPage(`<textarea autofocus style="width:400px">One.${tail}</textarea>`);
    const { targetId, text } = await captureAll(page);
    expect(await replace(targetId, `Two.${tail}`)).toMatchObject({ status: 'done' });
    expect(await undo(targetId)).toMatchObject({ status: 'done' });
    expect((await captureAll(page)).text).toBe(text);
    await page.press('ctrl+End');
    expect(await undo(targetId)).toMatchObject({ cause: { code: 'put-back/target-gone' } });
  });

  it.each([
    ['<div contenteditable id="field">one</div><script>field.focus()</script>', '- Ebbe um zwölf.\n- a'],
    ['<div contenteditable id="field">one</div><script>field.focus()</script>', 'Ebbe um zwölf.\n\nHochwasser.\n'],
    ['<input autofocus value="one">', '- Ebbe um zwölf.\n- a'],
    ['<textarea autofocus>one</textarea>', 'Ebbe um zwölf.\n\nHochwasser.\n'],
  ])('is taken back in %s with its lines', async (html, text) => {
    const page = await openPage(html);
    const { targetId } = await captureAll(page);
    expect(await replace(targetId, text)).toMatchObject({ status: 'done' });
    expect(await undo(targetId)).toMatchObject({ status: 'done' });
    expect((await captureAll(page)).text.trim()).toBe('one');
  });

  it('could not be checked in a page that took it and was busy then: it comes, is not left selected, and is taken back', async () => {
    const busy = 'for (const end = Date.now() + 5000; Date.now() < end; );';
    const page = await openPage(`<textarea autofocus onpaste="${busy}">${before}</textarea>`);
    const { targetId } = await captureAll(page);
    const unchecked = { cause: { code: 'put-back/unchecked' } };
    expect(await replace(targetId, after)).toMatchObject(unchecked);
    await page.idle();
    expect(await undo(targetId)).toMatchObject({ status: 'done' });
    const again = await captureAll(page);
    expect(again.text).toBe(before);
    expect(await replace(again.targetId, after)).toMatchObject(unchecked);
    await page.idle();
    await page.type('!');
    expect((await captureAll(page)).text).toBe(`${after}!`);
  });
});

import { expect, it } from 'vitest';
import { toRichText } from '../../core/put-back/rich-text.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { expectClipboard, ownClipboard } from '../support/paste-rounds.ts';
import { endProgram, waitFor } from '../support/processes.ts';

/** What is in the field stands in the title of its page, where it can be read from outside. */
const tell = '<script>e.oninput = () => document.title = "test-page " + (e.value ?? e.innerHTML)</script>';
const style = 'style="width:600px;height:300px"';
const editable = (html: string) => `<div contenteditable id=e ${style}>${html}</div>${tell}<script>e.focus()</script>`;
const field = (text: string) => `<textarea autofocus id=e ${style}>${text}</textarea>${tell}`;

describeOnDesktop('an answer with structure', { desktop: true }, ({ display, client, keep, openPage }) => {
  async function putBack(text: string, mode: 'replace' | 'insert-below' = 'replace'): Promise<string> {
    const answer = await client.call('selection.capture', {});
    if (answer.status !== 'captured') throw new Error(answer.cause.code);
    const { targetId, takesRichText } = answer.selection;
    expect(takesRichText).toBe(true);
    const rich = toRichText(text);
    const input = { targetId, text, mode, ...(rich === null ? {} : { rich }) };
    expect(await client.call('selection.putBack', input)).toMatchObject({ status: 'done', route: 'paste' });
    return targetId;
  }

  /** A title in which text runs from right to left comes with marks of the browser's own. */
  const inField = () =>
    display
      .focusedTitle()
      .replaceAll(/[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '')
      .replace(/^test-page | - Chromium$/g, '');
  const untilField = (content: RegExp) => waitFor(`${content} is in the field`, () => content.test(inField()));

  it('is rich text where a page takes that, with the clipboard as it was, and is taken back', async () => {
    const page = await openPage(editable('one two three'));
    const owner = keep(await ownClipboard(display, 81));
    await page.select('ctrl+a');
    const targetId = await putBack('The **tide** turns:\n\n- at noon\n- 正午');
    await untilField(/<(strong|b|span)[^>]*>tide<\/\1>.*<ul.*<li.*at noon.*<li.*正午/);
    await expectClipboard(display, 81);
    await endProgram(owner);
    expect(await client.call('selection.undo', { targetId })).toMatchObject({ status: 'done' });
    await untilField(/^one two three$/);
  });

  it('keeps its figures, numbers, boxes, lines and notes', async () => {
    const page = await openPage(editable('one two three'));
    await page.select('ctrl+a');
    const figures = '价格为100~200元，2*3*4=24，~5%，C:\\a\\_b\\*.txt';
    await putBack(
      `**注意：**${figures}[^1]\n\n3. third\n7. last\n\n- [x] done\n- [ ] open\n\nRegards,\nAna Lima\n\n[^1]: page 12`,
    );
    await untilField(/<(strong|b|span)[^>]*>注意：<\/\1>.*<ol start="3".*third.*<li value="7".*last.*☑ done.*☐ open/);
    expect(inField()).toContain(`${figures}[1]`);
    expect(inField()).toMatch(/Regards,<br>Ana Lima.*\[1\] page 12/);
  });

  it('goes below the selection as rich text too', async () => {
    const page = await openPage(editable('one two three'));
    await page.select('ctrl+a');
    await putBack('The **tide**', 'insert-below');
    await untilField(/^one two three.*<(strong|b|span)[^>]*>tide<\/\1>/);
  });

  it('is the text as it was written where a field takes no other', async () => {
    const page = await openPage(field('one two three'));
    await page.select('ctrl+a');
    await putBack('The **tide** turns.');
    await untilField(/^The \*\*tide\*\* turns\.$/);
  });

  it('brings nothing of a hostile answer into a page but text and links', async () => {
    const page = await openPage(editable('one'));
    await page.select('ctrl+a');
    await putBack(
      '**a** <img src=x onerror="document.title=1"> [b](javascript:alert(1)) <script>document.title=2</script>',
    );
    await untilField(/&lt;img src=x/);
    expect(inField()).not.toMatch(/<(img|script|a)\b/);
  });

  it('of plain words takes the format of the place', async () => {
    const page = await openPage(editable('<b>one two three</b>'));
    await page.select('Home', ...'one '.split('').map(() => 'Right'), ...'two'.split('').map(() => 'shift+Right'));
    await putBack('2');
    await untilField(/^<b>one 2(&nbsp;| )three<\/b>$/);
  });

  // The left key goes forward there: the caret behind the answer had nothing more before it, and nobody could say that it is there.
  it.each([
    ['a page from right to left', '<div dir=rtl contenteditable id=e>אחת שתיים שלוש</div>', 'השינוי **גדול** מאוד'],
    [
      'a text that decides by itself',
      '<div dir=auto contenteditable id=e>واحد اثنان ثلاثة</div>',
      'التغيير **كبير** جدا',
    ],
    ['a page from left to right', '<div contenteditable id=e>אחת שתיים שלוש</div>', 'השינוי **גדול** מאוד'],
    [
      'one with a text from left to right',
      '<div dir=rtl contenteditable id=e>one two three</div>',
      'The **tide** turns',
    ],
  ])('is seen to be there in %s, is taken back, and leaves the caret behind it', async (_, html, text) => {
    const page = await openPage(`${html}${tell}<script>e.focus()</script>`);
    const before = />([^<]+)</.exec(html)?.[1] ?? '';
    await page.select('ctrl+a');
    const plain = text.replaceAll('*', '');
    const told = () => inField().replaceAll(/<[^>]*>|&nbsp;/g, (sign) => (sign === '&nbsp;' ? ' ' : ''));
    const targetId = await putBack(text);
    await expect.poll(told, { timeout: 60_000 }).toBe(plain);
    expect(await client.call('selection.undo', { targetId })).toMatchObject({ status: 'done' });
    await expect.poll(told, { timeout: 60_000 }).toBe(before);
    await page.select('ctrl+a');
    await putBack(text);
    await expect.poll(told, { timeout: 60_000 }).toBe(plain);
    display.type('!');
    await expect.poll(told, { timeout: 60_000 }).toBe(`${plain}!`);
  });

  it('is undone in a page from right to left where it went in as it was written', async () => {
    const page = await openPage(`<textarea dir=rtl autofocus id=e>אחת שתיים שלוש</textarea>${tell}`);
    await page.select('ctrl+a');
    const targetId = await putBack('השינוי גדול מאוד');
    await untilField(/^השינוי גדול מאוד$/);
    expect(await client.call('selection.undo', { targetId })).toMatchObject({ status: 'done' });
    await untilField(/^אחת שתיים שלוש$/);
  });
});

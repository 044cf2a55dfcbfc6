import { parse, postprocess, preprocess } from 'micromark';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { toRichText } from '../../core/put-back/rich-text.ts';
import { createTranslator } from '../../locales/translator.ts';
import { Markdown } from '../../renderer/answer/markdown.tsx';
import { BackendProvider, createBackend } from '../../renderer/app/backend.ts';
import { dialectFor } from '../../text/markdown/dialect.ts';
import { findNeededEscapes } from '../../text/markdown/escapes.ts';

const backend = createBackend({ send: () => {}, onMessage: () => () => {} });
const translator = createTranslator('en');

/** An answer as the page draws it. */
export function onScreen(text: string, growing = false): string {
  return renderToStaticMarkup(
    <I18nextProvider i18n={translator}>
      <BackendProvider value={backend}>
        <Markdown text={text} growing={growing} />
      </BackendProvider>
    </I18nextProvider>,
  );
}

/** What a person sees of a page: its text, its numbers of lists and its boxes; not the host behind a link. */
export function seenIn(html: string): string {
  const shown = html
    .replaceAll(/<span class="link-host">[^<]*<\/span>/g, '')
    .replaceAll(/<figcaption>.*?<\/figcaption>/gs, '')
    .replaceAll(/<input[^>]*>/g, (box) => (box.includes('checked') ? '☑' : '☐'));
  // The number of the next item of each list around a place; null in those without numbers.
  const lists: (number | null)[] = [];
  const text = shown.replaceAll(/<(\/?)(\w+)([^>]*)>/g, (_, closing: string, name: string, attributes: string) => {
    const told = /(?:start|value)="(\d+)"/.exec(attributes)?.[1];
    if (name === 'ul' || name === 'ol') {
      if (closing !== '') lists.pop();
      else lists.push(name === 'ul' ? null : Number(told ?? 1));
    }
    if (name !== 'li' || closing !== '') return '';
    const number = lists.at(-1) ?? null;
    if (number === null) return '';
    lists[lists.length - 1] = Number(told ?? number) + 1;
    return `${told ?? number}. `;
  });
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll(/&#(?:39|x27);/g, "'")
    .replaceAll('&amp;', '&');
}

/** All forms an answer takes on its way: on the screen, and in a document that takes formats or none. */
export function everyForm(text: string): Readonly<Record<'screen' | 'plain' | 'html', string>> {
  const rich = toRichText(text) ?? { html: null, text };
  return {
    screen: boxes(seenIn(onScreen(text))),
    plain: boxes(rich.text),
    html: rich.html === null ? boxes(text) : boxes(seenIn(rich.html)),
  };
}

/** Boxes of tasks, drawn or written, in one form. */
function boxes(text: string): string {
  return text.replaceAll(/☑|\[X\]/g, '[x]').replaceAll('☐', '[]');
}

/** Marks of formatting; none of them is a letter, a digit or a sign of a figure other than a minus. */
const marks = /[*_~`#>|[\]()!<^:+-]/;
/** What may be seen or not: addresses, languages of code. Numbers of lists must be, with another sign behind them. */
const besides = new Set(['resource', 'codeFencedFenceInfo', 'listItemMarker', 'tableDelimiterFiller']);

/**
 * The characters of a text that must be seen, in their order: all but white space and what the parser's own tokens say is
 * the mark of a format that was really used. `<br>` in a table is one, too.
 */
export function mustBeSeen(text: string): string {
  const seen = text.split('');
  const drop = (from: number, to: number) => seen.fill('', from, to);
  const events = postprocess(
    parse({ extensions: dialectFor(text) })
      .document()
      .write(preprocess()(text, undefined, true)),
  );
  let inTable = false;
  for (const [kind, { type, start, end }] of events) {
    if (type === 'table') inTable = kind === 'enter';
    if (kind !== 'enter' || type === 'escapeMarker') continue;
    const isBreak = inTable && type === 'htmlText' && /^<br ?\/?>$/i.test(text.slice(start.offset, end.offset));
    if (isBreak || besides.has(type)) drop(start.offset, end.offset);
    if (!/(?:Sequence|Marker|Divider)$/.test(type)) continue;
    for (let at = start.offset; at < end.offset; at += 1) if (marks.test(text[at] ?? '')) seen[at] = '';
  }
  for (const at of findNeededEscapes(text)) seen[at] = '';
  return boxes(seen.join('').replaceAll(/\s/g, ''));
}

/** The first place from which on `wanted` is not in `text`, in order; null when all of it is. */
export function firstMissing(wanted: string, text: string): string | null {
  let at = 0;
  for (let index = 0; index < wanted.length; index += 1) {
    const found = text.indexOf(wanted[index] ?? '', at);
    if (found === -1) return wanted.slice(index, index + 20);
    at = found + 1;
  }
  return null;
}

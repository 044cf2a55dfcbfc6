import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../locales/translator.ts';
import { Block } from '../../../renderer/answer/block.tsx';
import { readLink } from '../../../renderer/answer/links.ts';
import { Markdown } from '../../../renderer/answer/markdown.tsx';
import { BackendProvider, createBackend } from '../../../renderer/app/backend.ts';
import { GrowingMarkdown } from '../../../text/markdown/growing.ts';
import { parseMarkdown } from '../../../text/markdown/parse.ts';
import { isPlainParagraph } from '../../../text/markdown/plain-paragraph.ts';

const backend = createBackend({ send: () => {}, onMessage: () => () => {} });

function render(text: string, growing = false): string {
  return renderToStaticMarkup(
    <I18nextProvider i18n={createTranslator('en')}>
      <BackendProvider value={backend}>
        <Markdown text={text} growing={growing} />
      </BackendProvider>
    </I18nextProvider>,
  );
}

const hostile = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '[a](javascript:alert(1))',
  '[a](JaVaScRiPt&#58;alert(1))',
  '[a](data:text/html,<script>alert(1)</script>)',
  '![x](https://example.com/track.png)',
  '<iframe src="https://example.com"></iframe>',
  '<svg onload=alert(1)>',
  '<https://user:secret@example.com>',
  '[a]: javascript:alert(1)\n\n[a]',
  '<a href="https://example.com" onclick="alert(1)">x</a>',
  '<style>*{display:none}</style>',
];

describe('Markdown of a model', () => {
  it('gives a long list room for its numbers, and its boxes names', () => {
    const list = Array.from({ length: 120 }, (_, index) => `${index + 1}. item`).join('\n');
    expect(render(list)).toContain('padding-left:5ch');
    expect(render('1. one\n2. two')).not.toContain('padding-left');
    expect(render('- [x] one\n- [ ] two')).toMatch(/aria-label="Done".*aria-label="Not done"/s);
  });

  it.each(hostile)('%j gives nothing that can run or load', (text) => {
    for (let cut = 1; cut <= text.length; cut += 1) {
      const html = render(text.slice(0, cut), true);
      expect(html).not.toMatch(/<(img|script|iframe|svg|style|a|object|embed|form)[\s>]/i);
      expect(html).not.toMatch(/<[^>]*\son\w+=/i);
    }
  });

  it.each([
    'The tide (at noon, 3.5 m) turns: it’s “late” by 10%…',
    '潮水在中午（约 12:30）转向，《海洋》一书说：“很晚”。',
    'Zoë asked: why? Because!',
  ])('takes the short way for plain words, with the same result: %j', (text) => {
    expect(isPlainParagraph(text)).toBe(true);
    // A mark that the short way does not know sends the same words the long way.
    expect(render(text, true)).toBe(render(`${text}\\`, true).replace('\\</p>', '</p>'));
  });

  it.each([
    'a *b*',
    'a_b_',
    '1. one',
    '- one',
    '# one',
    'a `b`',
    'see www.example.com',
    'see https://example.com',
    'me@example.com',
    'a <b>',
    'a &amp; b',
    'one\ntwo',
    ' indented',
    'a | b',
    'a\\',
    '~~a~~',
    '[a](b)',
    '',
  ])('takes the long way for %j', (text) => {
    expect(isPlainParagraph(text)).toBe(false);
  });

  it.each(['pay \u202Eevil\u202C', '- *pay* \u2067evil', '`a\u202Eb`', '```js\nif (a) \u2066// \u2069return\n```'])(
    'shows what would turn the text around, and leaves what belongs to a writing: %j',
    (text) => {
      expect(render(text)).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
      expect(render(text).replaceAll(/<[^>]*>/g, '')).toMatch(/⟨(202E|2067|2066)⟩/);
      expect(render('می\u200Cخواهم שלום\u200F! 👩‍🚀')).toContain('می\u200Cخواهم שלום\u200F! 👩‍🚀');
    },
  );

  it('has tables, lists and coloured code', () => {
    const html = render('| a | b |\n|---|---|\n| 1 | 2 |\n\n- one\n- two\n\n```js\nconst x = 1;\n```');
    expect(html).toContain('<table>');
    expect(html).toContain('<li>one</li>');
    expect(html).toMatch(/<span class="hljs-keyword">const<\/span>/);
  });

  it('keeps a bracket or a quotation mark with the link that it opens, and its text as it is', () => {
    const link = '[the page](https://example.com/a)';
    for (const mark of ['(', '（', '“', '「', '['])
      expect(render(`Look here ${mark}${link}).`), mark).toContain(`here <span class="held">${mark}<button`);
    for (const text of [`Look ${link}`, `Look: ${link}`, `*(*${link})`, `(a) ${link}`, link])
      expect(render(text), text).not.toContain('held');
    const plain = render(`See (${link}) and “${link}”.`).replace(/<[^>]+>/g, '');
    expect(plain).toBe('See (the page example.com) and “the page example.com”.');
  });

  it('shows a link with its host, as something to press', () => {
    const html = render('See [the page](https://example.com/a?b=c).');
    expect(html).toMatch(/<button[^>]*class="link"[^>]*>the page<span class="link-host"> example\.com/);
  });

  it('is the same whether it came at once or letter by letter', () => {
    const text = '# Title\n\nSome **bold** text with `code`.\n\n1. one\n2. two\n\n```py\nprint(1)\n```\n';
    const growing = new GrowingMarkdown();
    for (let length = 1; length < text.length; length += 1) growing.read(text.slice(0, length));
    expect(growing.read(text)).toEqual(parseMarkdown(text));
    expect(parseMarkdown(text)).toHaveLength(4);
  });

  it('is read again only from its last block on while it grows, so that nothing before it is drawn anew', () => {
    const growing = new GrowingMarkdown();
    const before = growing.read('# One\n\nTwo **three**\n\n- four');
    const after = growing.read('# One\n\nTwo **three**\n\n- four five');
    expect(after?.[0]).toBe(before?.[0]);
    expect(after?.[1]).toBe(before?.[1]);
    expect(Block).toHaveProperty('compare', null);
  });

  it('opens web and mail addresses and nothing else', () => {
    expect(readLink('https://пример.example/x')?.host).toBe('xn--e1afmkfd.example');
    expect(readLink('mailto:a@b.example')?.host).toBe('a@b.example');
    for (const bad of ['javascript:1', 'file:///etc/passwd', 'smb://x', 'https://a:b@c', '//x', 'x', undefined])
      expect(readLink(bad)).toBeNull();
  });
});

describe('a text that grows', () => {
  const shown = (text: string) =>
    render(text, true)
      .replaceAll(/<[^>]*>/g, ' ')
      .trim();

  // A table stood there as pipes and dashes until its second line was whole.
  it('keeps the signs of a table or formula back until it is known as one', () => {
    for (const half of [
      '| a',
      '| a | b |',
      '| a | b |\n',
      '| a | b |\n|--',
      '| a | b |\n|---|---',
      '$$\nx',
      '\\[\nx = 1',
    ])
      expect(shown(`Before.\n\n${half}`), half).toBe('Before.');
    expect(render('Before.\n\n| a | b |\n|---|---|\n', true)).toContain('<table>');
    expect(shown('Before.\n\n| a | b |\nno table')).toContain('| a | b |');
  });

  it('holds nothing back in code, nor at its end', () => {
    expect(shown('```\n| a')).toContain('| a');
    for (const text of ['| a', '| a | b |\n|--', '$$\nx']) {
      const all = render(text, false).replaceAll(/<[^>]*>/g, '');
      expect(all.replaceAll(/\s/g, ''), text).toBe(text.replaceAll(/\s/g, ''));
    }
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toRichText } from '../../../core/put-back/rich-text.ts';

/** Every element that may come out, with no attribute but the address of a link, numbers of lists and the direction. */
const allowed =
  /^(<\/?(p|h[1-6]|ul|ol|li|table|tr|th|td|blockquote|pre|code|strong|em|del|a)( (start|value)="\d+")?( dir="rtl")?>|<(br|hr)>|<a href="(https?:|mailto:)[^"<>]*">|[^<>])*$/;

describe('an answer as rich text', () => {
  it.each([
    ['**bold** and *slanted*', '<strong>bold</strong> and <em>slanted</em>', 'bold and slanted'],
    ['# Tides\n\nNoon.', '<h1>Tides</h1><p>Noon.</p>', 'Tides\n\nNoon.'],
    ['- one\n- 二', '<ul><li>one</li><li>二</li></ul>', '• one\n• 二'],
    ['3. one\n4. two', '<ol start="3"><li>one</li><li>two</li></ol>', '3. one\n4. two'],
    ['[tide](https://a.test/x)', '<a href="https://a.test/x">tide</a>', 'tide (https://a.test/x)'],
    ['https://a.test/x', '<a href="https://a.test/x">https://a.test/x</a>', 'https://a.test/x'],
    [
      '| a | b |\n|---|---|\n| 1 | 2 |',
      '<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>',
      'a\tb\n1\t2',
    ],
    ['`x<y`', '<code>x&lt;y</code>', 'x<y'],
  ])('of %j is HTML, and text without marks', (markdown, html, text) => {
    expect(toRichText(markdown)).toEqual({ html, text });
  });

  it.each(['Plain words.', 'Two lines.\n\n2 < 3 & 4.', '', '3 * 4 * 5'])(
    'is none for %j, which goes in as it is',
    (text) => {
      expect(toRichText(text)).toBeNull();
    },
  );

  it.each([
    '**a** <script>alert(1)</script>',
    '**a**\n\n<img src=x onerror=alert(1)>\n',
    '**a** [x](javascript:alert(1)) [y](data:text/html,hi) [z](file:///etc/passwd) [w](//host/x)',
    '**a** [x](https://a.test/"onmouseover="x)',
    '**a** ![<b>](http://a.test/pixel.png)',
    '**a** <style>p{}</style> <b style="x">raw</b> <!-- c -->',
    '- <iframe src=x>\n- [<svg onload=x>](https://a.test)',
    '| <script> | b |\n|---|---|\n| <a href=javascript:x> | 2 |',
    '```html\n</pre><script>\n```',
  ])('holds nothing but its own elements for %j', (markdown) => {
    const html = toRichText(markdown)?.html ?? '';
    expect(html).not.toBe('');
    expect(html).toMatch(allowed);
  });

  it('holds nothing but its own elements whatever a model writes', () => {
    const piece = fc.constantFrom(
      '**',
      '*',
      '`',
      '[a](',
      ')',
      '<b',
      '>',
      '"',
      '\n',
      '\n\n',
      '- ',
      '| ',
      '|-|',
      '#',
      '&lt;',
      'x',
      '![',
      '](http://a.test/"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const html = toRichText(pieces.join(''))?.html ?? '';
        return allowed.test(html);
      }),
      { numRuns: 500 },
    );
  });

  it('is none for what is nested deeper than can be followed, and for a very long text', () => {
    expect(toRichText('>'.repeat(20_000))).toBeNull();
    expect(toRichText(`**a**${'x'.repeat(200_000)}`)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { everyForm, onScreen, seenIn } from '../../support/what-is-seen.tsx';

/** Texts in which nothing is a mark of formatting. */
const asWritten = {
  ranges: [
    '价格在100~200元之间，旺季为300~400元。',
    'Takes 5~10 minutes, or 20~30.',
    '100~~200 and 300~~400',
    '~5% to ~7%',
    '３〜５個',
    '10:00~12:00, 14:00~16:00',
  ],
  homes: ['~/.bashrc and ~/.profile', '~a~ ~b~'],
  products: ['2*3*4 = 24', 'a*b*c', 'f(x)=x*y*z', '2**3**4', 'x**n + y**m', '(5)*(6)*(7)', '3 * 4 * 5', '10*x, 20*y'],
  marks: [
    '(*) a (*) b',
    'Price: 5*, 6* and 7*',
    'SELECT *, COUNT(*) FROM *',
    '*/5 * * * * and */10 * * * *',
    '____ (____) ____',
    'f***ing s**t and f**k',
    '138****5678, 139****0000',
    '*Prices in EUR',
  ],
  patterns: [
    '*.txt,*.md',
    '*.jpg;*.png (*.gif)',
    'src/**/*.ts, test/**/*.ts',
    '.*foo.*',
    '^.*a.*$ or b.*',
    'lib/*.a and lib/*.so',
    'char *p, *q;',
    '**q; int* r',
  ],
  names: [
    '__init__',
    '__init__.py and __main__.py',
    'snake_case_name',
    '_private and _other',
    'MAX_VALUE_1',
    '{x}_1 and c_{2}',
  ],
  paths: [
    'C:\\Users\\_me\\*.txt',
    'D:\\a\\*.* and E:\\b\\*.*',
    '\\\\server\\share\\_x_',
    'C:\\',
    '\\d+\\.\\*',
    '^\\[\\w+\\]\\(\\d\\)$',
    'a\\ b',
    '\\$5 and \\%',
    'n\\a, \\_, \\#',
  ],
  formulas: [
    '\\(x = \\frac{-b \\pm \\sqrt{b^2-4ac}}{2a}\\)',
    '\\[\nE = mc^2\n- a\n+ b\n\\]',
    '$a_1 * b_1$ and $a_2 * b_2$',
    '$$\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}$$',
    '\\begin{align}\na &= *b* \\\\\n- c\n\\end{align}',
  ],
  money: ['$5 and $6', '$5 to $10 or $20', '100 % of 5 €', '5‰ ± 0.1'],
  signs: [
    '- 5 °C',
    '- 5 °C\n- 7 °C',
    '+ 20 €',
    '+ 86 138 0000 0000',
    '+86 138 0000 0000',
    '- 3.5 %',
    '> 5 mg',
    '>= 5',
    '> 5\n> 7',
    '-5',
    '<5 and >3',
  ],
  numbers: [
    '2026. That was it.',
    '1984. A book.',
    '5. 3. 2024',
    '007. Bond',
    '1.5 litres',
    '#5',
    '#hashtag',
    '3.Third',
  ],
  markup: [
    '&amp; &copy; &#42;x&#42; &nbsp;',
    '<b>bold</b>',
    'List<String> and Map<int, int>',
    'vector<std::string>',
    '<!-- a note -->',
    '<div>\n*x*\n</div>',
    'a <br> b',
  ],
  brackets: [
    '[1]',
    '[x] and [ ]',
    'a[1](2)',
    '[see](page)',
    '![a](x.png)',
    'x[^9]',
    '[foo]: bar',
    '[1]: Smith, 2020',
    '[a][b]',
  ],
  lines: [
    'Kind regards,\nAna Lima\nHarbour Office',
    '床前明月光，\n疑是地上霜。',
    'Regards\n-- \nAna',
    'Total\n=====',
    'curl \\\n  -X',
    'a  \nb',
    'one\r\ntwo',
    '    indented *so*\n      more',
  ],
};

/** Without white space, which is drawn in ways of its own. */
const bare = (text: string) => text.replaceAll(/\s/g, '');

describe('is seen as it is written', () => {
  it.each(Object.entries(asWritten).flatMap(([kind, texts]) => texts.map((text) => [kind, text] as const)))(
    'in all forms, of the kind %s: %j',
    (_, text) => {
      const { screen, plain, html } = everyForm(text);
      expect([bare(screen), bare(plain), bare(html)]).toEqual([bare(text), bare(text), bare(text)]);
    },
  );

  it.each(['- 5 °C\n- 7 °C', 'Kind regards,\nAna Lima', '床前明月光，\n疑是地上霜。'])(
    'keeps its lines apart: %j',
    (text) => {
      expect(onScreen(text)).toContain('<br/>');
    },
  );
});

describe('is formatting', () => {
  it.each([
    ['**注意：**请先备份', '<p><strong>注意：</strong>请先备份</p>'],
    ['这是**“重点”**内容', '<p>这是<strong>“重点”</strong>内容</p>'],
    ['**结论。**可以出发', '<p><strong>结论。</strong>可以出发</p>'],
    ['**第一步（准备）**打开', '<p><strong>第一步（准备）</strong>打开</p>'],
    ['**「重要」**です', '<p><strong>「重要」</strong>です</p>'],
    ['**단어(설명)**은', '<p><strong>단어(설명)</strong>은</p>'],
    ['**价格**100元，*斜体*。', '<p><strong>价格</strong>100元，<em>斜体</em>。</p>'],
    ['1.**标题**：文', '<p>1.<strong>标题</strong>：文</p>'],
    ['play**ed** and **S**elf', '<p>play<strong>ed</strong> and <strong>S</strong>elf</p>'],
    ['**5**% of *all*, _so_', '<p><strong>5</strong>% of <em>all</em>, <em>so</em></p>'],
    ['原价~~100~~80元', '<p>原价<del>100</del>80元</p>'],
    ['***both***', '<p><em><strong>both</strong></em></p>'],
    ['__Note:__ so', '<p><strong>Note:</strong> so</p>'],
    ['\\*no\\* and \\# so', '<p>*no* and \\# so</p>'],
    ['1\\. no', '<p>1. no</p>'],
    ['- 3 eggs\n- 2 cups', '<ul><li>3 eggs</li><li>2 cups</li></ul>'],
    ['- Up\n- 30% growth', '<ul><li>Up</li><li>30% growth</li></ul>'],
    ['3) a\n4) b', '<ol start="3" class="brackets"><li value="3">a</li><li value="4">b</li></ol>'],
    ['1. a\n1. b\n7. c', '<ol start="1"><li value="1">a</li><li value="1">b</li><li value="7">c</li></ol>'],
    ['> 2023 was\n> a year', '<blockquote><p>2023 was<br/>a year</p></blockquote>'],
    ['مرحبا **بك**', '<p dir="rtl">مرحبا <strong>بك</strong></p>'],
    ['- שלום\n- עולם', '<ul dir="rtl"><li dir="rtl">שלום</li><li dir="rtl">עולם</li></ul>'],
    [
      '1932[^1].\n\n[^1]: City.',
      '<p>1932<sup>[1]</sup>.</p><div class="answer-note"><p><sup>[1]</sup> City.</p></div>',
    ],
  ])('on the page: %j', (text, html) => {
    expect(onScreen(text).replace(/^<div class="markdown"[^>]*>(.*)<\/div>$/s, '$1')).toBe(html);
  });

  it.each([
    ['请访问https://example.com/docs。然后', ['https://example.com/docs']],
    ['（见https://a.test/x_y_z），谢谢', ['https://a.test/x_y_z']],
    ['https://a.test에서, https://b.test/ก', ['https://a.test/', 'https://b.test/']],
    ['(see https://a.test/a_(b)) and https://de.test/Köln!', ['https://a.test/a_(b)', 'https://de.test/K%C3%B6ln']],
    ['**https://a.test/x** www.b.test, me@c.test。', ['https://a.test/x', 'http://www.b.test/', 'mailto:me@c.test']],
    ['<https://a.test/?a=1&b=2>', ['https://a.test/?a=1&b=2']],
  ])('of addresses ends where the address ends: %j', (text, addresses) => {
    const opened = [...onScreen(text).matchAll(/title="Open ([^"]*)"/g)].map(([, address]) => seenIn(address ?? ''));
    expect(opened).toEqual(addresses);
  });

  it('of a table has all its cells, its breaks and its bars', () => {
    const html = onScreen('| a | b |\n|---|---|\n| `x\\|y` | c<br>d \\| e |\n| 1 | 2 | 3 |');
    expect(html).toContain('<td><code class="inline-code">x|y</code></td><td>c<br/>d | e</td>');
    expect(html).toContain('<td>1</td><td>2</td><td>3</td>');
  });
});

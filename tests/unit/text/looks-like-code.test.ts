import { describe, expect, it } from 'vitest';
import { looksLikeCode } from '../../../text/looks-like-code.ts';
import { expectLinear } from '../../support/growth.ts';

const code: readonly (readonly [string, string])[] = [
  ['TypeScript', 'export function add(a: number, b: number) {\n  const sum = a + b;\n  return sum;\n}'],
  [
    'Python',
    'def read(path):\n    with open(path) as file:\n        return json.load(file)\n\nif __name__ == "__main__":\n    print(read(sys.argv[1]))',
  ],
  ['C', '#include <stdio.h>\nint main(void) {\n  printf("hi\\n");\n  return 0;\n}'],
  ['Rust', 'fn main() {\n    let x: Vec<u8> = Vec::new();\n    println!("{}", x.len());\n}'],
  ['Go', 'func main() {\n\tfor i := 0; i < 3; i++ {\n\t\tfmt.Println(i)\n\t}\n}'],
  ['SQL', "SELECT id, name FROM users WHERE age >= 18;\nUPDATE users SET name = 'x' WHERE id = 3;"],
  ['a shell', '#!/bin/sh\nset -e\nfor file in *.txt; do\n  grep -q foo "$file" && echo "$file";\ndone'],
  ['HTML', '<div class="box">\n  <p id="a">Hello</p>\n  <a href="x">there</a>\n</div>'],
  ['CSS', '.box {\n  color: red;\n  margin: 0 4px;\n}'],
  ['JSON', '{\n  "name": "beckon",\n  "version": "0.1.0",\n  "files": ["a", "b"]\n}'],
  ['a diff', '--- a/x.ts\n+++ b/x.ts\n@@ -1,3 +1,3 @@\n-const a = 1;\n+const a = 2;\n export { a };'],
  ['a fence in words', 'Look at this:\n```\nfoo\n```'],
];

const words: readonly (readonly [string, string])[] = [
  [
    'a letter',
    'Dear Ms Li,\n\nthank you for your letter of 3 May, which came today.\nWe can offer you 20 tables (oak), at 300 each;\nplease tell us by Friday.\n\nKind regards,\nZhang Wei',
  ],
  ['Chinese', '张伟您好：\n贵司合同的尾款至今没有收到，请在周五前汇到账户。\n再拖下去我们只好停止供货。'],
  ['a list', 'To do:\n- buy milk\n- call Anna (after 5)\n- write the report: chapters 1, 2, 3'],
  [
    'a poem',
    'Shall I compare thee to a summer’s day?\nThou art more lovely and more temperate:\nRough winds do shake the darling buds of May,\nAnd summer’s lease hath all too short a date;',
  ],
  [
    'minutes',
    'Minutes, 29 November\n\n1. Budget: approved.\n2. From now on, Anna sends the minutes.\n3. If it rains, we meet inside.\n4. For the rest, see below.',
  ],
  ['a table of figures', 'Year 2024 2025\nFerries 41,200 28,600\nCost 12.5 18.3'],
  ['one line', 'const is a word of programmers'],
  [
    'a recipe',
    'Import duties: 3 %\nReturn the pot to the fire.\nUse salt, pepper, oil.\nLet it rest for 5 minutes,\nwhile the oven (200 °C) gets hot.',
  ],
  ['nothing', ''],
];

describe('source code', () => {
  it.each(code)('is seen in %s', (_name, text) => expect(looksLikeCode(text)).toBe(true));
  it.each(words)('is not seen in %s', (_name, text) => expect(looksLikeCode(text)).toBe(false));

  it.each(['a', '(', 'x = ', '\n'])('is looked for in no more time than a text is long: %j', (piece) => {
    expectLinear((size) => looksLikeCode(piece.repeat(size / piece.length)), 2_000_000);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answers, thoughts } from '../../../models/thinking/marks.ts';
import { ThinkingSplitter } from '../../../models/thinking/thinking-splitter.ts';
import { expectLinear } from '../../support/growth.ts';

interface Outcome {
  readonly text: string;
  readonly thinking: string;
}

/** As a server's answer is split: it may lack an opening, and what was taken for text is taken back. */
function split(pieces: readonly string[]): Outcome {
  const splitter = new ThinkingSplitter([], { mayThink: true, mayLackOpening: true });
  let [text, thinking] = ['', ''];
  for (const piece of [...pieces.flatMap((one) => splitter.push(one)), ...splitter.end()]) {
    if (piece.kind === 'was-thinking') [thinking, text] = [thinking + text, ''];
    else if (piece.kind === 'text') text += piece.text;
    else thinking += piece.text;
  }
  return { text, thinking };
}

function expectEverywhere(whole: string, expected: Outcome): void {
  expect(split([whole])).toEqual(expected);
  expect(split([...whole])).toEqual(expected);
  for (let cut = 1; cut < whole.length; cut += 1)
    expect(split([whole.slice(0, cut), whole.slice(cut)]), `cut at ${cut}`).toEqual(expected);
}

const expected = { text: 'It is four. 答案是四。', thinking: 'Two <b>and</b> two. 二加二' };

describe('thinking in the text of an answer', () => {
  it.each(thoughts.map(({ open, close }) => [open, close] as const))(
    'is told apart wherever its marks are cut: %s',
    (open, close) => {
      expectEverywhere(`${open}${expected.thinking}${close}${expected.text}`, expected);
      expectEverywhere(`\n${open}${expected.thinking}${close}\n\n${expected.text}`, expected);
      expectEverywhere(`${open}${expected.thinking}`, { text: '', thinking: expected.thinking });
    },
  );

  it.each(thoughts.filter(({ mayLackOpening }) => mayLackOpening).map(({ close }) => close))(
    'is taken back where its opening was never written: %s',
    (close) => {
      const thinking = 'Two <b>and</b> two.\n';
      expectEverywhere(`${thinking}${close}\n\n${expected.text}`, { text: expected.text, thinking });
      expectEverywhere(`Two and two.${close}${expected.text}`, { text: expected.text, thinking: 'Two and two.' });
      // Said twice, only the first is a mark.
      const text = `Then ${close} again.`;
      expectEverywhere(`${thinking}${close}\n${text}`, { text, thinking });
    },
  );

  it.each(answers.map(({ open, ends }) => [open, ends[0] ?? ''] as const))(
    'is followed by marks of the answer, which are none of its text: %s',
    (open, end) => {
      const thought = thoughts.find((row) => row.open.slice(0, 6) === open.slice(0, 6)) ?? thoughts[0];
      const whole = `${thought?.open}Hm.${thought?.close}${open}Four.${end}`;
      expectEverywhere(whole, { text: 'Four.', thinking: 'Hm.' });
      expectEverywhere(`${open}Four.${end}`, { text: 'Four.', thinking: '' });
    },
  );

  it.each([
    'The tag `<think>` opens and `</think>` closes.',
    'Write </think> where the thought ends.',
    'Say “</think>”, or "</think>", or (</think>).',
    'Here:\n\n```xml\n<a>\n</think>\n</a>\n```\n\nThat is all.',
    'Here:\n\n~~~\n</think>\n~~~\nDone.',
    'One opens with <think> and\n</think>\ncloses.',
    'const end = text.indexOf("</think>");',
    '标签 `</think>` 表示思考结束。',
    'In an answer, <think> later is text.</think>',
    'Use [THINK] and [/THINK] there.',
    'a <|channel|>final<|message|> b',
    '< think > is no mark, nor is <Think>.</Think>',
  ])('stays text where its marks are talked about: %j', (text) => expectEverywhere(text, { text, thinking: '' }));

  it('changes nothing in a text without marks, however it is cut', () => {
    const signs = [
      '<',
      '>',
      '/',
      '[',
      ']',
      '|',
      'think',
      'THINK',
      'channel',
      ' ',
      '\n',
      '`',
      'a',
      '三',
      '</thin',
      '<|',
    ];
    const marks = [
      ...thoughts.flatMap(({ open, close }) => [open, close]),
      ...answers.flatMap(({ open, ends }) => [open, ...ends]),
    ];
    fc.assert(
      fc.property(fc.array(fc.array(fc.constantFrom(...signs), { maxLength: 6 }), { maxLength: 8 }), (lists) => {
        const pieces = lists.map((list) => list.join(''));
        const whole = pieces.join('');
        fc.pre(!marks.some((mark) => whole.includes(mark)));
        expect(split(pieces)).toEqual({ text: whole.trimStart(), thinking: '' });
      }),
      { numRuns: 500 },
    );
  });

  it('takes time by the length of the text, and not more', () => {
    expectLinear((pieces) => {
      const splitter = new ThinkingSplitter([], { mayThink: true, mayLackOpening: true });
      for (let piece = 0; piece < pieces; piece += 1) splitter.push('</thi <|chan `');
    }, 50_000);
  });
});

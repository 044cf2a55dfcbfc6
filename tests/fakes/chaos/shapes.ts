import { delta, done, event, kept, type Scenario, says, stop, stream } from './scenario.ts';

const choices = (...list: readonly unknown[]) => event({ choices: list });
const good = `${says(kept)}${stop}${done}`;
const answers = (name: string, ...pieces: readonly string[]): Scenario => ({
  name,
  serve: stream(...pieces, stop, done),
  end: 'stop',
  text: kept,
});
const thinks = (name: string, raw: string, thinking = 'Two and two.', text = 'Four.'): Scenario[] => {
  const cuts = [Math.floor(raw.length / 3), Math.floor(raw.length / 2)];
  return [
    { name, serve: stream(says(raw), stop), end: 'stop', text, thinking },
    { name: `${name}, a character at a time`, serve: stream(says(...raw), stop), end: 'stop', text, thinking },
    ...cuts.map(
      (cut): Scenario => ({
        name: `${name}, cut at ${cut}`,
        serve: stream(says(raw.slice(0, cut), raw.slice(cut)), stop),
        end: 'stop',
        text,
        thinking,
      }),
    ),
  ];
};

/** What a piece of an answer may look like. */
export const shapes: readonly Scenario[] = [
  answers('no choices at all', event({ prompt_filter_results: [] }), says(kept)),
  answers(
    'choices that are null',
    event({ choices: null }),
    says(kept),
    event({ choices: null, usage: { prompt_tokens: 3 } }),
  ),
  answers(
    'choices that are a word, a number, a list of nothing',
    ...[7, 'x', [null, 3, 'x', []]].map((list) => event({ choices: list })),
    says(kept),
  ),
  answers(
    'content in a list of pieces',
    choices({ delta: { content: ['The tide ', { type: 'text', text: 'turns at noon.' }, null, 5].slice(0, 3) } }),
  ),
  answers('content as an object', choices({ delta: { content: { type: 'text', text: kept } } })),
  {
    name: 'content that is a number',
    serve: stream(choices({ delta: { content: 21 } }), says(' degrees'), stop),
    end: 'stop',
    text: '21 degrees',
  },
  answers('a delta that is null', choices({ delta: null }), says(kept)),
  answers('the old shape, text beside the choice', choices({ text: kept, index: 0 })),
  answers(
    'a second answer beside the first',
    event({
      choices: [
        { index: 1, delta: { content: 'Other.' } },
        { index: 0, delta: { content: kept } },
      ],
    }),
  ),
  answers('an index that is a text', choices({ index: '0', delta: { content: kept } })),
  answers('a refusal as the answer', choices({ delta: { refusal: kept } })),
  answers('values that are none', event('null'), event('3'), event('"x"'), event('[]'), says(kept)),
  answers(
    'counts that are none',
    says(kept),
    event({ choices: [], usage: { prompt_tokens: -1, completion_tokens: 'x', prompt_tokens_details: 3 } }),
  ),
  {
    name: 'thinking in a field',
    serve: stream(choices({ delta: { reasoning_content: 'Hm.' } }), good),
    end: 'stop',
    text: kept,
    thinking: 'Hm.',
  },
  {
    name: 'thinking in two fields at once',
    serve: stream(choices({ delta: { reasoning: 'Hm.', reasoning_content: 'Hm.' } }), good),
    end: 'stop',
    text: kept,
    thinking: 'Hm.',
  },
  {
    name: 'thinking as a piece of content',
    serve: stream(
      choices({ delta: { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] }] } }),
      good,
    ),
    end: 'stop',
    text: kept,
    thinking: 'Hm.',
  },
  ...thinks('<think>', '<think>Two and two.</think>Four.'),
  ...thinks('<think> without an opening', 'Two and two.</think>Four.'),
  ...thinks('<think> without an opening, on lines of its own', 'Two\nand two.\n</think>\n\nFour.', 'Two\nand two.\n'),
  ...thinks('<thinking>', '<thinking>Two and two.</thinking>\n\nFour.'),
  ...thinks('<thought>', '<thought>Two and two.</thought>\nFour.'),
  ...thinks('[THINK]', '[THINK]Two and two.[/THINK]Four.'),
  ...thinks('[THINK] without an opening', 'Two and two.[/THINK]Four.'),
  ...thinks('<seed:think>', '<seed:think>Two and two.</seed:think>Four.'),
  ...thinks(
    'channels',
    '<|channel|>analysis<|message|>Two and two.<|end|><|start|>assistant<|channel|>final<|message|>Four.<|return|>',
  ),
  ...thinks(
    'channels without an end of the first',
    '<|channel|>analysis<|message|>Two and two.<|start|>assistant<|channel|>final<|message|>Four.',
  ),
  ...thinks(
    'two channels before the answer',
    '<|channel|>analysis<|message|>Two <|end|><|start|>assistant<|channel|>commentary<|message|>and two.<|end|><|start|>assistant<|channel|>final<|message|>Four.',
  ),
  ...thinks(
    'a mark at either side of the answer',
    '<|begin_of_thought|>Two and two.<|end_of_thought|>\n<|begin_of_solution|>Four.<|end_of_solution|>',
  ),
  ...[
    'The tag `<think>` opens and `</think>` closes.',
    'It ends with </think> and then the answer comes.',
    'Write:\n```html\n<p>\n</think>\n</p>\n```\nand so on.',
    'One uses <think> first,\nthen\n</think>\nafter it.',
    'Say “</think>” to end it.',
    'return text.split("</think>")[1];',
    'In Mistral it is [THINK] and [/THINK].',
    'A <|channel|>analysis<|message|> is written like this.',
  ].flatMap((text): Scenario[] => [
    { name: `marks that are talked about: ${text.slice(0, 30)}`, serve: stream(says(text), stop), end: 'stop', text },
    { name: `the same by the character: ${text.slice(0, 30)}`, serve: stream(says(...text), stop), end: 'stop', text },
  ]),
  {
    name: 'a tool call alone',
    serve: stream(
      choices({ delta: { tool_calls: [{ index: 0, function: { name: 'rm', arguments: '{}' } }] } }),
      event(delta({}, 'tool_calls')),
    ),
    end: 'server/unreadable',
    text: '',
  },
];

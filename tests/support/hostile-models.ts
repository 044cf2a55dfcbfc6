import type { EditedGguf } from './edit-gguf.ts';
import type { GgufValue } from './gguf.ts';

/** How a real model is made hostile or is damaged, in its header. */
export type Damage = (file: EditedGguf) => void;

const set =
  (key: string, value: GgufValue): Damage =>
  (file) =>
    void file.set(key, value);
const without =
  (key: string): Damage =>
  (file) =>
    void file.values.delete(key);
const template = (text: string): Damage => set('tokenizer.chat_template', text);
const tensor =
  (index: number, change: (tensor: EditedGguf['tensors'][number]) => void): Damage =>
  (file) => {
    const one = file.tensors.at(index);
    if (one !== undefined) change(one);
  };
const weights =
  (fill: number): Damage =>
  (file) => {
    file.fill = fill;
  };
const numbers = (key: string, values: readonly number[]) =>
  values.map((value) => [`${key} ${value}`, set(`llama.${key}`, value)] as const);
const floats = (key: string, values: readonly number[]) =>
  values.map((value) => [`${key} ${value}`, set(`llama.${key}`, { float: value })] as const);

/** As many pieces as there were, and none of them a letter. */
function blankVocabulary(file: EditedGguf): void {
  const key = 'tokenizer.ggml.tokens';
  // The type of the value and that of its elements stand before their number.
  const count = Number(file.values.get(key)?.readBigUInt64LE(8) ?? 0);
  file.set(key, { strings: Array.from({ length: count }, () => '') });
}

/** Before the messages: what comes behind the last of them is none of the prompt. Five and the answer to come. */
const inAChatOfFive = (body: string) => template(`{% if messages | length == 6 %}${body}{% endif %}${plain}`);

const nested = (depth: number, body: string) =>
  `${Array.from({ length: depth }, (_, at) => `{% for v${at} in range(1000) %}`).join('')}${body}${'{% endfor %}'.repeat(depth)}`;
const say =
  "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\n' + m['content'] + '<|im_end|>\n' }}{% endfor %}";

/** Like no template that the library knows, so that it is this one that is run. */
const plain = "{% for m in messages %}{{ '[' + m['role'] + '] ' + m['content'] + '\n' }}{% endfor %}";
const doubles = '{% set n = namespace(s=[1]) %}{% for i in range(60) %}{% set n.s = n.s + n.s %}{% endfor %}';

export const hostileTemplates: readonly (readonly [string, Damage])[] = [
  ['a range of a hundred million', template(`{% for i in range(100000000) %}${say}{% endfor %}`)],
  ['a range of a hundred million twice', template(nested(2, '').replaceAll('1000', '100000000'))],
  ['three nested loops that write nothing', template(nested(3, ''))],
  ['nested loops that write', template(nested(3, 'x'))],
  ['a macro that calls itself', template('{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}')],
  ['a macro that calls itself twice', template('{% macro f(n) %}{{ f(n + 1) }}{{ f(n + 1) }}{% endmacro %}{{ f(0) }}')],
  [
    'a macro that ends after 2^60',
    template('{% macro f(n) %}{% if n > 0 %}{{ f(n-1) }}{{ f(n-1) }}{% endif %}{% endmacro %}{{ f(60) }}'),
  ],
  [
    'each message 3,000 times',
    template("{% for m in messages %}{% for i in range(3000) %}{{ m['content'] }}{% endfor %}{% endfor %}"),
  ],
  ['a string times a billion', template("{{ 'a' * 1000000000 }}")],
  [
    'a string that doubles',
    template("{% set n = namespace(s='ab') %}{% for i in range(60) %}{% set n.s = n.s + n.s %}{% endfor %}{{ n.s }}"),
  ],
  [
    'a list that doubles',
    template('{% set n = namespace(s=[1]) %}{% for i in range(60) %}{% set n.s = n.s + n.s %}{% endfor %}'),
  ],
  [
    'filters one after another',
    template(`{{ messages | map(attribute='content') | join(',') ${'| replace("a", "aaaaaaaaaa") '.repeat(12)} }}`),
  ],
  ['a step of nothing', template('{% for i in range(0, 10, 0) %}x{% endfor %}')],
  ['five thousand open brackets', template(`{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`)],
  ['five thousand nested ifs', template(`${'{% if true %}'.repeat(5000)}x${'{% endif %}'.repeat(5000)}`)],
  ['a hundred thousand marks never closed', template('{% '.repeat(33_000))],
  ['a megabyte', template(`{# ${'x'.repeat(1_000_000)} #}${say}`)],
  ['two hundred thousand characters', template(`${'x'.repeat(200_000)}${say}`)],
  ['nothing', template('')],
  ['a raised error', template("{{ raise_exception('no') }}")],
  ['an end that is missing', template("{% for m in messages %}{{ m['content'] ")],
  ['a variable that is not there', template('{{ nothing.at.all }}')],
  // Not seen in a sample: only a chat of five messages sets it off.
  [
    'loops in a chat of five messages alone',
    template(`${say}{% if messages | length == 5 %}${nested(3, '')}{% endif %}`),
  ],
  [
    'a range in a chat of five messages alone',
    template(`${say}{% if messages | length == 5 %}{% for i in range(100000000) %}x{% endfor %}{% endif %}`),
  ],
  [
    'a long text in a chat of five messages alone',
    template(`${say}{% if messages | length == 5 %}{% for i in range(400000) %}x{% endfor %}{% endif %}`),
  ],
  // The same where the library does not put a template of its own in the place of this one.
  ['loops of its own in such a chat', inAChatOfFive(nested(3, ''))],
  ['a list that doubles in such a chat', inAChatOfFive(doubles)],
  ['an error in such a chat', inAChatOfFive("{{ raise_exception('no') }}")],
  ['four hundred thousand letters in such a chat', inAChatOfFive('{% for i in range(400000) %}x{% endfor %}')],
];

export const hostileHeaders: readonly (readonly [string, Damage])[] = [
  ...numbers('feed_forward_length', [0, 1, 2 ** 31]),
  ...numbers('attention.head_count', [0, 1, 7, 4_000_000_000]),
  ...numbers('attention.head_count_kv', [0, 9, 4]),
  ...numbers('embedding_length', [0, 1, 2 ** 30]),
  ...numbers('rope.dimension_count', [0, 63, 2 ** 30]),
  ...numbers('block_count', [1, 31, 512]),
  ...numbers('context_length', [16, 99_000_000]),
  ...numbers('vocab_size', [0, 1]),
  ...numbers('expert_count', [8, 4_000_000]),
  ...floats('rope.freq_base', [Number.NaN, 0, Number.POSITIVE_INFINITY, 1e-30]),
  ...floats('attention.layer_norm_rms_epsilon', [Number.NaN, -1, 0]),
  ['no heads told', without('llama.attention.head_count')],
  ['no vocabulary', without('tokenizer.ggml.tokens')],
  ['an empty vocabulary', set('tokenizer.ggml.tokens', { strings: [] })],
  ['a vocabulary of one', set('tokenizer.ggml.tokens', { strings: ['x'] })],
  ['no merges', without('tokenizer.ggml.merges')],
  ['a vocabulary of blanks', blankVocabulary],
  ['merges that merge nothing', set('tokenizer.ggml.merges', { strings: ['nospace', '\ufffd', ' '] })],
  ['another tokenizer', set('tokenizer.ggml.model', 'no such one')],
  ['another way to split', set('tokenizer.ggml.pre', 'no such way')],
  ['an end of text beyond the vocabulary', set('tokenizer.ggml.eos_token_id', 4_000_000_000)],
  ['a beginning beyond the vocabulary', set('tokenizer.ggml.bos_token_id', 49_152)],
  ['another architecture', set('general.architecture', 'mamba')],
  ['an architecture that is not known', set('general.architecture', 'nothing')],
  ['a tensor less', (file) => void file.tensors.pop()],
  [
    'a tensor twice',
    (file) => void file.tensors.push({ ...(file.tensors[0] ?? { name: '', shape: [], type: 0, offset: 0 }) }),
  ],
  ['a tensor of another type', tensor(1, (one) => (one.type = 0))],
  ['a tensor of nothing known', tensor(1, (one) => (one.type = 99))],
  ['a tensor at an odd place', tensor(1, (one) => (one.offset += 1))],
  ['a tensor of another shape', tensor(0, (one) => one.shape.reverse())],
  ['a tensor of a trillion', tensor(0, (one) => (one.shape = [2 ** 20, 2 ** 20]))],
  ['a tensor with no name', tensor(2, (one) => (one.name = ''))],
  ['weights that are no numbers', weights(0xff)],
  ['weights of nothing', weights(0)],
  ['a window of forty tokens', set('llama.context_length', 40)],
  ['a name of ten megabytes', set('general.name', 'x'.repeat(8_000_000))],
];

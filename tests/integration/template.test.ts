import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type ChatHistoryItem, JinjaTemplateChatWrapper } from 'node-llama-cpp';
import { afterEach, describe, expect, it } from 'vitest';
import { runTemplate } from '../../models/engine/template/limits.ts';
import { TemplateProcess } from '../../models/engine/template/template-process.ts';
import { withinTime } from '../../models/engine/template/within-time.ts';
import { checkout, nodeExecutable } from '../support/beckon-app.ts';
import { isAlive, processorMs, waitFor } from '../support/processes.ts';

const entry = join(checkout, 'models', 'engine', 'entry.ts');
const template = { code: 'model/template' };
const plain = "{% for m in messages %}{{ m['role'] + ': ' + m['content'] }}{% endfor %}";

describe('work that a model file has a say in', () => {
  it('gives what it gives, and throws what it throws', () => {
    expect(withinTime(1000, () => 'done')).toEqual({ value: 'done' });
    expect(() => withinTime(1000, () => JSON.parse('{'))).toThrow(SyntaxError);
  });

  it.each([
    ['a loop', () => forever()],
    [
      'a loop that catches what ends it',
      () => {
        while (true)
          try {
            forever();
          } catch {}
      },
    ],
    ['a pattern that tries everything', () => /^(a+)+$/.test(`${'a'.repeat(60)}!`)],
  ])('is ended in the middle of %s', (_, work) => {
    expect(withinTime(200, work)).toBeNull();
  });

  it('is told by a cause of its own', () => {
    expect(() => runTemplate('render', () => forever())).toThrow(expect.objectContaining(template));
  });
});

describe('a chat template', () => {
  const processes: TemplateProcess[] = [];
  const open = (text: string) => {
    const started = new TemplateProcess(text, entry);
    processes.push(started);
    return started;
  };
  afterEach(() => {
    for (const one of processes.splice(0)) one.dispose();
  });

  it.each([
    ['as models have', plain],
    ['that refuses every chat', "{{ raise_exception('no') }}"],
    ['that cannot be read', '{% for'],
    ['of nothing', ''],
  ])('%s passes', async (_, text) => {
    await expect(open(text).try()).resolves.toBeUndefined();
  });

  it.each([
    [
      'that writes each message three thousand times',
      plain.replace('{{', '{% for i in range(3000) %}{{').replace('}}', '}}{% endfor %}'),
    ],
    ['that needs more memory than there is', '{% for i in range(100000000) %}x{% endfor %}'],
    ['that goes deeper than the stack', `{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`],
    ['that never ends', '{% macro f(n) %}{% if n > 0 %}{{ f(n-1) }}{{ f(n-1) }}{% endif %}{% endmacro %}{{ f(60) }}'],
  ])('%s is refused, and ends nothing else', async (_, text) => {
    await expect(open(text).try()).rejects.toMatchObject(template);
  });

  const never = new AbortController().signal;
  const chat = (messages: number): ChatHistoryItem[] => [
    ...Array.from(
      { length: messages },
      (_, at): ChatHistoryItem =>
        at % 2 === 0 ? { type: 'user', text: `Question ${at}?` } : { type: 'model', response: [`Answer ${at}.`] },
    ),
    { type: 'model', response: [] },
  ];
  const loops = '{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}';
  const grows = "{% set n = namespace(s='ab') %}{% for i in range(60) %}{% set n.s = n.s + n.s %}{% endfor %}{{ n.s }}";
  // A chat of seven messages and the answer to come is none of the samples.
  const withSeven = (what: string) => `{% if messages | length == 8 %}${what}{% endif %}${plain}`;

  it('that does what it does with samples writes a chat as it is written where the model is', async () => {
    const { text, stops } = await open(plain).render(chat(3), never);
    const state = new JinjaTemplateChatWrapper({ template: plain }).generateContextState({ chatHistory: chat(3) });
    expect(text.toJSON()).toEqual(state.contextText.toJSON());
    expect(stops).toEqual([]);
  });

  it.each([
    ['never ends', loops, 'model/template'],
    ['needs more memory than there is', grows, 'model/template'],
    ['writes without measure', '{% for i in range(400000) %}x{% endfor %}', 'model/template'],
    ['raises an error', "{{ raise_exception('\u001b[31mno') }}", 'model/template-refused'],
  ])('that %s with a longer chat alone is told by a cause, and the next chat is written', async (_, what, code) => {
    const template = open(withSeven(what));
    await template.try();
    await expect(template.render(chat(7), never)).rejects.toMatchObject({ code });
    expect((await template.render(chat(3), never)).text.toString()).toContain('Question 0?');
  });

  it('that never ends is left at once when nobody waits any more, and leaves no process', async () => {
    const template = open(withSeven(loops));
    await template.try();
    const { processId } = template;
    const stop = new AbortController();
    const rendered = template.render(chat(7), stop.signal);
    setTimeout(() => stop.abort(new Error('left')), 300);
    await expect(rendered).rejects.toThrow('left');
    await waitFor('it has ended', () => !isAlive(processId ?? 0));
  });

  it('that never ends ends with the engine, also where that was killed', async () => {
    const code = `
      import { TemplateProcess } from ${JSON.stringify(join(checkout, 'models/engine/template/template-process.ts'))};
      const one = new TemplateProcess(${JSON.stringify(loops)}, ${JSON.stringify(entry)});
      const tried = one.try();
      console.log(one.processId);
      await tried;`;
    const parent = spawn(nodeExecutable, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'ignore'] });
    const id = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)));
    expect(isAlive(id)).toBe(true);
    // Well into the loop: what takes time before it is over.
    await waitFor('it has worked for a second', () => processorMs(id) > 1500);
    parent.kill('SIGKILL');
    await waitFor('it has ended', () => !isAlive(id), 3000);
  });
});

function forever(): never {
  while (true);
}

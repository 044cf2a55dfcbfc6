import { describe, expect, it } from 'vitest';
import type { ModelPart } from '../../../contract/engine.ts';
import { answerByPlan, type Choice } from '../../../core/answers/plan.ts';
import { serverCapabilities } from '../../../models/openai-compatible/server-capabilities.ts';
import { type AskedAs, askedQuestion, collect, ends, says, scriptedModel } from '../../support/asked-question.ts';
import { pagePositions } from '../../support/positions.ts';

const full: ModelPart = { type: 'failure', error: { code: 'model/context-full', message: 'full' } };
const dropped: ModelPart = { type: 'messages-dropped', count: 2 };
const well = [says('So.'), ends];

const ferry = { text: 'The ferry leaves at noon. '.repeat(20) };
const longFerry = { text: 'The ferry leaves at noon. '.repeat(600) };
const pages = { text: 'The ferry leaves.\n\nThe tide turns.', positions: pagePositions([0, 19]) };
const translate = {
  ...{ id: 'translate', name: { en: 'Translate', 'zh-CN': '翻译' }, instruction: 'Translate it.' },
  ...{ output: 'replace' },
} as NonNullable<AskedAs['action']>;

async function choicesFor(asked: AskedAs, given: readonly (readonly ModelPart[])[], isServer = false) {
  const { model } = scriptedModel(given);
  const choices: Choice[] = [];
  const capabilities = isServer ? serverCapabilities : model.capabilities;
  const signal = new AbortController().signal;
  const parts = answerByPlan(askedQuestion(asked), { ...model, capabilities }, signal, (choice) =>
    choices.push(choice),
  );
  const all = await collect(parts);
  return { choices: choices.map(({ plan, reason }) => `${plan}: ${reason}`), last: all.at(-1), all };
}

describe('the plan of an answer', () => {
  it.each<[string, AskedAs, readonly (readonly ModelPart[])[], readonly string[]]>([
    ['a question alone', {}, [well], ['whole: may-fit']],
    ['a text', { own: [ferry], text: 'When does it leave?' }, [well], ['whole: may-fit']],
    ['a page that is named', { own: [pages], text: 'What is on page 2?' }, [well], ['passages: pages-are-named']],
    ['all of a text with pages', { own: [pages], text: 'Summarise page 2.' }, [well], ['whole: may-fit']],
    [
      'a page that is named where nothing is on it',
      { own: [{ ...pages, text: '' }], text: 'What is on page 2?' },
      [well],
      ['passages: pages-are-named', 'whole: may-fit'],
    ],
    [
      'a long text of before',
      { earlier: [longFerry], text: 'When does the ferry leave?' },
      [well],
      ['passages: earlier-text-is-long'],
    ],
    [
      'a text that is too long',
      { own: [ferry], text: 'When does the ferry leave?' },
      [[full], well],
      ['whole: may-fit', 'passages: whole-is-too-long'],
    ],
    [
      'all of a text that is too long',
      { own: [ferry], text: 'Summarise it.' },
      [[full], well, well],
      ['whole: may-fit', 'parts: own-text-is-too-long'],
    ],
    [
      'an action on a text that is too long',
      { own: [ferry], action: translate },
      [[full], well],
      ['whole: may-fit', 'parts: own-text-is-too-long'],
    ],
    [
      'something that stands nowhere in a text that is too long',
      { own: [ferry], text: 'Zebras?' },
      [[full], well, well],
      ['whole: may-fit', 'passages: whole-is-too-long', 'parts: own-text-is-too-long'],
    ],
    [
      'an earlier text that is too long, all of it',
      { earlier: [ferry], text: 'Summarise it.' },
      [[full], well],
      ['whole: may-fit', 'without-earlier-texts: earlier-texts-are-too-long'],
    ],
    [
      'an earlier text that would be left out',
      { earlier: [ferry], text: 'Why?' },
      [[dropped, ...well], well],
      ['whole: may-fit', 'without-earlier-texts: earlier-texts-are-lost'],
    ],
    [
      'messages that are left out, but no text',
      { own: [ferry], text: 'Why?' },
      [[{ ...dropped, count: 0 }, ...well]],
      ['whole: may-fit'],
    ],
  ])('for %s says why it is chosen', async (_, asked, given, choices) => {
    const made = await choicesFor(asked, given);
    expect(made.choices).toEqual(choices);
    expect(made.last).toEqual({ type: 'finish', reason: 'stop' });
    expect(made.all.filter(({ type }) => type === 'made-from')).toHaveLength(1);
  });

  it('looks for no passages first where a model has room for the whole', async () => {
    const asked = { own: [pages], text: 'What is on page 2?' };
    expect((await choicesFor(asked, [well], true)).choices).toEqual(['whole: may-fit']);
  });

  it.each<[string, AskedAs, string]>([
    ['a question with no text at all', {}, 'model/context-full'],
    ['an answer that is gone on with', { written: 'The ferry leaves ' }, 'run/cannot-continue'],
    [
      'the text of an answer that is gone on with',
      { own: [ferry], text: 'Summarise it.', written: 'The ferry ' },
      'run/cannot-continue',
    ],
  ])('comes to an end, once, where nothing is left to try: %s', async (_, asked, code) => {
    const { choices, last, all } = await choicesFor(asked, [[full]]);
    expect(choices).toEqual(['whole: may-fit']);
    expect(last).toMatchObject({ type: 'failure', error: { code } });
    expect(all.map(({ type }) => type)).toEqual(['made-from', 'failure']);
  });

  it('is not changed once something is written: a second answer would stand behind the first', async () => {
    const { choices, all } = await choicesFor({ own: [ferry], text: 'Summarise it.' }, [[says('It '), full], well]);
    expect(choices).toEqual(['whole: may-fit']);
    expect(all.map(({ type }) => type)).toEqual(['text-delta', 'made-from', 'failure']);
  });
});

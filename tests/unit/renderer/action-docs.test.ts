import { describe, expect, it } from 'vitest';
import type { StepKind } from '../../../contract/atom-edit.ts';
import { judgeAtomFile } from '../../../core/atoms/read-atom-file.ts';
import { stepKinds } from '../../../core/steps/step-kinds.ts';
import {
  copyOf,
  freeId,
  newDoc,
  readDoc,
  stepsOf,
  withSteps,
  withText,
  write,
} from '../../../renderer/window/actions/doc.ts';
import { bridge, moved, newStep, switched, withField } from '../../../renderer/window/actions/step-edits.ts';

const kinds = stepKinds();
const kind = (name: string): StepKind => {
  const found = kinds.find((one) => one.do === name);
  if (found === undefined) throw new Error(`no kind ${name}`);
  return found;
};
const both = (text: string) => ({ en: text, 'zh-CN': text });

describe('the file of an action as the form changes it', () => {
  const text = `{
  "atom": 1, "id": "x", "name": { "en": "X", "zh-CN": "某" }, "input": "selection", "output": "show",
  "grounded": true, "prompt": { "en": "Say", "zh-CN": "说" }, "maxTokens": 64, "colour": "of tomorrow"
}`;
  const doc = readDoc(text) ?? {};

  it('keeps what the form knows nothing of, wherever it stands', () => {
    const steps = stepsOf(doc);
    const next = withSteps(doc, [{ ...steps[0], prompt: both('Sing') }]);
    expect(next).toEqual({ ...doc, prompt: both('Sing') });
    const chain = { atom: 2, later: { a: 1 }, steps: [{ do: 'unique', note: 'mine' }, { do: 'dance' }] };
    expect(withSteps(chain, switched(stepsOf(chain), 0)).steps).toEqual([
      { do: 'unique', note: 'mine', off: true },
      { do: 'dance' },
    ]);
  });

  it('of one prompt becomes a chain with the step that is added, and says no more that it is looked up in its text', () => {
    const next = withSteps(doc, [...stepsOf(doc), { do: 'case', to: 'upper' }]);
    const { grounded: _, prompt, maxTokens, colour: __, ...rest } = doc;
    expect(next).toEqual({
      ...{ ...rest, colour: 'of tomorrow', atom: 2 },
      steps: [
        { do: 'prompt', prompt, maxTokens },
        { do: 'case', to: 'upper' },
      ],
    });
  });

  it('says a name in both languages until the other one is given', () => {
    expect(withText(undefined, 'en', 'Li')).toEqual(both('Li'));
    expect(withText(both('Li'), 'en', 'List')).toEqual(both('List'));
    expect(withText({ en: 'List', 'zh-CN': '列表' }, 'en', 'Lists')).toEqual({ en: 'Lists', 'zh-CN': '列表' });
  });

  it('gets an id from its name that no other has', () => {
    expect(freeId('Sorted list, again!', 'chain', new Set())).toBe('sorted-list-again');
    expect(freeId('Sorted list', 'chain', new Set(['sorted-list', 'sorted-list-2']))).toBe('sorted-list-3');
    expect(freeId('排序', 'chain', new Set(['chain-1']))).toBe('chain-2');
    expect(freeId('', 'action', new Set())).toBe('action-1');
    expect(freeId('É'.repeat(90), 'action', new Set()).length).toBeLessThanOrEqual(60);
  });

  it('that is new or a copy is one that the reader takes once its words are filled in', () => {
    const action = { ...newDoc('action', 'a'), name: both('A'), prompt: both('Say') };
    const chain = { ...newDoc('chain', 'c'), name: both('C'), steps: [newStep(kind('split'))] };
    const copy = copyOf({ ...action, family: { of: 'tidy', name: both('A') } }, 'a-2', (name) => `${name} (copy)`);
    for (const one of [action, chain, copy]) expect(judgeAtomFile(write(one))).toHaveProperty('atom');
    expect(copy).toMatchObject({ id: 'a-2', name: both('A (copy)') });
    expect(copy).not.toHaveProperty('family');
  });

  it.each(['', '[]', '7', 'null', '{"a":'])('is none where the text is %j', (none) => {
    expect(readDoc(none)).toBeNull();
  });
});

describe('the steps of a chain', () => {
  const steps = [{ do: 'a' }, { do: 'b' }, { do: 'c' }];

  it('move to where they are put, and not out of the chain', () => {
    expect(moved(steps, 0, 2).map((step) => step.do)).toEqual(['b', 'c', 'a']);
    expect(moved(steps, 2, 0).map((step) => step.do)).toEqual(['c', 'a', 'b']);
    expect(moved(steps, 0, -1)).toBe(steps);
    expect(moved(steps, 2, 3)).toBe(steps);
  });

  it('say nothing of what is as usual', () => {
    const sort = kind('sort');
    const order = sort.fields[1];
    if (order === undefined) throw new Error('sort has no order');
    expect(withField({ do: 'sort', by: 'text', order: 'down' }, order, 'up')).toEqual({ do: 'sort', by: 'text' });
    expect(withField({ do: 'sort', by: 'text' }, order, 'down')).toEqual({ do: 'sort', by: 'text', order: 'down' });
  });

  it.each([
    ['text', ['list'], 'split'],
    ['list', ['text'], 'join'],
    ['table', ['text'], 'write-table'],
    ['text', ['table'], 'read-table'],
  ] as const)('that get %s where they take %j have one that leads there: %s', (from, takes, name) => {
    expect(bridge(kinds, from, takes)?.do).toBe(name);
  });
});

import { describe, expect, it } from 'vitest';
import type { TrialPart } from '../../../contract/atom-edit.ts';
import { afterSave, edited, fresh, isDirty, opened, readAgain } from '../../../renderer/window/actions/drafts.ts';
import { begin, edit, redo, undo } from '../../../renderer/window/actions/history.ts';
import { followSteps } from '../../../renderer/window/actions/step-keys.ts';
import {
  fromLines,
  type Outputs,
  takePart,
  toLines,
  valueBefore,
} from '../../../renderer/window/actions/trial-state.ts';

const write = (text: string, what: string | null = null, at = 0) => ({ type: 'write', text, what, at }) as const;

describe('undoing in the editor', () => {
  it('takes back what was typed in one field at once as one edit, and other edits one by one', () => {
    let history = begin('a');
    history = edit(history, 'ab', 'name', 0);
    history = edit(history, 'abc', 'name', 500);
    history = edit(history, 'abcd', 'hint', 600);
    history = edit(history, 'abcde', 'hint', 3000);
    history = undo(history);
    expect(history.now).toBe('abcd');
    expect(undo(history).now).toBe('abc');
    expect(undo(undo(history)).now).toBe('a');
    expect(undo(undo(undo(history))).now).toBe('a');
    expect(redo(redo(undo(undo(history)))).now).toBe('abcd');
  });

  it('does not go on with an edit after it was undone, and forgets what was undone at the next edit', () => {
    const history = undo(edit(begin('a'), 'ab', 'name', 0));
    const next = edit(history, 'ac', 'name', 1);
    expect(next).toMatchObject({ past: ['a'], now: 'ac', future: [] });
  });
});

describe('what is open in the editor', () => {
  const file = { file: 'x.json', text: 'old', hash: '1' };

  it('is to be saved once it is another text than on the disk, and not any more when that is undone', () => {
    const draft = edited(opened('id:x', file), write('new'));
    expect(isDirty(draft)).toBe(true);
    expect(isDirty(edited(draft, { type: 'undo' }))).toBe(false);
    expect(isDirty(fresh('new:1', '{}'))).toBe(false);
    expect(isDirty(edited(fresh('new:1', '{}'), write('{ }')))).toBe(true);
  });

  it('is never changed where it comes with Beckon', () => {
    const builtIn = opened('id:x', { ...file, file: null });
    expect(edited(builtIn, write('new'))).toBe(builtIn);
  });

  it('follows a file that others change while nothing was typed, and keeps what was', () => {
    const there = { file: 'x.json', text: 'theirs', hash: '2' };
    const followed = readAgain(opened('id:x', file), there);
    expect(followed.history.now).toBe('theirs');
    expect(isDirty(followed)).toBe(false);
    const typed = edited(opened('id:x', file), write('mine'));
    expect(readAgain(typed, there)).toBe(typed);
  });

  it('that was typed in while it was being saved is still to be saved', () => {
    const draft = edited(edited(fresh('new:1', ''), write('one')), write('two'));
    expect(isDirty(afterSave(draft, 'x.json', 'one', '1'))).toBe(true);
  });
});

describe('steps that are followed through edits', () => {
  let count = 0;
  const newKey = () => {
    count += 1;
    return `new-${count}`;
  };
  const [a, b, c] = [{ do: 'a' }, { do: 'b' }, { do: 'b' }];
  const before = followSteps([], [a, b, c], newKey);
  const keys = before.map(({ key }) => key);
  const keysOf = (...steps: readonly object[]) =>
    followSteps(before, steps as readonly Readonly<Record<string, unknown>>[], () => '?').map(({ key }) => key);

  it('keep their keys where they are moved, removed or changed, two that are alike too', () => {
    const [one, two, three] = keys;
    expect(new Set(keys).size).toBe(3);
    expect(keysOf(b, a, c)).toEqual([two, one, three]);
    expect(keysOf(a, c)).toEqual([one, two]);
    expect(keysOf(a, { do: 'b', off: true }, c)).toEqual([one, two, three]);
    // Two that are alike may be either of the two, and never both the same.
    const added = keysOf(a, { do: 'new' }, b, c);
    expect([added[0], added[1], new Set(added).size]).toEqual([one, '?', 4]);
  });
});

describe('what steps come to on the sample', () => {
  const keys = ['k0', 'k1', 'k2'];
  const made = (step: number, text: string, isWhole = true): TrialPart => ({
    ...{ type: 'step-made', step, value: { type: 'text', text }, isWhole, size: text.length, ms: 1 },
    ...{ modelName: null, host: null },
  });
  const all = (...parts: readonly TrialPart[]) =>
    parts.reduce<Outputs>((outputs, part) => takePart(outputs, part, keys), new Map());

  it('is gone behind a step that is done anew', () => {
    const outputs = all(made(0, 'a'), made(1, 'b'), made(2, 'c'), { type: 'step-begun', step: 1 });
    expect([...outputs.keys()]).toEqual(['k0', 'k1']);
    expect(outputs.get('k1')?.status).toBe('working');
    expect(all(made(0, 'a'), made(1, 'b'), { type: 'model-wanted', step: 0 }).size).toBe(1);
  });

  it('grows as it is written, and begins anew where that was thinking', () => {
    const begun: TrialPart = { type: 'step-begun', step: 0 };
    const says = (text: string): TrialPart => ({ type: 'text-delta', step: 0, text });
    expect(all(begun, says('a'), says('b')).get('k0')).toMatchObject({ text: 'ab' });
    expect(all(begun, says('a'), { type: 'text-restarted', step: 0 }, says('b')).get('k0')).toMatchObject({
      text: 'b',
    });
  });

  it('comes to the next step past those that are switched off, and only where it is known whole', () => {
    const outputs = all(made(0, 'a'), { type: 'step-passed', step: 1, why: 'off' });
    expect(valueBefore(outputs, keys, 2, 'sample')).toEqual({ type: 'text', text: 'a' });
    expect(valueBefore(outputs, keys, 0, 'sample')).toEqual({ type: 'text', text: 'sample' });
    expect(valueBefore(all(made(0, 'a', false)), keys, 1, 'sample')).toBeNull();
    expect(valueBefore(new Map(), keys, 1, 'sample')).toBeNull();
  });

  it.each([
    { type: 'text', text: 'a\n\nb' },
    { type: 'list', items: ['a', 'b c'] },
    {
      type: 'table',
      rows: [
        ['a', ''],
        ['c', 'd'],
      ],
    },
  ] as const)('can be changed as lines, and is the same again: %j', (value) => {
    const lines = toLines(value);
    expect(lines).not.toBeNull();
    expect(fromLines(lines ?? '', value.type)).toEqual(value);
  });

  it('is not offered to be changed where lines would say something else', () => {
    expect(toLines({ type: 'list', items: ['a\nb'] })).toBeNull();
    expect(toLines({ type: 'table', rows: [['a\tb']] })).toBeNull();
  });
});

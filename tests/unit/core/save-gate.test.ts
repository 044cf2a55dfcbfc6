import { describe, expect, it } from 'vitest';
import type { AtomFile } from '../../../contract/atom.ts';
import { widensBySaving } from '../../../core/atoms/save-gate.ts';

const name = { en: 'Mine', 'zh-CN': '我的' };
const prompt = { en: 'Do it.', 'zh-CN': '做。' };
const common = { id: 'mine', name, input: 'selection', output: 'show' } as const;
const plain: AtomFile = { atom: 2, ...common, steps: [{ do: 'count', what: 'words' }] };
const asksHere: AtomFile = { atom: 1, ...common, prompt, permissions: { model: 'here' } };
const asks: AtomFile = { atom: 1, ...common, prompt };
const writes: AtomFile = { ...plain, output: 'replace' };
const opens: AtomFile = { atom: 2, ...common, steps: [{ do: 'open-link' }] };
const adds: AtomFile = { atom: 2, ...common, steps: [{ do: 'append-file', file: 'a.md' }] };
const addsElsewhere: AtomFile = { atom: 2, ...common, steps: [{ do: 'append-file', file: 'b.md' }] };
const off: AtomFile = { atom: 2, ...common, steps: [{ do: 'open-link', off: true }, { do: 'unique' }] };

describe('an action that a page saves', () => {
  it.each<[string, AtomFile, AtomFile, boolean]>([
    ['another wording', asks, { ...asks, prompt: { ...prompt, en: 'Do it well.' } }, false],
    ['a model, where none was asked', plain, asks, true],
    ['a model of this machine, where none was asked', plain, asksHere, true],
    ['a server, where it stayed here', asksHere, asks, true],
    ['less', asks, asksHere, false],
    ['its result in the place of the selection', plain, writes, true],
    ['links', plain, opens, true],
    ['a file', plain, adds, true],
    ['another file', adds, addsElsewhere, true],
    ['the same file', adds, { ...adds, output: 'show' }, false],
    ['a step that is switched off', plain, off, false],
    ['that step switched on', off, opens, true],
  ])('is asked about where it brings more: %s', (_, here, next, isAsked) => {
    expect(widensBySaving(next, { here, wasHere: false, isBound: false })).toBe(isAsked);
  });

  it('is asked about where its id has a key or a model that waits for it, unless it was there before', () => {
    const gone = { here: null, wasHere: false, isBound: true };
    expect(widensBySaving(asks, gone)).toBe(true);
    expect(widensBySaving(plain, gone)).toBe(false);
    expect(widensBySaving(asks, { ...gone, wasHere: true })).toBe(false);
    expect(widensBySaving(asks, { ...gone, isBound: false })).toBe(false);
  });
});

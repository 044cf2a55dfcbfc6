import { describe, expect, it } from 'vitest';
import type { ModelRow } from '../../../contract/model.ts';
import { createTranslator } from '../../../locales/translator.ts';
import { nameCommands } from '../../../renderer/overlay/commands/name-commands.ts';
import { type Found, listRows, type RowsInput } from '../../../renderer/overlay/list-rows.ts';
import { rowsForModels } from '../../../renderer/overlay/model-rows.ts';
import { emptyContext } from '../../support/command-context.ts';

const translator = createTranslator('en');
const context = { ...emptyContext, canUndo: true };
const named = nameCommands(translator, context);
const found: Found = { recent: [], hits: [], named, clips: [], keeping: 'off', now: 0 };
const input: RowsInput = {
  ...({ view: 'box', text: '', context, models: [], translator, reading: false, actions: [] } as const),
  ...({ atHand: 'words', backIn: null, hasFile: false, isLocked: false, shownCount: 1 } as const),
};
const correct = {
  ...({ actionId: 'correct', name: 'Correct', hint: '', icon: null, output: 'replace', usedAt: 0 } as const),
  ...{ family: null, aliases: ['Correct'] },
} as const;
const backIn = { application: 'Mousepad', since: Date.now() - 12_000, isBehind: false };

describe('the list under the input', () => {
  // Typing one letter under an answer took the answer away, and showed a row that said what was typed.
  it('is empty under an answer, whatever is typed: also a name of a command', () => {
    for (const text of ['', 'And which of', 'settings', 'set'])
      expect(listRows({ ...input, reading: true, text }, found), text).toEqual([]);
    expect(listRows({ ...input, text: 'And which of' }, found)[0]).toMatchObject({ kind: 'ask' });
  });

  // The way back from a wrong correction was the last of eighteen rows.
  it('begins with taking back what was put in, with where and when', () => {
    const rows = listRows({ ...input, actions: [correct], backIn }, found);
    expect(rows[0]).toMatchObject({ command: 'undo-put-back', hint: 'Mousepad · 12 s ago' });
    expect(listRows({ ...input, backIn }, found)[0]).toMatchObject({ command: 'undo-put-back' });
  });

  it('has that second where another text is selected, so that Enter goes on with the work', () => {
    const rows = listRows({ ...input, actions: [correct], backIn: { ...backIn, isBehind: true } }, found);
    expect(rows[0]).toMatchObject({ actionId: 'correct' });
    expect(rows[1]).toMatchObject({ command: 'undo-put-back' });
    // Also where nothing can be done with what was added, such as a file that cannot be read.
    const none = listRows({ ...input, backIn: { ...backIn, isBehind: true } }, found);
    expect(none[0]).not.toMatchObject({ command: 'undo-put-back' });
    expect(none[1]).toMatchObject({ command: 'undo-put-back' });
  });

  // A file was dropped on the box, and Enter had its file manager asked for a copy.
  it('offers to look for what is selected behind what can be done with a file', () => {
    const offering = { ...emptyContext, offersCopy: true };
    const offered = { ...found, named: nameCommands(translator, offering) };
    const asked = { ...input, context: offering, actions: [correct] };
    expect(listRows(asked, offered)[0]).toMatchObject({ command: 'look-once' });
    const rows = listRows({ ...asked, hasFile: true }, offered);
    expect(rows[0]).toMatchObject({ actionId: 'correct' });
    expect(rows[1]).toMatchObject({ command: 'look-once' });
  });

  // A row showed “3”, and the key 3 typed a 3 that Enter asked the model.
  it('has the row first whose number was typed without Ctrl, and what was typed behind it', () => {
    const summarise = { ...correct, actionId: 'summarise', name: 'Summarise', output: 'show' } as const;
    const typed = { ...input, actions: [correct, summarise] };
    const shown = listRows(typed, found);
    const [first, second] = listRows({ ...typed, text: '2' }, found);
    expect(first).toEqual(shown[1]);
    expect(second).toMatchObject({ kind: 'ask', text: '2' });
    for (const text of ['9', '0', '22', '2 + 2'])
      expect(listRows({ ...typed, text }, found)[0], text).toMatchObject({ kind: 'ask', text });
    // Without a text to do something with, the rows show no numbers, and a digit is a question.
    expect(listRows({ ...input, text: '1' }, found)[0]).toMatchObject({ kind: 'ask', text: '1' });
  });

  it('asks in the person’s own words where no way to rewrite is called so', () => {
    expect(listRows({ ...input, view: 'rewrite', text: 'like a pirate' }, found)[0]).toMatchObject({
      kind: 'ask',
      text: 'Rewrite the text above. How: like a pirate. Write only the new text, nothing else.',
    });
  });
});

describe('the models to choose among', () => {
  const model = (id: string, more: Partial<ModelRow>): ModelRow =>
    ({ id, name: id, kind: 'catalogue', installed: true, chosen: false, ...more }) as ModelRow;
  const models = [
    model('missing', { installed: false }),
    model('small', {}),
    model('in-use', { kind: 'server', host: '127.0.0.1:80', chosen: true }),
    model('far', { kind: 'server', host: 'api.example.com' }),
    model('near', { kind: 'server', host: '192.168.1.4:8080' }),
  ];
  const ids = (rows: ReturnType<typeof rowsForModels>) => rows.map((row) => row.kind === 'model' && row.model.id);

  // Two models that were not there stood first, and the one in use was the third from the end.
  it('begin with the one in use, stand by where they answer, and end with what is not here', () => {
    expect(ids(rowsForModels({ models, query: '', withMissing: true, isLocked: false }))).toEqual([
      ...['in-use', 'near', 'small', 'missing', 'far'],
    ]);
    expect(ids(rowsForModels({ models, query: '', withMissing: false, isLocked: false }))).not.toContain('missing');
    expect(ids(rowsForModels({ models, query: 'example', withMissing: true, isLocked: false }))).toEqual(['far']);
  });

  // With the lock on, two rows still said that Enter gets a model.
  it('are shut by the offline lock where another machine would have to be asked', () => {
    const shut = (isLocked: boolean) =>
      rowsForModels({ models, query: '', withMissing: true, isLocked }).flatMap((row) =>
        row.kind === 'model' && row.isClosed ? [row.model.id] : [],
      );
    expect(shut(true)).toEqual(['near', 'missing', 'far']);
    expect(shut(false)).toEqual([]);
  });
});

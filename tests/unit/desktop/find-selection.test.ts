import { describe, expect, it } from 'vitest';
import { AppError } from '../../../contract/errors.ts';
import type { May } from '../../../desktop/applications/judge.ts';
import { SelectionFinder } from '../../../desktop/x11/find-selection.ts';
import type { Pasting } from '../../../desktop/x11/paste-place.ts';
import { textHolding } from '../../fakes/text-object.ts';

const busy = new AppError('capture/not-answering', 'no answer');
const unused = () => Promise.reject(new Error('not to be called'));
const pasting: Pasting = {
  judge: { requireNoTerminal: unused },
  keys: { waitForFocus: unused, press: unused },
  primary: { read: unused, look: unused },
  still: { require: unused, noteCharacter: unused },
  once: { untilFree: unused, paste: unused },
  landed: { look: unused, untilFollows: unused },
  undo: { undo: unused },
  seen: 'always',
};

interface Told {
  readonly application?: string;
  /** What the accessibility interface tells, and whether it can write it and the object holds no more than its own text. */
  readonly object?: {
    readonly text: string;
    readonly editable?: boolean;
    readonly isField?: boolean;
    readonly whole?: boolean;
  } | null;
  /** Whether what has the focus is found by patience alone. */
  readonly isSearchLong?: boolean;
  /** What PRIMARY holds each time that it is asked; the last one goes on. */
  readonly primary?: readonly (string | AppError | null)[];
  readonly isElsewhere?: boolean;
  readonly isOwn?: boolean;
  readonly offersHtml?: boolean;
  readonly copied?: string | null;
  /** What is judged of a paste and of a copy; both as they are where nothing was tried. */
  readonly paste?: May;
  readonly copy?: May;
  /** Whether the person agreed to a copy. */
  readonly agreed?: boolean;
}

async function found(told: Told) {
  const { application = 'mousepad', object = null, isElsewhere = false, isOwn = false, offersHtml = false } = told;
  const window = { windowId: '7', processId: 1, application, title: null };
  const held = [...(told.primary ?? [null])];
  const asked: string[] = [];
  const finder = new SelectionFinder({
    x: { sameClient: async () => !isElsewhere },
    windows: { whereElse: async () => ({ elsewhere: true }) },
    accessibility: {
      find: async (_, patient = false) => {
        if (told.isSearchLong === true && !patient) return 'busy';
        return object && { ...textHolding('').found, editable: true, whole: false, ...object };
      },
    },
    primary: {
      read: async () => {
        asked.push('primary');
        const now = (held.length > 1 ? held.shift() : held[0]) ?? null;
        if (now instanceof AppError) throw now;
        return now === null ? null : { owner: 8, text: now };
      },
      isOwn: async () => isOwn,
      isOwnedBy: async () => !isElsewhere,
      offersHtml: async () => offersHtml,
    },
    judge: {
      of: async () => ({
        paste: told.paste ?? 'never',
        pastesBeside: false,
        copy: told.copy ?? 'never',
        isTerminal: false,
        mayHideSelections: true,
      }),
    },
    copy: {
      isDocument: async () => true,
      read: async () => {
        asked.push('copy');
        return told.copied ?? null;
      },
    },
    copies: { isCopied: (text) => text === 'Copied by Beckon.' },
    pasting,
    pastingByObject: () => pasting,
    pastingByCopy: () => ({ ...pasting, seen: 'when-not-lent' }),
  });
  const selection = await finder.find({ window, ahead: null, agreed: told.agreed ?? false });
  const { place, ...rest } = selection ?? { place: null };
  return {
    ...rest,
    editable: place?.editable,
    takesRichText: place?.takesRichText,
    asksFirst: place?.asksFirst,
    asked,
  };
}

describe('selected text', () => {
  it('of the usual field is what its object tells, and nobody else is asked', async () => {
    const object = { text: 'A field.', whole: true };
    const usual = await found({ object, primary: ['A field. And more.'] });
    expect(usual).toMatchObject({ route: 'accessibility', editable: 'in-place', takesRichText: false, asked: [] });
  });

  // FocusWriter on a loaded machine: its text was being searched for still when it was said that nothing is selected.
  it('is what a long search for the focus comes to, where nothing in that window tells it', async () => {
    const told = { object: { text: 'A field.', whole: true }, isSearchLong: true };
    const field = { text: 'A field.', route: 'accessibility', editable: 'in-place' };
    expect(await found({ ...told, primary: [null] })).toMatchObject(field);
    expect(await found({ ...told, primary: ['An older one.'], isElsewhere: true })).toMatchObject(field);
    expect(await found({ ...told, primary: ['A field.'] })).toMatchObject({ text: 'A field.', route: 'primary' });
  });

  it('of several paragraphs is what PRIMARY holds where one object tells a part of it, also after it was busy once', async () => {
    for (const primary of [['One.\nTwo.\n'], [busy, 'One.\nTwo.\n']])
      expect(await found({ object: { text: 'Two.' }, primary })).toMatchObject({
        text: 'One.\nTwo.\n',
        route: 'primary',
      });
  });

  it('is what the object tells where PRIMARY is of another window, of another text, or cannot be read', async () => {
    for (const told of [
      { primary: ['One.\nTwo.\n'], isElsewhere: true },
      { primary: ['Three.'] },
      { primary: [busy] },
      { primary: ['One.\nTwo.\n'], isOwn: true },
    ])
      expect(await found({ object: { text: 'Two.' }, ...told })).toMatchObject({
        text: 'Two.',
        route: 'accessibility',
      });
  });

  it('that cannot be written in place takes a paste, in an application that is known to take one', async () => {
    const told = { object: { text: 'A page.', editable: false }, primary: ['A page.'] };
    const known = { route: 'primary', editable: 'by-paste', asksFirst: false };
    expect(await found({ ...told, application: 'firefox', paste: 'yes' })).toMatchObject(known);
    expect(await found({ ...told, application: 'emacs' })).toMatchObject({ route: 'accessibility', editable: 'no' });
  });

  // In Kate and KWrite, which tell their text there and take none, "Beckon does not write here" was said.
  it('that a field tells and takes by no other way takes a paste that the field itself shows', async () => {
    const object = { text: 'A line.', editable: false, isField: true, whole: true };
    const byObject = { route: 'accessibility', editable: 'by-paste' };
    expect(await found({ object, paste: 'yes' })).toMatchObject({ ...byObject, asksFirst: false });
    expect(await found({ object, paste: 'when-agreed' })).toMatchObject({ ...byObject, asksFirst: true });
    for (const told of [
      { object, paste: 'never' },
      { object: { ...object, isField: false }, paste: 'yes' },
      { object: { ...object, whole: false }, paste: 'yes' },
      { object, paste: 'yes', application: 'libreoffice-calc' },
    ] as const)
      expect(await found(told)).toMatchObject({ route: 'accessibility', editable: 'no' });
  });

  // Outside of GTK a list of names decided, and whatever nobody had thought of got its answer into the clipboard alone.
  it('in an application that nobody has tried takes a paste after the person was asked', async () => {
    const untried = { editable: 'by-paste', asksFirst: true };
    expect(await found({ primary: ['Untried.'], paste: 'when-agreed' })).toMatchObject(untried);
    expect(await found({ primary: ['Not seen.'], paste: 'never' })).toMatchObject({ editable: 'no', asksFirst: false });
  });

  it('that is offered as HTML takes rich text, and plain text in place', async () => {
    const told = { object: { text: 'Bold.' }, primary: ['Bold.'], paste: 'yes' as const };
    const rich = { route: 'accessibility', editable: 'in-place', takesRichText: true };
    expect(await found({ ...told, offersHtml: true })).toMatchObject(rich);
    expect(await found(told)).toMatchObject({ ...rich, takesRichText: false });
    // It would go in by a key, which nobody agreed to.
    const untried = { ...told, offersHtml: true, paste: 'when-agreed' as const };
    expect(await found(untried)).toMatchObject({ ...rich, takesRichText: false });
  });

  it('is told by a copy where one is needed, and an older PRIMARY of the same window is not taken for it', async () => {
    const told = { application: 'evince', primary: ['An older one.'], copy: 'yes' as const };
    expect(await found({ ...told, copied: 'A page.' })).toMatchObject({
      text: 'A page.',
      route: 'copy',
      editable: 'no',
    });
    expect(await found({ ...told, copied: null })).toEqual({ asked: ['copy', 'primary'] });
  });

  it('is told by a copy in an application that nobody has tried once the person agreed, after PRIMARY was asked', async () => {
    const told = { copy: 'when-agreed' as const, copied: 'A page.' };
    expect(await found(told)).toEqual({ asked: ['primary'] });
    expect(await found({ ...told, agreed: true })).toMatchObject({ text: 'A page.', asked: ['primary', 'copy'] });
    const shown = { ...told, agreed: true, primary: ['Shown.'] };
    expect(await found(shown)).toMatchObject({ text: 'Shown.', asked: ['primary'] });
    expect(await found({ ...told, copy: 'never', agreed: true })).toEqual({ asked: ['primary'] });
  });

  // Kate, jEdit and others show what the keyboard selects nowhere: it could be read, and its answer only copied.
  it('that a copy alone tells takes a paste too, where the application takes one', async () => {
    const told = { copy: 'when-agreed', copied: 'A line.', agreed: true } as const;
    const asked = { route: 'copy', editable: 'by-paste', asksFirst: true };
    expect(await found({ ...told, paste: 'when-agreed' })).toMatchObject(asked);
    expect(await found({ ...told, paste: 'yes' })).toMatchObject({ ...asked, asksFirst: false });
    expect(await found({ ...told, paste: 'never' })).toMatchObject({ route: 'copy', editable: 'no' });
  });

  it('that a copy alone tells takes no paste where that could not be checked: in cells, and where it is next to nothing', async () => {
    const told = { copy: 'when-agreed', agreed: true, paste: 'yes' } as const;
    expect(await found({ ...told, application: 'gnumeric', copied: 'A\tB' })).toMatchObject({ editable: 'no' });
    expect(await found({ ...told, copied: 'it' })).toMatchObject({ editable: 'no' });
  });

  it('of another window is told as such, and what Beckon copied or looked at itself is none', async () => {
    expect(await found({ primary: ['Elsewhere.'], isElsewhere: true })).toMatchObject({
      fresh: false,
      elsewhere: true,
    });
    expect(await found({ primary: ['Copied by Beckon.'], isElsewhere: true })).toEqual({ asked: ['primary'] });
    expect(await found({ primary: ['Looked at.'], isOwn: true })).toEqual({ asked: ['primary'] });
  });
});

import type { TextObject } from '../../desktop/atspi/text-target.ts';

/**
 * An object of another application that holds a text, some of which is selected. `fails`: what the next calls of that name
 * throw, in order; a null is a call that does what it should.
 */
export function textHolding(
  text: string,
  fails: Partial<Record<'deleteText' | 'insertText' | 'length', (Error | null)[]>> = {},
) {
  let held = text;
  const tried = (name: keyof typeof fails) => {
    const error = fails[name]?.shift() ?? null;
    if (error !== null) throw error;
  };
  const object: TextObject = {
    patient: () => object,
    role: async () => 61,
    toolkit: async () => 'qt',
    selection: async () => null,
    text: async (start: number, end: number) => held.slice(start, end),
    length: async () => {
      tried('length');
      return held.length;
    },
    deleteText: async (start: number, end: number) => {
      tried('deleteText');
      held = held.slice(0, start) + held.slice(end);
    },
    insertText: async (at: number, added: string) => {
      tried('insertText');
      held = held.slice(0, at) + added + held.slice(at);
    },
  };
  const found = { object, start: 4, end: 9, text: text.slice(4, 9), editable: true, isField: true, whole: true };
  return { found, held: () => held };
}

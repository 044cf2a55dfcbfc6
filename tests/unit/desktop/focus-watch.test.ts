import { describe, expect, it } from 'vitest';
import type { BusConnection } from '../../../desktop/atspi/accessibility-bus.ts';
import { FocusWatch } from '../../../desktop/atspi/focus-watch.ts';

const processId = 7;
const sender = ':1.7';
const bits = { editable: 7, focused: 12, showing: 25 } as const;

/** An object by its name: what is in it, and what it is. */
interface Part {
  readonly is?: readonly (keyof typeof bits)[];
  readonly holdsText?: boolean;
  readonly children?: readonly string[];
}

/** The accessibility bus with one application, whose objects tell of the focus by `tell`. */
async function watched(parts: Readonly<Record<string, Part>>) {
  let listener: Parameters<BusConnection['listen']>[1] = () => {};
  const asked: string[] = [];
  const answers: Readonly<Record<string, (part: Part) => readonly unknown[]>> = {
    GetState: ({ is = [] }) => {
      const words = [0, 0];
      for (const name of is) words[0] = (words[0] ?? 0) | (1 << bits[name]);
      return [words];
    },
    GetChildren: ({ children = [] }) => [children.map((path) => [sender, path])],
    GetInterfaces: ({ holdsText = false }) => [holdsText ? ['org.a11y.atspi.Text'] : []],
  };
  const watch = await FocusWatch.start(
    {
      listen: async (_, heard) => {
        listener = heard;
      },
      call: async ({ on, member }) => {
        if (member === 'GetState') asked.push(on.path);
        return answers[member]?.(parts[on.path] ?? {}) ?? [];
      },
      processId: async () => processId,
      property: async () => undefined,
      dispose: () => {},
    },
    false,
  );
  const tell = async (path: string) => {
    listener({ sender, path, member: 'StateChanged', body: ['focused', 1] });
    await Promise.resolve();
  };
  return { watch, tell, asked };
}

describe('the field with the keyboard', () => {
  // Kate tells of its document and then of its tab, and the document went on having the keyboard: nothing was found in it.
  it('is the text that told of it before, where something around it told of it last', async () => {
    const { watch, tell } = await watched({
      document: { is: ['focused', 'editable'], holdsText: true },
      tab: { is: ['focused'] },
      bar: { is: ['focused'] },
    });
    for (const path of ['document', 'tab', 'bar']) await tell(path);
    expect(watch.focusedIn(processId)?.ref.path).toBe('bar');
    expect((await watch.textFocusedIn(processId))?.ref.path).toBe('document');
  });

  it('is none that told of it before and has it no more', async () => {
    const { watch, tell } = await watched({
      document: { is: ['editable'], holdsText: true },
      tab: { is: ['focused'] },
    });
    for (const path of ['document', 'tab']) await tell(path);
    expect(await watch.textFocusedIn(processId)).toBe(null);
  });

  // A document behind some hundred closed menus was never reached: a search ends after so many objects.
  it('is found before all that is in closed menus', async () => {
    const items = Array.from({ length: 700 }, (_, index) => `item ${index}`);
    const { watch, asked } = await watched({
      '/org/a11y/atspi/accessible/root': { children: ['application'] },
      application: { children: ['window'] },
      window: { is: ['showing'], children: ['menu', 'area'] },
      menu: { children: items },
      area: { is: ['showing'], children: ['document'] },
      document: { is: ['showing', 'focused', 'editable'], holdsText: true },
    });
    expect((await watch.search(processId))?.ref.path).toBe('document');
    expect(asked.length).toBeLessThan(10);
  });
});

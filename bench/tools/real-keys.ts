import type { XTest } from 'x11';
import type { X11Connection } from '../../desktop/x11/x11-connection.ts';

/** Presses keys by XTEST from this process, so that no program has to start in between; keysyms, held one after another. */
export async function chord(x: X11Connection, keysyms: readonly number[]): Promise<() => Promise<void>> {
  const client = await x.client();
  const { min_keycode: first, max_keycode: last } = (await x.ready) as unknown as Record<string, number>;
  const rows = await new Promise<readonly (readonly number[])[]>((resolve, reject) => {
    const [from, to] = [first ?? 8, last ?? 255];
    client.GetKeyboardMapping(from, to - from + 1, (error, list) => (error ? reject(error) : resolve(list)));
  });
  const codes = keysyms.map((keysym) => rows.findIndex((row) => row.includes(keysym)) + (first ?? 8));
  const test = await new Promise<XTest>((resolve, reject) => {
    client.require('xtest', (error, extension) => (error ? reject(error) : resolve(extension)));
  });
  return () => {
    for (const code of codes) test.FakeInput(test.KeyPress, code, 0, 0, 0, 0);
    for (const code of [...codes].reverse()) test.FakeInput(test.KeyRelease, code, 0, 0, 0, 0);
    return new Promise((resolve) => {
      client.QueryKeymap(() => resolve());
    });
  };
}

import type { AccessibleRef, BusConnection } from './accessibility-bus.ts';
import { ifRefused } from './ask-again.ts';

/** Numbers of AtspiRole and AtspiStateType (atspi-constants.h) that matter here. */
export const roles = { passwordText: 40, terminal: 60, text: 61, entry: 79 } as const;
const states = { active: 1, editable: 7, focused: 12, showing: 25 } as const;
export type StateName = keyof typeof states;
const stateNames = Object.keys(states) as readonly StateName[];

/** An application lays a large document out for some seconds. */
const patientMs = 5000;
export const rootPath = '/org/a11y/atspi/accessible/root';
const textInterface = 'org.a11y.atspi.Text';
const editableInterface = 'org.a11y.atspi.EditableText';
const accessibleInterface = 'org.a11y.atspi.Accessible';

/** One object of another application, asked over the accessibility bus. Offsets are in that application's own unit. */
export class Accessible {
  readonly ref: AccessibleRef;
  readonly #bus: BusConnection;
  readonly #limitMs: number | undefined;

  /** `limitMs`: longest wait for each answer, for a short while when left out. */
  constructor(bus: BusConnection, ref: AccessibleRef, limitMs?: number) {
    this.#bus = bus;
    this.ref = ref;
    this.#limitMs = limitMs;
  }

  /** Answers this object with no limit of time: a change that was asked for is made however late the answer comes. */
  patient(): Accessible {
    return new Accessible(this.#bus, this.ref, patientMs);
  }

  async role(): Promise<number> {
    const [role] = await this.#ask(accessibleInterface, 'GetRole');
    return Number(role);
  }

  /** Answers the title of a window. It is text of another application. */
  async name(): Promise<string> {
    return String(await this.#bus.property(this.ref, accessibleInterface, 'Name', this.#limitMs)).toWellFormed();
  }

  async applicationName(): Promise<string> {
    const root = { sender: this.ref.sender, path: rootPath };
    return String(await this.#bus.property(root, accessibleInterface, 'Name')).toWellFormed();
  }

  /** Whether a window of its application has the keyboard. */
  async applicationIsActive(): Promise<boolean> {
    const windows = await new Accessible(
      this.#bus,
      { sender: this.ref.sender, path: rootPath },
      this.#limitMs,
    ).children();
    const active = await Promise.all(windows.map((window) => window.has('active').catch(() => false)));
    return active.includes(true);
  }

  /** Asks which of the states that matter here are set. */
  async states(): Promise<readonly StateName[]> {
    const [words] = await this.#ask(accessibleInterface, 'GetState');
    const bits = (words as readonly number[] | undefined) ?? [];
    return stateNames.filter((name) => (((bits[states[name] >> 5] ?? 0) >>> (states[name] & 31)) & 1) === 1);
  }

  async has(state: StateName): Promise<boolean> {
    return (await this.states()).includes(state);
  }

  async interfaces(): Promise<readonly string[]> {
    const [names] = await this.#ask(accessibleInterface, 'GetInterfaces');
    return (names as readonly string[] | undefined) ?? [];
  }

  async holdsText(): Promise<boolean> {
    return (await this.interfaces()).some((name) => name.endsWith('.Text'));
  }

  async children(): Promise<readonly Accessible[]> {
    const [list] = await this.#ask(accessibleInterface, 'GetChildren');
    return ((list as readonly (readonly [string, string])[] | undefined) ?? []).map(
      ([sender, path]) => new Accessible(this.#bus, { sender, path }),
    );
  }

  /** Start and end of the selected text; null when nothing is selected. */
  async selection(): Promise<readonly [number, number] | null> {
    const [[count], range] = await Promise.all([
      this.#ask(textInterface, 'GetNSelections'),
      // Some applications refuse to tell a selection that is not there.
      this.#ask(textInterface, 'GetSelection', 'i', [0]).catch(ifRefused([])),
    ]);
    if (Number(count) < 1) return null;
    const [start, end] = range.map(Number);
    if (start === undefined || end === undefined || start === end) return null;
    // Some applications give the caret's end first.
    return [Math.min(start, end), Math.max(start, end)];
  }

  async text(start: number, end: number): Promise<string> {
    const [text] = await this.#ask(textInterface, 'GetText', 'ii', [start, end]);
    return String(text ?? '');
  }

  async length(): Promise<number> {
    return Number(await this.#bus.property(this.ref, textInterface, 'CharacterCount', this.#limitMs));
  }

  async deleteText(start: number, end: number): Promise<void> {
    await this.#ask(editableInterface, 'DeleteText', 'ii', [start, end]);
  }

  /** `length` counts bytes in GTK and characters in Qt; a wrong one cuts the text short or pads it. */
  async insertText(at: number, text: string, length: number): Promise<void> {
    await this.#ask(editableInterface, 'InsertText', 'isi', [at, text, length]);
  }

  /** The kit the application is built with, such as `gtk` or `Qt`, in lower case. */
  async toolkit(): Promise<string> {
    const root = { sender: this.ref.sender, path: rootPath };
    return String(
      await this.#bus.property(root, 'org.a11y.atspi.Application', 'ToolkitName', this.#limitMs),
    ).toLowerCase();
  }

  #ask(name: string, member: string, signature = '', body: readonly unknown[] = []): Promise<readonly unknown[]> {
    const limit = this.#limitMs === undefined ? {} : { limitMs: this.#limitMs };
    return this.#bus.call({ on: this.ref, interface: name, member, signature, body, ...limit });
  }
}

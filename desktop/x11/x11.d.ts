// The part of the x11 package that this folder uses; the package ships no types.
declare module 'x11' {
  export interface PropertyValue {
    readonly type: number;
    readonly format: number;
    readonly bytesAfter: number;
    readonly data: Buffer;
  }
  /** Events of the core protocol, told apart by `name`. */
  export type XEvent =
    | {
        readonly name: 'PropertyNotify';
        readonly wid: number;
        readonly atom: number;
        readonly state: number;
        readonly time: number;
      }
    | {
        readonly name: 'SelectionNotify';
        readonly requestor: number;
        readonly selection: number;
        readonly target: number;
        readonly property: number;
      }
    | {
        readonly name: 'SelectionRequest';
        readonly owner: number;
        readonly requestor: number;
        readonly selection: number;
        readonly target: number;
        readonly property: number;
        readonly time: number;
      }
    | {
        readonly name: 'KeyPress';
        readonly wid: number;
        readonly keycode: number;
        /** Modifiers and mouse buttons that were down before. */
        readonly buttons: number;
        readonly time: number;
      }
    | { readonly name: 'XIRawButtonPress' | 'XIRawKeyPress'; readonly detail: number; readonly time: number }
    | { readonly name: 'FocusIn' | 'FocusOut'; readonly wid: number; readonly detail: number; readonly mode: number }
    | { readonly name: 'ConfigureNotify'; readonly wid: number; readonly width: number; readonly height: number }
    | {
        readonly name: 'ClientMessage';
        readonly wid: number;
        readonly message_type: number;
        readonly data: readonly number[];
      }
    | { readonly name: 'SelectionClear'; readonly owner: number; readonly selection: number; readonly time: number };
  export interface XTest {
    readonly KeyPress: number;
    readonly KeyRelease: number;
    FakeInput(type: number, keycode: number, time: number, window: number, x: number, y: number): void;
  }
  export interface XKeyboard {
    readonly UseCoreKbd: number;
    GetControls(
      device: number,
      callback: (
        error: Error | null,
        controls: { readonly repeatDelay: number; readonly enabledControls: number },
      ) => void,
    ): void;
  }
  export interface XResource {
    readonly ClientIdMask: { readonly LocalClientPID: number };
    QueryClientIds(
      asked: readonly { readonly client: number; readonly mask: number }[],
      callback: (error: Error | null, ids: readonly { readonly value: readonly number[] }[]) => void,
    ): void;
  }
  export interface XInput {
    readonly EventMask: { readonly RawButtonPress: number; readonly RawKeyPress: number };
    XIQueryVersion(major: number, minor: number, callback: (error: Error | null) => void): void;
    XISelectEvents(window: number, selected: { readonly deviceId: number; readonly mask: number }): void;
  }
  /** Its events are told as `SelectionNotify` too, by fields of their own. */
  export interface XFixes {
    readonly SelectionEventMask: {
      readonly SetSelectionOwner: number;
      readonly SelectionWindowDestroy: number;
      readonly SelectionClientClose: number;
    };
    SelectSelectionInput(window: number, selection: number, eventMask: number): void;
  }
  export interface XShape {
    readonly Kind: { readonly Input: number };
    readonly Op: { readonly Set: number };
    Rectangles(
      op: number,
      kind: number,
      window: number,
      x: number,
      y: number,
      rectangles: readonly (readonly [number, number, number, number])[],
    ): void;
  }
  export interface XClient {
    /** Numbers of atoms that are known, by their names; as it comes one table for all connections of a process. */
    atoms: Readonly<Record<string, number>>;
    /** The socket to the display. */
    stream: { cork(): void; uncork(): void };
    SetSelectionOwner(owner: number, selection: number, time: number): void;
    ChangeProperty(mode: 0 | 1 | 2, window: number, name: number, type: number, units: number, data: Buffer): void;
    SendEvent(destination: number, propagate: 0 | 1, eventMask: number, event: Readonly<Record<string, unknown>>): void;
    GetKeyboardMapping(
      first: number,
      count: number,
      callback: (error: Error | null, keysyms: readonly (readonly number[])[]) => void,
    ): void;
    /** `callback`: told of an error, which it has to say that it took. */
    GrabKey(
      window: number,
      ownerEvents: 0 | 1,
      modifiers: number,
      keycode: number,
      pointerMode: 0 | 1,
      keyboardMode: 0 | 1,
      callback: (error: Error | null) => true,
    ): void;
    UngrabKey(window: number, keycode: number, modifiers: number): void;
    /** Answers 0 when this client has the keyboard now, else why not (X11 protocol, chapter 10). */
    GrabKeyboard(
      window: number,
      ownerEvents: 0 | 1,
      time: number,
      pointerMode: 0 | 1,
      keyboardMode: 0 | 1,
      callback: (error: Error | null, status: number) => void,
    ): void;
    UngrabKeyboard(time: number): void;
    GetGeometry(
      window: number,
      callback: (
        error: Error | null,
        answer: { readonly depth: number; readonly width: number; readonly height: number },
      ) => void,
    ): void;
    AllowEvents(mode: number, time: number): void;
    QueryKeymap(callback: (error: Error | null, keys: Buffer) => void): void;
    require(extension: 'xtest', callback: (error: Error | null, extension: XTest) => void): void;
    require(extension: 'xinput', callback: (error: Error | null, extension: XInput) => void): void;
    require(extension: 'fixes', callback: (error: Error | null, extension: XFixes) => void): void;
    require(extension: 'shape', callback: (error: Error | null, extension: XShape) => void): void;
    require(extension: 'xkb', callback: (error: Error | null, extension: XKeyboard) => void): void;
    require(extension: 'res', callback: (error: Error | null, extension: XResource) => void): void;
    AllocID(): number;
    CreateWindow(
      id: number,
      parent: number,
      x: number,
      y: number,
      width: number,
      height: number,
      borderWidth: number,
      depth: number,
      windowClass: number,
      visual: number,
      values: { readonly eventMask?: number; readonly overrideRedirect?: 0 | 1 },
    ): void;
    MapWindow(window: number): void;
    DestroyWindow(window: number): void;
    SetInputFocus(window: number, revertTo: number): void;
    GetInputFocus(callback: (error: Error | null, answer: { readonly focus: number }) => void): void;
    ChangeWindowAttributes(window: number, values: { readonly eventMask?: number }): void;
    DeleteProperty(window: number, name: number): void;
    ConvertSelection(requestor: number, selection: number, target: number, property: number, time: number): void;
    InternAtom(onlyIfExists: boolean, name: string, callback: (error: Error | null, atom: number) => void): void;
    GetAtomName(atom: number, callback: (error: Error | null, name: string) => void): void;
    GetProperty(
      del: 0 | 1,
      window: number,
      name: number,
      type: number,
      longOffset: number,
      longLength: number,
      callback: (error: Error | null, value: PropertyValue) => void,
    ): void;
    GetSelectionOwner(selection: number, callback: (error: Error | null, owner: number) => void): void;
    QueryPointer(
      window: number,
      callback: (
        error: Error | null,
        /** `childX` and `childY` are told in the window that is asked for. */
        pointer: {
          readonly keyMask: number;
          readonly child: number;
          readonly childX: number;
          readonly childY: number;
        },
      ) => void,
    ): void;
    terminate(): void;
    on(event: 'error' | 'end', listener: (error: Error) => void): void;
    on(event: 'event', listener: (event: XEvent) => void): void;
  }
  export interface XDisplay {
    readonly client: XClient;
    readonly screen: readonly { readonly root: number }[];
    /** Bits of a resource id that the client chooses itself; the others tell which client it is. */
    readonly resource_mask: number;
    readonly min_keycode: number;
    readonly max_keycode: number;
  }
  export function createClient(
    options: { readonly display?: string },
    callback: (error: Error | null, display: XDisplay) => void,
  ): XClient;
}

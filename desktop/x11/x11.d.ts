// The part of the x11 package that this folder uses; the package ships no types.
declare module 'x11' {
  export interface PropertyValue {
    readonly type: number;
    readonly format: number;
    readonly data: Buffer;
  }
  export interface XClient {
    InternAtom(onlyIfExists: boolean, name: string, callback: (error: Error | null, atom: number) => void): void;
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
    terminate(): void;
    on(event: 'error' | 'end', listener: (error: Error) => void): void;
  }
  export interface XDisplay {
    readonly client: XClient;
    readonly screen: readonly { readonly root: number }[];
  }
  export function createClient(callback: (error: Error | null, display: XDisplay) => void): XClient;
}

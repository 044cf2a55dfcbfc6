import type * as z from 'zod';
import type { ReadonlyShape } from './shape.ts';

/** A request: what goes in and what comes out, each checked by whoever receives it. */
export interface RequestDefinition<Input extends z.ZodType, Output extends z.ZodType> {
  readonly input: Input;
  readonly output: Output;
}

/** A stream, opened by an input and made of parts; the wire adds how it ended. */
export interface StreamDefinition<Input extends z.ZodType, Part extends z.ZodType> {
  readonly input: Input;
  readonly part: Part;
}

/** A snapshot with a revision, then patches of its top-level keys. */
export interface StateDefinition<Snapshot extends z.ZodObject> {
  readonly snapshot: Snapshot;
}

export interface Contract {
  readonly requests: Readonly<Record<string, RequestDefinition<z.ZodType, z.ZodType>>>;
  readonly streams: Readonly<Record<string, StreamDefinition<z.ZodType, z.ZodType>>>;
  readonly states: Readonly<Record<string, StateDefinition<z.ZodObject>>>;
}

/** A request without a schema of its answer does not compile: nothing that is not checked crosses a process. */
export function request<Input extends z.ZodType>(input: Input) {
  return {
    returns: <Output extends z.ZodType>(output: Output): RequestDefinition<Input, Output> => ({ input, output }),
  };
}

export function stream<Input extends z.ZodType>(input: Input) {
  return { of: <Part extends z.ZodType>(part: Part): StreamDefinition<Input, Part> => ({ input, part }) };
}

export function state<Snapshot extends z.ZodObject>(snapshot: Snapshot): StateDefinition<Snapshot> {
  return { snapshot };
}

export type RequestName<C extends Contract> = keyof C['requests'] & string;
export type StreamName<C extends Contract> = keyof C['streams'] & string;
export type StateName<C extends Contract> = keyof C['states'] & string;

export type InputOf<D> = D extends { readonly input: infer Input extends z.ZodType }
  ? ReadonlyShape<z.input<Input>>
  : never;
export type ParsedOf<D> = D extends { readonly input: infer Input extends z.ZodType } ? z.output<Input> : never;
export type OutputOf<D> = D extends { readonly output: infer Output extends z.ZodType }
  ? ReadonlyShape<z.output<Output>>
  : never;
export type PartOf<D> = D extends { readonly part: infer Part extends z.ZodType }
  ? ReadonlyShape<z.output<Part>>
  : never;
export type SnapshotOf<D> = D extends { readonly snapshot: infer Snapshot extends z.ZodType }
  ? ReadonlyShape<z.output<Snapshot>>
  : never;

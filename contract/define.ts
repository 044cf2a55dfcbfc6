import type * as z from 'zod';

/** A request: what goes in (checked by the receiver) and what comes out (typed only). */
export interface RequestDefinition<Input extends z.ZodType, Output> {
  readonly input: Input;
  readonly output?: Output;
}

/** A stream, opened by an input and made of parts; the wire adds how it ended. */
export interface StreamDefinition<Input extends z.ZodType, Part> {
  readonly input: Input;
  readonly part?: Part;
}

/** A snapshot with a revision, then patches of its top-level keys. */
export interface StateDefinition<Snapshot> {
  readonly snapshot?: Snapshot;
}

export interface Contract {
  readonly requests: Readonly<Record<string, RequestDefinition<z.ZodType, unknown>>>;
  readonly streams: Readonly<Record<string, StreamDefinition<z.ZodType, unknown>>>;
  readonly states: Readonly<Record<string, StateDefinition<unknown>>>;
}

export function request<Input extends z.ZodType>(input: Input) {
  return { returns: <Output>(): RequestDefinition<Input, Output> => ({ input }) };
}

export function stream<Input extends z.ZodType>(input: Input) {
  return { of: <Part>(): StreamDefinition<Input, Part> => ({ input }) };
}

export function state<Snapshot>(): StateDefinition<Snapshot> {
  return {};
}

export type RequestName<C extends Contract> = keyof C['requests'] & string;
export type StreamName<C extends Contract> = keyof C['streams'] & string;
export type StateName<C extends Contract> = keyof C['states'] & string;

export type InputOf<D> = D extends { readonly input: infer Input extends z.ZodType } ? z.input<Input> : never;
export type ParsedOf<D> = D extends { readonly input: infer Input extends z.ZodType } ? z.output<Input> : never;
export type OutputOf<D> = D extends RequestDefinition<z.ZodType, infer Output> ? Output : never;
export type PartOf<D> = D extends StreamDefinition<z.ZodType, infer Part> ? Part : never;
export type SnapshotOf<D> = D extends StateDefinition<infer Snapshot> ? Snapshot : never;

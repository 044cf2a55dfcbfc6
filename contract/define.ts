import type * as z from 'zod';
import type { ReadonlyShape } from './shape.ts';

/**
 * Whether a page may use an endpoint. A page holds no permission, so none may until its contract says so: `free`, or `asks`
 * where it can lower protection and the person agrees first, in a dialog of main's.
 */
export type PageAccess = 'no' | 'free' | 'asks';

/** A request: what goes in and what comes out, each checked by whoever receives it. */
export interface RequestDefinition<
  Input extends z.ZodType,
  Output extends z.ZodType,
  Pages extends PageAccess = PageAccess,
> {
  readonly input: Input;
  readonly output: Output;
  readonly pages: Pages;
}

/** A stream, opened by an input and made of parts; the wire adds how it ended. */
export interface StreamDefinition<
  Input extends z.ZodType,
  Part extends z.ZodType,
  Pages extends PageAccess = PageAccess,
> {
  readonly input: Input;
  readonly part: Part;
  readonly pages: Pages;
}

/** A snapshot with a revision, then patches of its top-level keys. */
export interface StateDefinition<Snapshot extends z.ZodObject, Pages extends PageAccess = PageAccess> {
  readonly snapshot: Snapshot;
  readonly pages: Pages;
}

export interface Contract {
  readonly requests: Readonly<Record<string, RequestDefinition<z.ZodType, z.ZodType>>>;
  readonly streams: Readonly<Record<string, StreamDefinition<z.ZodType, z.ZodType>>>;
  readonly states: Readonly<Record<string, StateDefinition<z.ZodObject>>>;
}

/** A request without a schema of its answer does not compile: nothing that is not checked crosses a process. */
export function request<Input extends z.ZodType>(
  input: Input,
): { returns<Output extends z.ZodType>(output: Output): RequestDefinition<Input, Output, 'no'> };
export function request<Input extends z.ZodType, Pages extends PageAccess>(
  input: Input,
  pages: Pages,
): { returns<Output extends z.ZodType>(output: Output): RequestDefinition<Input, Output, Pages> };
export function request(input: z.ZodType, pages: PageAccess = 'no') {
  return { returns: (output: z.ZodType) => ({ input, output, pages }) };
}

export function stream<Input extends z.ZodType>(
  input: Input,
): { of<Part extends z.ZodType>(part: Part): StreamDefinition<Input, Part, 'no'> };
export function stream<Input extends z.ZodType>(
  input: Input,
  pages: 'free',
): { of<Part extends z.ZodType>(part: Part): StreamDefinition<Input, Part, 'free'> };
export function stream(input: z.ZodType, pages: PageAccess = 'no') {
  return { of: (part: z.ZodType) => ({ input, part, pages }) };
}

export function state<Snapshot extends z.ZodObject>(snapshot: Snapshot): StateDefinition<Snapshot, 'no'>;
export function state<Snapshot extends z.ZodObject>(
  snapshot: Snapshot,
  pages: 'free',
): StateDefinition<Snapshot, 'free'>;
/** With what is shown of it while the process that owns it has not told of it yet. */
export function state<Snapshot extends z.ZodObject>(
  snapshot: Snapshot,
  pages: 'free',
  initial: ReadonlyShape<z.output<Snapshot>>,
): StateDefinition<Snapshot, 'free'> & { readonly initial: ReadonlyShape<z.output<Snapshot>> };
export function state(snapshot: z.ZodObject, pages: PageAccess = 'no', initial?: object) {
  return initial === undefined ? { snapshot, pages } : { snapshot, pages, initial };
}

type Table = Readonly<Record<string, { readonly pages: PageAccess }>>;

/** The endpoints of a table that a page may use. */
export type OpenToPages<All extends Table> = {
  readonly [Name in keyof All as All[Name]['pages'] extends 'no' ? never : Name]: All[Name];
};

export function openToPages<All extends Table>(table: All): OpenToPages<All> {
  return Object.fromEntries(Object.entries(table).filter(([, { pages }]) => pages !== 'no')) as OpenToPages<All>;
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

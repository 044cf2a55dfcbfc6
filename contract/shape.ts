import type * as z from 'zod';

/** What a schema lets through, read-only all the way down: who receives a message does not change it. */
export type Shape<Schema extends z.ZodType> = ReadonlyShape<z.output<Schema>>;

export type ReadonlyShape<Value> = Value extends string | number | boolean | null | undefined
  ? Value
  : Value extends readonly unknown[]
    ? { readonly [Index in keyof Value]: ReadonlyShape<Value[Index]> }
    : Value extends object
      ? { readonly [Key in keyof Value]: ReadonlyShape<Value[Key]> }
      : Value;

import { basename, dirname, join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { cleanName } from './clean-name.ts';
import { type FileLayout, numberOf, unsupported } from './layout.ts';

/** A model that was cut into several files, by the name of one of them. */
interface PartName {
  readonly prefix: string;
  /** From 1. */
  readonly number: number;
  readonly count: number;
}

const mostParts = 1000;
/** As many as fit into a sentence. */
const mostNamed = 3;

/** Whether a file says of itself that it is one part of several. */
export function isPart({ values }: Pick<FileLayout, 'values'>): boolean {
  return (numberOf(values, 'split.count') ?? 1) > 1;
}

/**
 * All files of a model of which `path` is a part, the first one first. Every loader finds them by their names alone, so a
 * part that was given another name is not one. Throws `model/unsupported`.
 */
export function partPaths(path: string, layout: Pick<FileLayout, 'values'>): readonly string[] {
  const count = numberOf(layout.values, 'split.count') ?? 1;
  const name = partName(path);
  if (name === null || name.count !== count || count > mostParts) throw unsupported('name of a part');
  const number = (numberOf(layout.values, 'split.no') ?? 0) + 1;
  if (number !== name.number) throw unsupported('number of a part');
  return Array.from({ length: count }, (_, index) => join(dirname(path), fileOf({ ...name, number: index + 1 })));
}

/** The first file of a model by the name of any of its parts; the path itself where its name is not that of a part. */
export function firstPartOf(path: string): string {
  const name = partName(path);
  return name === null ? path : join(dirname(path), fileOf({ ...name, number: 1 }));
}

/** The error that names what is missing of a model. */
export function partsMissing(paths: readonly string[], count: number): AppError {
  const names = paths.slice(0, mostNamed).map((path) => cleanName(basename(path)) ?? '');
  return new AppError('model/parts-missing', `${paths.length} of ${count} parts are missing`, {
    values: { missing: names.join(', ') + (paths.length > mostNamed ? ' …' : ''), parts: count },
    action: 'choose-model',
  });
}

function partName(path: string): PartName | null {
  const [, prefix, number, count] = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/.exec(basename(path)) ?? [];
  return prefix === undefined ? null : { prefix, number: Number(number), count: Number(count) };
}

function fileOf({ prefix, number, count }: PartName): string {
  const digits = (value: number) => String(value).padStart(5, '0');
  return `${prefix}-${digits(number)}-of-${digits(count)}.gguf`;
}

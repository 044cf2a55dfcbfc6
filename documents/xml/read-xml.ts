import { AppError } from '../../contract/errors.ts';
import type { ReadBudget } from '../budget.ts';
import { StandardNames } from './namespaces.ts';
import type { XmlAttributes } from './xml-attributes.ts';
import { XmlScanner } from './xml-scanner.ts';

/** What is told of a part of a document, in its order; names as the standards write them. */
export interface XmlHandler {
  /** `get` gives an attribute by its standard name; undefined where there is none. */
  readonly open?: (name: string, get: (attribute: string) => string | undefined) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
  /** Takes an element whole that begins at a place and is written as most programs do, without a prefix; its end, or -1. */
  readonly whole?: (piece: string, at: number) => number;
}

/**
 * Reads XML as it comes and gives what `take` has after each piece of it, so that little is held. Nothing is fetched or
 * expanded: a document that defines entities is refused, as no office program writes one. Throws `file/…`.
 */
export async function* readXml<Item>(
  chunks: AsyncIterable<Buffer>,
  budget: ReadBudget,
  handler: XmlHandler,
  take: () => readonly Item[],
): AsyncGenerator<Item> {
  const scanner = createScanner(budget, handler);
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  try {
    for await (const chunk of chunks) {
      decoder ??= new TextDecoder(encodingOf(chunk));
      scanner.write(decoder.decode(chunk, { stream: true }));
      yield* take();
    }
    if (decoder === null) return;
    scanner.write(decoder.decode());
    scanner.end();
    yield* take();
  } catch (error) {
    throw error instanceof AppError ? error : damaged(error);
  }
}

/** Reads XML of which nothing is given on the way. */
export async function walkXml(chunks: AsyncIterable<Buffer>, budget: ReadBudget, handler: XmlHandler): Promise<void> {
  for await (const _ of readXml(chunks, budget, handler, () => []));
}

function createScanner(budget: ReadBudget, handler: XmlHandler): XmlScanner {
  const names = new StandardNames();
  let depth = 0;
  let attributes: XmlAttributes | null = null;
  const get = (attribute: string): string | undefined => attributes?.get(names.written(attribute));
  return new XmlScanner({
    open: (name, own) => {
      depth += 1;
      budget.checkDepth(depth);
      attributes = own;
      // Prefixes are told at the root by whatever writes office documents, else soon below it.
      if (depth <= 3 && own.mayDeclare()) names.learn(own.all());
      handler.open?.(names.nameOf(name), get);
    },
    close: (name) => {
      depth -= 1;
      handler.close?.(names.nameOf(name));
    },
    text: (said) => {
      budget.takeCharacters(said.length);
      handler.text?.(said);
    },
    whole: handler.whole,
  });
}

/** By its mark, else by how its first sign looks; XML without either is UTF-8 (XML 1.0, appendix F). */
function encodingOf(beginning: Buffer): string {
  const [first, second] = beginning;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be';
  const said = /^(?:\xef\xbb\xbf)?<\?xml[^>]{0,200}?encoding=["']([\w-]{1,40})["']/.exec(
    beginning.toString('latin1', 0, 300),
  )?.[1];
  try {
    return said === undefined ? 'utf-8' : new TextDecoder(said).encoding;
  } catch {
    return 'utf-8';
  }
}

function damaged(error: unknown): AppError {
  return new AppError('file/damaged', error instanceof Error ? error.message : String(error));
}

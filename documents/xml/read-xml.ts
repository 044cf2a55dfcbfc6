import { SaxesParser } from 'saxes';
import { AppError } from '../../contract/errors.ts';
import type { ReadBudget } from '../budget.ts';
import { StandardNames } from './namespaces.ts';

/** What is told of a part of a document, in its order; names as the standards write them. */
export interface XmlHandler {
  /** `get` gives an attribute by its standard name; undefined where there is none. */
  readonly open?: (name: string, get: (attribute: string) => string | undefined) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
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
  const parser = createParser(budget, handler);
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  try {
    for await (const chunk of chunks) {
      decoder ??= new TextDecoder(encodingOf(chunk));
      parser.write(decoder.decode(chunk, { stream: true }));
      yield* take();
    }
    if (decoder === null) return;
    parser.write(decoder.decode());
    parser.close();
    yield* take();
  } catch (error) {
    throw error instanceof AppError ? error : damaged(error);
  }
}

/** Reads XML of which nothing is given on the way. */
export async function walkXml(chunks: AsyncIterable<Buffer>, budget: ReadBudget, handler: XmlHandler): Promise<void> {
  for await (const _ of readXml(chunks, budget, handler, () => []));
}

function createParser(budget: ReadBudget, handler: XmlHandler): SaxesParser {
  const parser = new SaxesParser({ xmlns: false, fragment: false, position: false });
  const names = new StandardNames();
  let depth = 0;
  let attributes: Readonly<Record<string, string>> = {};
  const get = (attribute: string): string | undefined => {
    const written = names.written(attribute);
    return Object.hasOwn(attributes, written) ? attributes[written] : undefined;
  };
  const text = (said: string) => {
    budget.takeCharacters(said.length);
    handler.text?.(said);
  };
  parser.on('opentag', (tag) => {
    depth += 1;
    budget.checkDepth(depth);
    attributes = tag.attributes as Readonly<Record<string, string>>;
    // Prefixes are told at the root by whatever writes office documents, else soon below it.
    if (depth <= 3) names.learn(attributes);
    handler.open?.(names.nameOf(tag.name), get);
  });
  parser.on('closetag', (tag) => {
    depth -= 1;
    handler.close?.(names.nameOf(tag.name));
  });
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('doctype', (doctype) => {
    if (doctype.includes('[')) throw damaged('it defines entities');
  });
  parser.on('error', (error) => {
    throw error;
  });
  return parser;
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

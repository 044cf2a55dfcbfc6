import CFB from 'cfb';
import { AppError } from '../../../contract/errors.ts';

/** Larger ones would not fit beside what is made of them. */
const mostStreams = 20_000;

/** The streams of a compound file (MS-CFB), which Office of before 2007 and Outlook write. */
export interface Compound {
  /** The path of every stream, such as `/Workbook`. */
  readonly paths: readonly string[];
  readonly has: (path: string) => boolean;
  /** A stream's bytes, whatever the case of its name (MS-CFB, 2.6.4); null where there is none. */
  stream(path: string): Buffer | null;
}

/** Opens a compound file. Throws `file/damaged`. */
export function openCompound(bytes: Buffer): Compound {
  const container = read(bytes);
  const paths = container.FullPaths.map((path) => path.replace(/^[^/]*/, ''));
  if (paths.length > mostStreams) throw new AppError('file/unpacks-too-large', `more than ${mostStreams} streams`);
  const entries = new Map(paths.map((path, index) => [path.toUpperCase(), container.FileIndex[index]]));
  return {
    paths,
    has: (path) => entries.has(path.toUpperCase()),
    stream: (path) => {
      const content = entries.get(path.toUpperCase())?.content;
      return content === undefined ? null : Buffer.from(content as Uint8Array);
    },
  };
}

function read(bytes: Buffer): CFB.CFB$Container {
  try {
    return CFB.read(bytes, { type: 'buffer' });
  } catch (error) {
    throw new AppError('file/damaged', error instanceof Error ? error.message : String(error));
  }
}

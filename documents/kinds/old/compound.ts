import CFB from 'cfb';
import { AppError } from '../../../contract/errors.ts';

/** Larger ones would not fit beside what is made of them. */
const mostStreams = 20_000;

/** The streams of a compound file (MS-CFB), which Office of before 2007 and Outlook write. */
export interface Compound {
  /** The path of every stream, such as `/Workbook`. */
  readonly paths: readonly string[];
  /** A stream's bytes; null where there is none. */
  stream(path: string): Buffer | null;
}

/** Opens a compound file. Throws `file/damaged`. */
export function openCompound(bytes: Buffer): Compound {
  const container = read(bytes);
  const paths = container.FullPaths.map((path) => path.replace(/^[^/]*/, ''));
  if (paths.length > mostStreams) throw new AppError('file/unpacks-too-large', `more than ${mostStreams} streams`);
  const entries = new Map(paths.map((path, index) => [path, container.FileIndex[index]]));
  return {
    paths,
    stream: (path) => {
      const content = entries.get(path)?.content;
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

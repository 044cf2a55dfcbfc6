import { appendFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../ports.ts';

const limitBytes = 5 * 1024 * 1024;
const longestValue = 300;

/**
 * Lines of JSON in a file that is turned over at 5 MB, two kept. Callers pass facts, never anything a person or a model
 * wrote. A log that cannot be written is given up silently: it must not be why something fails.
 */
export function createFileLog(folder: string, name: string): Log {
  const path = join(folder, `${name}.log`);
  let written = sizeOf(path);
  return {
    write(event, fields = {}) {
      const clean = Object.fromEntries(
        Object.entries(fields).map(([key, value]) => [
          key,
          typeof value === 'string' ? value.slice(0, longestValue) : value,
        ]),
      );
      const line = `${JSON.stringify({ at: new Date().toISOString(), event, ...clean })}\n`;
      try {
        if (written + line.length > limitBytes) {
          rmSync(`${path}.1`, { force: true });
          renameSync(path, `${path}.1`);
          written = 0;
        }
        appendFileSync(path, line, { mode: 0o600 });
        written += line.length;
      } catch {
        // See above.
      }
    },
  };
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}

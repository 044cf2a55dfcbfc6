import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A program of the bench that answers with lines. */
export interface LineProgram {
  /** The next line, after sending one where it is told. Throws when it ends instead. */
  ask(line?: string): Promise<string>;
  stop(): void;
}

export function startLineProgram(command: string, args: readonly string[]): LineProgram {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (line) => {
      if (line !== undefined) child.stdin.write(`${line}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`${args.join(' ')} ended`);
      return value;
    },
    stop: () => {
      child.stdin.end();
      child.kill('SIGTERM');
    },
  };
}

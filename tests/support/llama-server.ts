import { type AddressInfo, createServer } from 'node:net';
import { ensureLlamaTool } from '../../bench/tools/llama-tools.ts';
import { requireModel, tinyModel } from './beckon-app.ts';
import { endProgram, startProgram, waitFor } from './processes.ts';

/** A port that nothing listens at. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Whether something answers at an address that all is well. */
export function answersWell(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

export interface LlamaServerOptions {
  /** The file that it serves; the tiny model when left out. */
  readonly model?: string;
  readonly threads: number;
  /** How many it answers at once; more wait their turn. */
  readonly slots: number;
  /** Tokens of prompt and answer of each. */
  readonly contextTokens: number;
  readonly key?: string;
}

/** A real `llama-server` on this machine, built from the source that node-llama-cpp brings along. */
export interface LlamaServer {
  /** As OpenAI's protocols are asked there. */
  readonly address: string;
  /** Ends it as it ends by itself, or at once. */
  end(how?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

export async function startLlamaServer(options: LlamaServerOptions): Promise<LlamaServer> {
  const { threads, slots, contextTokens, key } = options;
  const command = await ensureLlamaTool('llama-server', (line) => process.stdout.write(`${line}\n`));
  const port = await freePort();
  const child = startProgram(command, [
    ...['-m', requireModel(options.model ?? tinyModel), '--host', '127.0.0.1', '--port', String(port)],
    ...['-t', String(threads), '-c', String(contextTokens * slots), '-np', String(slots)],
    ...(key === undefined ? [] : ['--api-key', key]),
  ]);
  await waitFor('llama-server is up', () => answersWell(`http://127.0.0.1:${port}/health`), 120_000);
  return {
    address: `http://127.0.0.1:${port}/v1`,
    end: async (how = 'SIGTERM') => {
      if (how === 'SIGKILL') child.kill(how);
      await endProgram(child);
    },
  };
}

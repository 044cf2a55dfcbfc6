import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StreamingServer } from '../fakes/streaming-server.ts';
import { checkout, nodeExecutable, writeSettings } from '../support/beckon-app.ts';
import { listProcesses, sleep } from '../support/processes.ts';

const text = 'The quick brown fox jumps over the lazy dog.';

describe('many commands for one profile', () => {
  let root: string;
  let server: StreamingServer;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'beckon-many-'));
    server = await StreamingServer.start();
    server.answers.push(...Array.from({ length: 1000 }, () => text));
    writeSettings(join(root, 'profile'), {
      modelId: 'server:s-1:parrot',
      firstRunDone: true,
      servers: [{ id: 's-1', address: server.address, label: '', models: ['parrot'], keyKept: 'none' }],
    });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });

  /** Runs `beckon ask` so many times, eight at a time, and counts the answers that came whole. */
  async function askAll(count: number): Promise<number> {
    const script = `seq ${count} | xargs -P 8 -I{} sh -c '"$NODE" "$CLI" ask --json "question {}" < /dev/null'`;
    const child: ChildProcess = spawn('sh', ['-c', script], {
      env: {
        ...process.env,
        NODE: nodeExecutable,
        CLI: join(checkout, 'cli', 'index.ts'),
        BECKON_PROFILE: join(root, 'profile'),
        LANG: 'C.UTF-8',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => (out += piece));
    await new Promise((resolve) => child.once('close', resolve));
    // Each answer is one line, written at once: eight share one output.
    return out.split('\n').filter((line) => line.includes(`"answer":"${text}"`)).length;
  }

  it('gives 50 answers to 50 questions', async () => {
    expect(await askAll(50)).toBe(50);
  });

  it('gives 50 answers to 50 questions while the core that serves them is killed again and again', async () => {
    const cores = () =>
      listProcesses().filter(({ command }) => command.endsWith(`${join(checkout, 'cli', 'index.ts')} core`));
    let ended = false;
    let kills = 0;
    const killing = (async () => {
      while (!ended) {
        await sleep(2500);
        // One that ends by itself meanwhile is followed by the next.
        while (!ended && cores().length === 0) await sleep(20);
        for (const { pid } of cores()) {
          process.kill(pid, 'SIGKILL');
          kills += 1;
        }
      }
    })();
    const answers = await askAll(50);
    ended = true;
    await killing;
    expect({ answers, killed: kills > 3 }).toEqual({ answers: 50, killed: true });
  });
});

import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { type Program, startProgram } from '../../../process/start-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'beckon-program-'));
const entry = join(folder, 'tells.cjs');
writeFileSync(
  entry,
  `const { readFileSync } = require('node:fs');
   const mayRead = (path) => { try { readFileSync(path); return true; } catch { return false; } };
   const priority = require('node:os').getPriority();
   const { env, argv, execArgv } = process;
   process.send({ env, arguments: argv.slice(2), execArgv, cwd: process.cwd(), priority, readsHosts: mayRead('/etc/hosts') });`,
);

afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(folder, { recursive: true }));

async function told(program: Partial<Program>) {
  const child = startProgram({ node: process.execPath, entry, network: 'on', ...program });
  const [message] = await once(child, 'message');
  child.kill('SIGKILL');
  return message;
}

it('hands on no key, no proxy and nothing else that was not named', async () => {
  vi.stubEnv('OPENAI_API_KEY', 'sk-not-for-children');
  vi.stubEnv('HTTPS_PROXY', 'http://user:password@proxy.example');
  vi.stubEnv('NODE_OPTIONS', '--no-warnings');
  vi.stubEnv('DISPLAY', ':77');
  const { env } = await told({ passedOn: ['DISPLAY', 'NOT_SET'], env: { MADE_FOR_IT: '1' } });
  expect(env).toMatchObject({ DISPLAY: ':77', MADE_FOR_IT: '1' });
  for (const name of ['OPENAI_API_KEY', 'HTTPS_PROXY', 'NODE_OPTIONS', 'NOT_SET']) expect(env).not.toHaveProperty(name);
});

it('starts in a folder that nobody else can put modules into', async () => {
  const { cwd } = await told({});
  expect(cwd).toBe(process.platform === 'win32' ? folder : '/');
});

it('keeps a program that may read one folder out of all others', async () => {
  expect(await told({ mayRead: folder })).toMatchObject({ readsHosts: false });
  expect(await told({})).toMatchObject({ readsHosts: true });
});

it('gives the heap, the priority and the arguments that were asked for', async () => {
  const { execArgv, priority, arguments: args } = await told({ heapMegabytes: 64, niceness: 7, args: ['a b'] });
  expect(execArgv).toContain('--max-old-space-size=64');
  expect(priority).toBe(7);
  expect(args).toEqual(['a b']);
});

it('closes the channel of a program that cannot be started, and ends nothing else', async () => {
  const child = startProgram({ node: join(folder, 'is-not-there'), entry, network: 'on' });
  await new Promise((resolve) => child.once('disconnect', resolve));
  expect(child.pid).toBeUndefined();
});

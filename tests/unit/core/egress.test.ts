import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Egress } from '../../../core/egress/egress.ts';
import { createFileLog } from '../../../core/logs/file-log.ts';

const log = { write: () => {} };

describe('the way out', () => {
  it('is closed by the offline lock for other machines and open for this one', async () => {
    const server = createServer((_request, response) => response.end('here'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const egress = new Egress({ isOffline: () => true, log });
    const send = egress.fetchFor('answer', () => {});
    await expect(send('https://example.com/v1')).rejects.toMatchObject({ code: 'offline/locked' });
    expect(await (await send(`http://127.0.0.1:${port}/`)).text()).toBe('here');
    server.close();
  });

  it('takes nothing but http and https', async () => {
    const send = new Egress({ isOffline: () => false, log }).fetchFor('download', () => {});
    for (const url of ['file:///etc/passwd', 'data:text/plain,x', 'ftp://example.com/x'])
      await expect(send(url)).rejects.toMatchObject({ code: 'app/not-allowed' });
  });

  it('follows no redirect of a server, so that the key stays where it belongs', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const answer = await new Egress({ isOffline: () => false, log }).fetchFor('answer', () => {})(
      `http://127.0.0.1:${port}/v1`,
    );
    expect(answer.status).toBe(302);
    expect(asked).toEqual(['/v1']);
    server.close();
  });
});

describe('the log', () => {
  it('is lines of JSON for its owner alone, turned over before it grows without end', () => {
    const folder = mkdtempSync(join(tmpdir(), 'beckon-log-'));
    const file = createFileLog(folder, 'core');
    for (let index = 0; index < 20_000; index += 1) file.write('event', { detail: 'y'.repeat(1000), index });
    const path = join(folder, 'core.log');
    expect(statSync(path).size).toBeLessThanOrEqual(5 * 1024 * 1024);
    expect(statSync(path).mode & 0o077).toBe(0);
    const [line] = readFileSync(path, 'utf8').split('\n');
    expect(JSON.parse(line ?? '').detail.length).toBe(300);
    rmSync(folder, { recursive: true, force: true });
  });

  it('that cannot be written stops nothing', () => {
    expect(() => createFileLog('/nonexistent/folder', 'core').write('event')).not.toThrow();
  });
});

import { readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { socketPath, tokenPath } from '../core/socket/address.ts';

const limitMs = 3000;

/** Shows or hides the overlay of the running app, or has it run an action on what is selected. Speaks the socket's lines itself, to start as fast as can be. */
export function toggle(actionId: string | undefined): Promise<void> {
  const profile = findProfile();
  return new Promise((resolve) => {
    const finish = (code: number, say: string | null) => {
      if (say !== null) process.stderr.write(`${say}\n`);
      process.exitCode = code;
      resolve();
      process.exit();
    };
    const fail = () =>
      finish(
        1,
        isChinese() ? '应用没有运行。请用“npm start”启动。' : 'The app is not running. Start it with “npm start”.',
      );
    let token: string;
    try {
      token = readFileSync(tokenPath(profile), 'utf8').trim();
    } catch {
      fail();
      return;
    }
    const socket = createConnection(socketPath(profile, process.env));
    socket.setEncoding('utf8');
    socket.setTimeout(limitMs, fail);
    socket.once('error', fail);
    socket.once('connect', () => {
      const request = { kind: 'request', id: 1, name: 'overlay.toggle', input: { actionId } };
      socket.write(`${JSON.stringify({ hello: 'beckon', token })}\n${JSON.stringify(request)}\n`);
    });
    let text = '';
    socket.on('data', (piece: string) => {
      text += piece;
      for (const line of text.split('\n').slice(0, -1)) {
        const frame: { kind?: string; id?: number } = JSON.parse(line);
        if (frame.id === 1) finish(frame.kind === 'value' ? 0 : 1, null);
      }
      text = text.slice(text.lastIndexOf('\n') + 1);
    });
  });
}

function findProfile(): string {
  const { BECKON_PROFILE, XDG_CONFIG_HOME, APPDATA } = process.env;
  if (BECKON_PROFILE) return BECKON_PROFILE;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'beckon');
  if (process.platform === 'win32') return join(APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'beckon');
  return join(XDG_CONFIG_HOME || join(homedir(), '.config'), 'beckon');
}

function isChinese(): boolean {
  return /^zh/i.test(process.env['LC_ALL'] ?? process.env['LC_MESSAGES'] ?? process.env['LANG'] ?? '');
}

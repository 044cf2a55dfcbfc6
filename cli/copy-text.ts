import { spawn } from 'node:child_process';
import type { Env } from './session.ts';

interface Way {
  readonly program: string;
  readonly args: readonly string[];
}

const limitMs = 2000;

/** Copies a text by a program of the desktop that this terminal is on; false where there is none that takes it. */
export async function copyText(text: string, env: Env): Promise<boolean> {
  for (const way of waysOf(env, process.platform)) if (await tryWay(way, text)) return true;
  return false;
}

function waysOf({ WAYLAND_DISPLAY: wayland, DISPLAY: display }: Env, platform: NodeJS.Platform): readonly Way[] {
  if (platform === 'darwin') return [{ program: 'pbcopy', args: [] }];
  if (platform === 'win32') return [{ program: 'clip.exe', args: [] }];
  const ofWayland = { program: 'wl-copy', args: [] };
  const ofX = [
    { program: 'xclip', args: ['-selection', 'clipboard'] },
    { program: 'xsel', args: ['--clipboard', '--input'] },
  ];
  return [...(wayland ? [ofWayland] : []), ...(display ? ofX : [])];
}

/** These go on behind the command, to hand the text out: what they say goes nowhere, so that nothing waits for them. */
function tryWay({ program, args }: Way, text: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'], cwd: '/', windowsHide: true });
    const limit = setTimeout(() => {
      child.kill();
      resolve(false);
    }, limitMs);
    const end = (done: boolean) => {
      clearTimeout(limit);
      resolve(done);
    };
    child.once('error', () => end(false));
    child.once('exit', (code) => end(code === 0));
    child.stdin.on('error', () => {});
    child.stdin.end(text);
  });
}

import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TestDisplay } from '../support/display.ts';
import { endProgram, run } from '../support/processes.ts';
import { media } from './stage.ts';

const largest = 2_000_000;
/** Pictures a second and width, the finest first. */
const sizes = [
  [12, 960],
  [10, 840],
  [8, 760],
  [6, 680],
  [4, 600],
] as const;

/** A film of a display, in real time. */
export class Film {
  readonly #recorder: ChildProcess;
  readonly #raw: string;

  constructor(display: TestDisplay, size: string) {
    this.#raw = join(display.folder, 'film.mkv');
    const from = ['-f', 'x11grab', '-framerate', '12', '-video_size', size, '-i', display.env['DISPLAY'] ?? ''];
    const words = [
      '-loglevel',
      'error',
      '-y',
      ...from,
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-qp',
      '0',
      this.#raw,
    ];
    this.#recorder = spawn('ffmpeg', words, { env: display.env, stdio: ['pipe', 'ignore', 'inherit'] });
  }

  /** Ends it, and makes of it an animation that a page shows by itself: the finest that is small enough. */
  async finish(name: string): Promise<void> {
    // A letter on its input has ffmpeg end the file properly.
    this.#recorder.stdin?.end('q');
    await new Promise<void>((resolve) => {
      if (this.#recorder.exitCode !== null) resolve();
      else this.#recorder.once('exit', () => resolve());
    });
    const file = join(media, `${name}.gif`);
    const palette = `${this.#raw}.png`;
    // In two goes, since one would hold every picture of the film in memory until the colours are chosen.
    for (const [rate, width] of sizes) {
      const still = `fps=${rate},scale=${width}:-1:flags=lanczos,mpdecimate`;
      convert(['-i', this.#raw, '-vf', `${still},palettegen=max_colors=64:stats_mode=diff`, palette]);
      const both = ['-i', this.#raw, '-i', palette];
      convert([...both, '-lavfi', `${still}[film];[film][1:v]paletteuse=dither=none`, '-fps_mode', 'vfr', file]);
      if (statSync(file).size <= largest) break;
    }
    rmSync(this.#raw, { force: true });
  }

  async dispose(): Promise<void> {
    await endProgram(this.#recorder);
  }
}

function convert(words: readonly string[]): void {
  run('ffmpeg', ['-loglevel', 'error', '-y', ...words]);
}

import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readStream } from '../../../cli/read-stream.ts';
import { documentTextLimitBytes } from '../../../contract/document.ts';

const patient = { onWaiting: () => {} };

describe('a stream that is piped in', () => {
  it('is read to its end, whatever its pieces: a slow one was dropped after 150 ms', async () => {
    const stream = new PassThrough();
    let waited = 0;
    const reading = readStream(stream, {
      onWaiting: () => {
        waited += 1;
        stream.write('The code ');
        setImmediate(() => stream.end('word is marigold.'));
      },
    });
    expect((await reading).toString()).toBe('The code word is marigold.');
    expect(waited).toBe(1);
  });

  it('without an end is read only so far that its reader finds it too large', async () => {
    let given = 0;
    const endless = new Readable({
      read() {
        given += 1_000_000;
        // Bounded, so that a mistake here does not take the machine's memory.
        this.push(given > 60_000_000 ? null : Buffer.alloc(1_000_000));
      },
    });
    expect((await readStream(endless, patient)).length).toBe(documentTextLimitBytes + 1);
    expect(given).toBeLessThan(documentTextLimitBytes + 5_000_000);
    expect(endless.destroyed).toBe(true);
  });

  it('of which nothing comes is nothing once its time is over, and everything when its first byte came in time', async () => {
    expect((await readStream(new PassThrough(), { ...patient, firstByteMs: 5 })).length).toBe(0);
    const stream = new PassThrough();
    stream.write('a');
    const reading = readStream(stream, { ...patient, firstByteMs: 5 });
    setTimeout(() => stream.end('b'), 30);
    expect((await reading).toString()).toBe('ab');
  });

  it('that breaks rejects with why', async () => {
    const stream = new PassThrough();
    const reading = readStream(stream, patient);
    stream.destroy(new Error('EISDIR'));
    await expect(reading).rejects.toThrow('EISDIR');
  });
});

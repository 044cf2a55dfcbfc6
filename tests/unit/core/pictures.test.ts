import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ContextChip } from '../../../contract/context.ts';
import { AppError } from '../../../contract/errors.ts';
import type { SightPart } from '../../../contract/sight.ts';
import type { Attachment } from '../../../core/attachment.ts';
import { Files } from '../../../core/files/files.ts';
import { pictureIn, readPicture } from '../../../core/files/read-picture.ts';
import { createPictureReader, type PictureReader } from '../../../core/sight/pictures.ts';

const png = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const never = new AbortController().signal;
const box = { x: 0, y: 0, width: 10, height: 10 };

function saying(...lines: readonly (readonly [text: string, confidence: number])[]): PictureReader {
  return {
    canRead: () => true,
    async *read(): AsyncGenerator<SightPart> {
      yield { type: 'found', lines: lines.length };
      for (const [text, confidence] of lines) yield { type: 'line', text, confidence, box };
      yield { type: 'finish' };
    },
  };
}

describe('the text of a picture', () => {
  it('has its lines in their order; those that are doubtful say so to whoever reads it, and are counted', async () => {
    const reader = saying(['Total', 0.99], ['4.2O EUR', 0.41], ['船屋', 0.6], ['l0t 7', 0.59]);
    const file = await readPicture('a.png', pictureIn(png), reader, never, () => {});
    expect(file.text).toBe('Total\n4.2O EUR [unclear]\n船屋\nl0t 7 [unclear]');
    expect(file.notes).toEqual([{ note: 'doubtful', count: 2 }]);
    expect(file.extent).toEqual({ unit: 'line', read: 4, total: 4 });
  });

  it('says how many pages of its file were left out: only the first of a TIFF is read', async () => {
    const reader: PictureReader = {
      canRead: () => true,
      async *read(): AsyncGenerator<SightPart> {
        yield { type: 'found', lines: 1, morePages: 3 };
        yield { type: 'line', text: 'Page one', confidence: 1, box };
        yield { type: 'finish' };
      },
    };
    const { notes } = await readPicture('fax.tiff', pictureIn(png), reader, never, () => {});
    expect(notes).toEqual([{ note: 'pages-unread', count: 3, why: 'first-only' }]);
  });

  it('tells how many of its lines are read as they come', async () => {
    const seen: unknown[] = [];
    await readPicture('a.png', pictureIn(png), saying(['a', 1], ['b', 1]), never, ({ extent }) =>
      seen.push(extent === null ? null : `${extent.read}/${extent.total}`),
    );
    expect(seen.slice(0, 4)).toEqual([null, '0/2', '1/2', '2/2']);
  });

  it.each([[[]], [[['  ', 0.9]]]] as const)(
    'is none where no line was found, which is an error with its name',
    async (lines) => {
      const reading = readPicture('blank.png', pictureIn(png), saying(...lines), never, () => {});
      await expect(reading).rejects.toMatchObject({
        code: 'picture/no-text',
        detail: { values: { file: 'blank.png' } },
      });
    },
  );

  it('is not asked of a model for what is no picture that is read, whether the model is here or not', async () => {
    const process = {
      // biome-ignore lint/correctness/useYield: it must not come to that
      async *read(): AsyncGenerator<SightPart> {
        throw new Error('it was asked');
      },
    };
    const code = async (head: Buffer, byteLength: number, files: { detector: string; recogniser: string } | null) => {
      const picture = { head, byteLength, bytes: () => Promise.reject(new Error('it was read')) };
      const parts = createPictureReader({ files: () => files }, process).read(picture, never);
      return parts.next().catch(({ code: told }: AppError) => told);
    };
    const here = { detector: 'd', recogniser: 'r' };
    for (const files of [here, null]) {
      expect(await code(Buffer.from('\0\0\0\x18ftypheic'), 12, files)).toBe('picture/kind');
      expect(await code(png, 2 * 1024 ** 3, files)).toBe('picture/too-large');
    }
    expect(await code(png, 100, null)).toBe('picture/no-model');
  });
});

describe('a picture without the model that reads it', () => {
  function start() {
    let isHere = false;
    const chips = new Map<string, ContextChip>();
    const texts = new Map<string, Attachment>();
    const pictures: PictureReader = {
      canRead: () => isHere,
      async *read(picture, signal) {
        if (!isHere) throw new AppError('picture/no-model', 'not here', { action: 'get-model' });
        yield* saying(['Boat house', 1]).read(picture, signal);
      },
    };
    const files = new Files({
      ...{ node: '', entry: '', codeFolder: '', pictures },
      now: () => 1,
      onChip: (chip, attachment) => {
        chips.set(chip.id, chip);
        if (attachment !== null) texts.set(chip.id, attachment);
      },
      chipCount: () => chips.size,
      stands: (id) => chips.has(id),
    });
    const arrive = () => {
      isHere = true;
      files.modelArrived();
    };
    const only = () => [...chips.values()][0];
    return { files, chips, texts, arrive, only };
  }

  it('waits, still meant to go along, and stops a question with the reason', async () => {
    const { files, only } = start();
    const chip = await files.addPicture('Pasted picture', png, true);
    expect(chip).toMatchObject({ status: 'waiting', on: true, cause: { code: 'picture/no-model' } });
    await expect(files.settled([chip.id])).rejects.toMatchObject({ code: 'picture/no-model' });
    expect(only()?.status).toBe('waiting');
  });

  it('is read by itself once the model is here, in the same chip', async () => {
    const { files, texts, arrive, only } = start();
    const { id } = await files.addPicture('Pasted picture', png, true);
    arrive();
    await files.settled([id]);
    expect(only()).toMatchObject({ id, status: 'ready', on: true, file: { kind: 'picture' } });
    expect(texts.get(id)?.text).toBe('Boat house');
  });

  it('does not come back once it was taken away, by its cross or with everything else', async () => {
    for (const takeAway of ['cancel', 'clear'] as const) {
      const { files, chips, texts, arrive } = start();
      const { id } = await files.addPicture('Pasted picture', png, true);
      if (takeAway === 'cancel') files.cancel(id);
      chips.delete(id);
      arrive();
      await turn();
      expect([chips.size, texts.size]).toEqual([0, 0]);
    }
  });
});

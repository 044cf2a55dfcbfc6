import { describe, expect, it } from 'vitest';
import type { GenerateInput, ModelPart } from '../../../contract/engine.ts';
import { destinationOf } from '../../../core/sending/destination.ts';
import { Pseudonyms, RestoredText, restoreText } from '../../../core/sending/pseudonyms.ts';
import { withPseudonyms } from '../../../core/sending/with-pseudonyms.ts';
import { foldWidth } from '../../../text/secrets/fold-width.ts';

const letter = 'Anna Berg (anna@example.org, +44 20 7946 0958) pays with 4111 1111 1111 1111. 李伟也付了。';
const names = () => ['Anna Berg', '李伟'];

function hidden(text = letter) {
  const pseudonyms = new Pseudonyms(names);
  return { pseudonyms, ...pseudonyms.hide(text) };
}

describe('pseudonyms', () => {
  it('keep every secret of a text here, and give all of it back', () => {
    const { pseudonyms, text, hidden: count } = hidden();
    expect(count).toBe(5);
    for (const secret of ['Anna', 'anna@', '7946', '4111', '李伟']) expect(text).not.toContain(secret);
    expect(restoreText(text, pseudonyms)).toBe(letter);
  });

  it('are the same for the same secret, and others in another conversation', () => {
    const one = new Pseudonyms();
    const first = one.hide('anna@example.org').text;
    expect(one.hide('again anna@example.org').text).toBe(`again ${first}`);
    expect(new Pseudonyms().hide('anna@example.org').text).not.toBe(first);
  });

  it.each<[string, (code: string) => string]>([
    ['a genitive', (code) => `[NAME-${code}]'s`],
    ['small letters', (code) => `[name-${code.toLowerCase()}]`],
    ['full-width brackets', (code) => `【NAME-${code}】`],
    ['a translated word', (code) => `[姓名-${code}]`],
    ['a translated word of Latin letters', (code) => `[Nombre-${code}]`],
    ['no brackets', (code) => `NAME-${code}`],
    ['the code alone', (code) => code],
    ['another hyphen', (code) => `[NAME–${code}]`],
    ['a space for the hyphen', (code) => `[NAME ${code}]`],
    ['spaces in the brackets', (code) => `[ NAME-${code} ]`],
    ['marks of Markdown', (code) => `**[NAME-${code}]**`],
    ['Chinese around it', (code) => `由${code}负责`],
  ])('are known again with %s', (_, write) => {
    const { pseudonyms, text } = hidden('Anna Berg');
    const code = /\[NAME-(\w+)\]/.exec(text)?.[1] ?? '';
    const expected = write('\u0000').replace(/[[【]\s?(?:\p{L}+[-– ])?\0\s?[\]】]|NAME-\0|\0/u, 'Anna Berg');
    expect(restoreText(write(code), pseudonyms)).toBe(expected);
  });

  it('that are none of ours stay as a model wrote them', () => {
    const { pseudonyms } = hidden();
    const text = 'See [1], [NAME-B2C3D4], EMAIL-Z9Z9Z9 and B2C3D4.';
    expect(restoreText(text, pseudonyms)).toBe(text);
  });

  it('come back whole wherever a stream is cut', () => {
    const { pseudonyms, text } = hidden();
    const answer = `Dear ${text} 【${text.slice(1, 12)}】 [1] done`;
    const whole = restoreText(answer, pseudonyms);
    for (let size = 1; size < 40; size += 1) {
      const stream = new RestoredText(pseudonyms);
      let restored = '';
      for (let at = 0; at < answer.length; at += size) restored += stream.push(answer.slice(at, at + size));
      expect(restored + stream.end()).toBe(whole);
    }
  });

  /** Secrets of several kinds, and how models write their pseudonyms: each gives the word and the code as it will. */
  const several =
    'Anna Berg; anna@example.org; passport EB1234567; 京A12345; GB82 WEST 1234 5698 7654 32; 密码是blue-otter7';
  const forms: readonly (readonly [string, (word: string, code: string) => string])[] = [
    ['as it was', (word, code) => `[${word}-${code}]`],
    ['inflected', (word, code) => `[${word}-${code}]s`],
    ['inflected without brackets', (_, code) => `${code}’s`],
    ['small letters', (word, code) => `[${word}-${code}]`.toLowerCase()],
    ['all of full width', (word, code) => wide(`[${word}-${code}]`)],
    ['brackets of full width', (word, code) => `【${word}－${code}】`],
    ['translated into Chinese', (_, code) => `【姓名－${code}】`],
    ['translated into Russian without brackets', (_, code) => `Почта-${code}`],
    ['translated into Spanish', (_, code) => `[Correo-${code}]`],
    ['escaped as Markdown wants it', (word, code) => `\\[${word}-${code}\\]`],
    ['in an address', (word, code) => `%5B${word}-${code}%5D`],
    ['bold within', (word, code) => `**${word}-${code}**`],
    ['in a row', (word, code) => `${word}-${code}, `.repeat(2)],
  ];
  it.each(forms)('of every kind come back %s, wherever the answer is cut', (_, write) => {
    const { pseudonyms, text } = hidden(several);
    expect(restoreText(text, pseudonyms)).toBe(several);
    const all = [...text.matchAll(/\[([A-Z]+)-(\w+)\]/g)].map(([, word = '', code = '']) => ({ word, code }));
    expect(all.length).toBe(6);
    for (const { word, code } of all) {
      const answer = `So ${write(word, code)} is it. 就是${write(word, code)}。`;
      const whole = restoreText(answer, pseudonyms);
      const secret = pseudonyms.secretOf(code) ?? '-';
      expect(whole.split(secret).length - 1, answer).toBeGreaterThanOrEqual(2);
      expect(foldWidth(whole).toUpperCase()).not.toContain(code);
      for (let size = 1; size < 12; size += 1) {
        const stream = new RestoredText(pseudonyms);
        let restored = '';
        for (let at = 0; at < answer.length; at += size) restored += stream.push(answer.slice(at, at + size));
        expect(restored + stream.end()).toBe(whole);
      }
    }
  });

  it('hold back no more of a stream than a pseudonym is long', () => {
    const { pseudonyms } = hidden();
    const stream = new RestoredText(pseudonyms);
    const open = `[${'a'.repeat(200)}`;
    expect(stream.push(open).length).toBeGreaterThan(open.length - 61);
    expect(stream.push(`${'word '.repeat(20)}`).length).toBeGreaterThan(60);
  });
});

describe('a prompt that leaves', () => {
  const to = (address: string) => destinationOf({ serverId: null, address, modelId: 'm', modelName: 'M' });
  const input: GenerateInput = {
    messages: [
      { role: 'system', text: 'Answer.' },
      { role: 'user', text: letter },
    ],
    sampling: { temperature: 0 },
    maxTokens: 10,
    thinking: 'off',
    hints: { continueFrom: { text: 'Dear Anna Berg', request: 'Go on.' } },
  };
  const redact = (isOn = true) => withPseudonyms({ isOn: () => isOn, names, conversationOf: (id) => id });

  it('for the outside has pseudonyms in all its texts', () => {
    const { input: sent, hidden: count } = redact()(input, to('https://api.example.com/v1'), 'c1');
    expect(count).toBe(6);
    for (const secret of ['Anna', '7946', '4111', '李伟']) expect(JSON.stringify(sent)).not.toContain(secret);
  });

  it.each([
    ['this machine', 'http://127.0.0.1:1234/v1', true],
    ['one’s own network', 'http://192.168.1.5/v1', true],
    ['the outside, where the person wants none', 'https://api.example.com/v1', false],
  ])('for %s is left as it is', (_, address, isOn) => {
    expect(redact(isOn)(input, to(address), 'c1')).toMatchObject({ input, hidden: 0 });
  });

  it('is answered with the secrets in their places, thought and text apart, and its end last', async () => {
    const { input: sent, restore } = redact()(input, to('https://api.example.com/v1'), 'c1');
    const said = sent.messages[1]?.text ?? '';
    const middle = 5;
    const parts: readonly ModelPart[] = [
      { type: 'thinking-delta', text: said.slice(0, middle) },
      { type: 'thinking-delta', text: said.slice(middle) },
      { type: 'text-delta', text: said.slice(0, middle) },
      { type: 'text-delta', text: said.slice(middle) },
      { type: 'failure', error: { code: 'server/cut', message: 'cut' } },
    ];
    const got: ModelPart[] = [];
    for await (const part of restore(
      (async function* () {
        yield* parts;
      })(),
    ))
      got.push(part);
    const all = (type: string) => got.map((part) => (part.type === type && 'text' in part ? part.text : '')).join('');
    expect([all('thinking-delta'), all('text-delta')]).toEqual([letter, letter]);
    expect(got.at(-1)?.type).toBe('failure');
  });

  it('has the same pseudonyms again in the same conversation', () => {
    const hide = redact();
    const say = (conversation: string) =>
      hide(input, to('https://api.example.com/v1'), conversation).input.messages[1]?.text;
    expect(say('c1')).toBe(say('c1'));
    expect(say('c1')).not.toBe(say('c2'));
  });
});

function wide(text: string): string {
  return text.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0));
}

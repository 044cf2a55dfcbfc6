import { describe, expect, it } from 'vitest';
import { lookedUpSentenceSchema } from '../../../contract/grounding.ts';
import { datesIn } from '../../../core/grounding/dates.ts';
import { GroundingIndex } from '../../../core/grounding/ground.ts';
import { IndexCache } from '../../../core/grounding/index-cache.ts';
import { linePositions } from '../../../core/text-positions.ts';
import { numbersIn } from '../../../text/numerals.ts';
import { sentencesOf } from '../../../text/sentences.ts';
import { pagePositions } from '../../support/positions.ts';

const english =
  `The ferry line ends its night service on 3 November. Passenger numbers fell from 41,200 to 28,600 last year, while
fuel costs rose by a third. Day crossings continue four times a week. The director, Helena Brandt, said that no ship will be
sold. Crew members will be offered work on the day boats.`.replaceAll('\n', ' ');
const chinese =
  '渡轮公司从十一月三日起停开夜班船。去年乘客从41200人减少到28600人，燃料费上涨了三分之一。白天的班次保持每周四班。公司负责人李明表示，不会出售任何船只。';

async function named(source: string, answer: string, language: 'en' | 'zh-CN' = 'en') {
  const index = await GroundingIndex.of([{ text: source, positions: null }], language);
  const marks = (await index.lookUp(answer)).flatMap(({ nowhere }) => nowhere);
  return marks.map(({ kind, start, end }) => `${kind} ${answer.slice(start, end)}`);
}

describe('sentences of an answer, looked up in its text', () => {
  it.each([
    'The night ferries stop running on 3 November.',
    'The number of passengers dropped to 28,600 last year.',
    'Passenger numbers fell from 41200 to 28600.',
    'Helena Brandt said no ships would be sold.',
    'Day crossings will continue 4 times a week.',
  ])('have nothing named when all their figures and names are there: %s', async (answer) => {
    expect(await named(english, answer)).toEqual([]);
  });

  it.each([
    ['Passenger numbers fell from 41,200 to 26,800 last year.', 'figure 26,800'],
    ['The ferry line ends its night service on 13 November.', 'date 13 November'],
    ['The director, Greta Olsen, said that no ship will be sold.', 'name Greta Olsen'],
  ])('have named what stands nowhere, by its kind: %s', async (answer, mark) => {
    expect(await named(english, answer)).toEqual([mark]);
  });

  // Words do not tell whether a sentence is true: what reads as a verdict on it would be one that was not made.
  it.each([
    ['a denial', 'Crew members will not be offered work on the day boats.'],
    ['a dropped denial', 'The director said that the ship will be sold.'],
    ['swapped figures', 'Passenger numbers fell from 28,600 to 41,200 last year.'],
    ['an invention', 'The harbour restaurant opens a second kitchen in spring.'],
  ])('have no verdict in what is told of them, not even with %s', async (_, answer) => {
    const index = await GroundingIndex.of([{ text: english, positions: null }], 'en');
    for (const sentence of await index.lookUp(answer)) {
      expect(Object.keys(sentence).sort()).toEqual(['end', 'nearest', 'nowhere', 'start', 'text']);
      expect(lookedUpSentenceSchema.safeParse(sentence).success).toBe(true);
      expect(sentence.nowhere).toEqual([]);
    }
  });

  it('are looked up in Chinese too, with numbers in either script', async () => {
    expect(await named(chinese, '渡轮公司自11月3日起停开夜班船。', 'zh-CN')).toEqual([]);
    expect(await named(chinese, '去年乘客减少到两万八千六百人。', 'zh-CN')).toEqual([]);
    expect(await named(chinese, '去年乘客减少到两万六千八百人。', 'zh-CN')).toEqual(['figure 两万六千八百']);
    expect(await named(chinese, '渡轮公司自11月13日起停开夜班船。', 'zh-CN')).toEqual(['date 11月13日']);
  });

  it('have the nearest passage in both languages, and none where nothing is near', async () => {
    const nearest = async (text: string, answer: string, language: 'en' | 'zh-CN') =>
      (await (await GroundingIndex.of([{ text, positions: null }], language)).lookUp(answer))[0]?.nearest?.text;
    expect(await nearest(english, 'Passengers fell to 26,800.', 'en')).toMatch(/^Passenger numbers fell/);
    expect(await nearest(chinese, '乘客减少到两万六千人。', 'zh-CN')).toMatch(/^去年乘客/);
    expect(await nearest(english, 'Bananas ripen quickly.', 'en')).toBeUndefined();
  });

  it('name what is nowhere in the text, by its place in the answer', async () => {
    const answer = 'Day crossings continue.\n- Passengers fell to 26,800, said Greta Olsen.';
    const index = await GroundingIndex.of([{ text: english, positions: null }], 'en');
    const unknown = (await index.lookUp(answer)).flatMap((sentence) => sentence.nowhere);
    expect(unknown.map(({ start, end }) => answer.slice(start, end))).toEqual(['26,800', 'Greta Olsen']);
  });

  it.each([
    ['- **Budget:** Employees get four more days of paid leave.', []],
    ['- **Key Findings:** Employees get four more days of paid leave.', []],
    ['* __Key Findings__: Employees get four more days of paid leave.', []],
    ['✅ *Next Steps:* Employees get four more days of paid leave.', []],
    ['**Key Findings:**\n\nStaff get four more days.', []],
    ['**Anna Berg** leads the staff.', ['Anna Berg']],
    ['- **Greta** leads the staff.', ['Greta']],
    ['- **Leave:** The staff is led by **Anna Berg**.', ['Anna Berg']],
    ['**Four Days:** **Greta** leads the staff, `Olsen` too.', ['Greta', 'Olsen']],
    ['- **Leave in 2031:** Staff get four more days.', ['2031']],
  ])('have labels, which are no names, and names in bold, which are: %s', async (answer, unknown) => {
    const text = 'From next year on staff get four more days of paid leave. Who leads the team is not known yet.';
    const sentences = await (await GroundingIndex.of([{ text, positions: null }], 'en')).lookUp(answer);
    const marked = sentences.flatMap((sentence) => sentence.nowhere);
    expect(marked.map(({ start, end }) => answer.slice(start, end))).toEqual(unknown);
  });

  it('are marked for a Chinese name in bold, too', async () => {
    const index = await GroundingIndex.of([{ text: chinese, positions: null }], 'zh-CN');
    const answer = '- **张伟**负责白天的班次。';
    const [sentence] = await index.lookUp(answer);
    expect(sentence?.nowhere.map(({ start, end }) => answer.slice(start, end))).toEqual(['张伟']);
  });

  it('carry the nearest passage, and its page', async () => {
    const text = `First page here.\n${english}`;
    const positions = pagePositions([0, 17]);
    const [sentence] = await (await GroundingIndex.of([{ text, positions }], 'en')).lookUp(
      'Day crossings continue four times a week.',
    );
    expect(sentence?.nearest).toEqual({
      text: 'Day crossings continue four times a week.',
      locator: { unit: 'page', first: 2, last: 2 },
      at: { text: 0, start: text.indexOf('Day crossings'), end: text.indexOf('Day crossings') + 41 },
    });
  });

  it('stand where they say they stand, items of a list too', () => {
    const answer = '# Head\n\n1. First item. Second!\n- 第三项。第四项？\n\n> quoted';
    for (const language of ['en', 'zh-CN'] as const)
      for (const { text, start, end } of sentencesOf(answer, language)) expect(answer.slice(start, end)).toBe(text);
    expect([...sentencesOf(answer, 'en')].map(({ text }) => text)).toEqual([
      'Head',
      'First item.',
      'Second!',
      '第三项。',
      '第四项？',
      'quoted',
    ]);
  });

  it.each([
    ['in lines', '\n'],
    ['in one line', ','],
  ])(
    'takes a long table %s without holding others up for long, and once for all answers',
    async (_, between) => {
      const rows = Array.from({ length: 60_000 }, (_, at) => `{"id":${at},"shop":"Shop ${at % 97}","sold":${at % 31}}`);
      const text = rows.join(between);
      const indexes = new IndexCache();
      const texts = () => [{ text: Buffer.from(text).toString(), positions: linePositions(text) }];
      let turns = 0;
      const count = () => {
        turns += 1;
        immediate = setImmediate(count);
      };
      let immediate = setImmediate(count);
      const index = await indexes.of(texts(), 'en');
      expect((await index.lookUp('Shop 7 sold 7.'))[0]?.nowhere).toEqual([]);
      clearImmediate(immediate);
      expect(turns).toBeGreaterThan(10);
      expect(await indexes.of(texts(), 'en')).toBe(index);
      expect(await indexes.of([{ text, positions: null }], 'en')).not.toBe(index);
      expect(await indexes.of([{ text: 'Shop 7 sold 7.', positions: null }], 'en')).not.toBe(index);
      // Three megabytes on a machine that does other work, too.
    },
    60_000,
  );

  it('finds one among many', async () => {
    const source = Array.from(
      { length: 6000 },
      (_, at) => `Item ${at} was sold in shop ${at % 97} by clerk ${at % 31}.`,
    );
    const index = await GroundingIndex.of([{ text: source.join(' '), positions: null }], 'en');
    const [sentence] = await index.lookUp('Item 4711 was sold by a clerk.');
    expect(sentence).toMatchObject({ nowhere: [], nearest: { text: source[4711] } });
  });

  it('cuts data without spaces between its values, at once', () => {
    const text = Array.from({ length: 400_000 }, (_, at) => `value${at}`).join(',');
    const found = [...sentencesOf(text, 'en')];
    expect(found.every((one) => /^value\d+,/.test(one.text))).toBe(true);
  });

  it('cuts a line that never ends into pieces that stand where they say', () => {
    const text = `${'a'.repeat(45_000)} ${'b c '.repeat(9000)}\nlast`;
    const found = [...sentencesOf(text, 'en')];
    for (const one of found) expect(text.slice(one.start, one.end)).toBe(one.text);
    expect(Math.max(...found.map((one) => one.text.length))).toBeLessThanOrEqual(20_000);
    expect(
      found
        .map((one) => one.text)
        .join('')
        .replaceAll(/\s/g, ''),
    ).toBe(text.replaceAll(/\s/g, ''));
  });
});

describe('numbers', () => {
  it.each([
    ['1,200 people', ['1200']],
    ['1.2 million', ['1200000']],
    ['forty-one letters', ['41']],
    ['three thousand', ['3000']],
    ['十二', ['12']],
    ['两万八千六百', ['28600']],
    ['3.5万', ['35000']],
    ['１２３', ['123']],
    ['in 2019.', ['2019']],
    ['one of them', []],
    ['Alice,1200,500', ['1200', '500']],
    ['1200,345,678', ['1200', '345', '678']],
    ['1,200,500 in all', ['1200500']],
    ['3000，2024年', ['3000', '2024']],
    ['１，２', ['1', '2']],
    ['$2M, $5m and 3bn', ['2000000', '5000000', '3000000000']],
    ['a wall of 5m', ['5']],
    ['a million, a man', ['1000000']],
    ['two hundred and fifty', ['250']],
    ['three hundred and five thousand and six', ['305006']],
    ['two hundred and three hundred, or five and six', ['200', '300', '5', '6']],
    ['3百万', ['3000000']],
    ['300万', ['3000000']],
  ])('of %s have one way to be written', (text, values) => {
    expect(numbersIn(text).map(({ value }) => value)).toEqual(values);
  });
});

describe('numbers that may be read in two ways', () => {
  const unknown = async (text: string, answer: string, language: 'en' | 'zh-CN' = 'en') => {
    const [sentence] = await (await GroundingIndex.of([{ text, positions: null }], language)).lookUp(answer);
    return sentence?.nowhere.map(({ start, end }) => answer.slice(start, end));
  };

  it('are known in both, of a row of a table', async () => {
    const table = 'name,sold,returned\nAlice,500,200\nBob,1200,40';
    expect(await unknown(table, 'Alice sold 500 and had 200 returned.')).toEqual([]);
    expect(await unknown(table, 'Bob sold 1200 and had 40 returned, Alice sold 500,200.')).toEqual([]);
    expect(await unknown(table, 'Bob sold 1,200 and had 50 returned.')).toEqual(['50']);
  });

  it('are one number in a sentence', async () => {
    expect(await unknown('They sold 41,200 tickets.', 'They sold 200 tickets.')).toEqual(['200']);
  });

  it.each([
    ['Ann,2024-06-14', 'It was on 14 June 2024.'],
    ['Ann;14/06/2024', 'It was on 14 Jun, or June 14th.'],
    ['Ann;06/14/24', 'It was on June 14.'],
    ['Ann 2024.06.14', 'It was on 14 June 2024.'],
    ['Ann met them on 14 June 2024.', 'It was on 2024-06-14, or 14.06.2024, or 06/14/2024.'],
  ])('are days of “%s”', async (text, answer) => expect(await unknown(text, answer)).toEqual([]));

  it('are days in Chinese, and no other days', async () => {
    expect(await unknown('日期,数量\n2024-05-14,30', '数量在5月14日是30。', 'zh-CN')).toEqual([]);
    expect(await unknown('Ann,2024-06-14\nBob,2024-07-15', 'It was on 15 June 2024.')).toEqual(['15 June']);
    expect(await unknown('Ann,2024-06-14', 'It was in August.')).toEqual(['August']);
  });
});

describe('numbers with several points', () => {
  const text =
    'Version 3.11.4 came out on 14.05.2024, server 10.0.0.7 got it in 2031 days. Nine of 30 had 1.200.000 rows.';

  it.each([
    ['Version 3.11.4 came out on 14.05.2024.', []],
    ['Version 3.11 came out on 14 May.', []],
    ['Version 3.11.9 came out.', ['3.11.9']],
    ['It came out on 14.05.2033.', ['14.05.2033']],
    ['It came out on 2024.05.29.', ['2024.05.29']],
    ['The server is 10.0.0.8.', ['10.0.0.8']],
    ['It had 1.200.500 rows.', ['1.200.500']],
  ])('are there only when all of them is: %s', async (answer, marked) => {
    const index = await GroundingIndex.of([{ text, positions: null }], 'en');
    const unknown = (await index.lookUp(answer)).flatMap((sentence) => sentence.nowhere);
    expect(unknown.map(({ start, end }) => answer.slice(start, end))).toEqual(marked);
  });
});

describe('days of a year', () => {
  it.each([
    ['2024-05-14T10:12, 2024.6.1; 2024-13-01', ['5-14', '6-1']],
    ['14/05/2024 or 05/14/24', ['5-14', '5-14']],
    ['04/05/2024', ['5-4', '4-5']],
    ['It closes on 4 May, or May 14th.', ['5-4', '5-14']],
    ['From the 3rd of Sept. on; maybe 20 mayors come.', ['9-3']],
    ['自六月二十日起，5月4号结束，13月2日没有。', ['6-20', '5-4']],
  ])('are found in “%s”', (text, days) => {
    expect(datesIn(text).map(({ month, day }) => `${month}-${day}`)).toEqual(days);
  });

  it('are marked when day and month stand in the text, but not together', async () => {
    const text = 'The bridge closes on 4 May. The way round adds fourteen kilometres. It rains from 15 to 18 June.';
    const index = await GroundingIndex.of([{ text, positions: null }], 'en');
    const [wrong, right, range] = await index.lookUp(
      'The bridge closes on 14 May. The bridge closes on May 4. It rains on 15 June.',
    );
    expect(wrong?.nowhere).toHaveLength(1);
    expect(right?.nowhere).toEqual([]);
    expect(range?.nowhere).toEqual([]);
  });
});

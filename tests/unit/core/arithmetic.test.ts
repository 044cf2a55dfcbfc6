import { describe, expect, it } from 'vitest';
import type { PlainStep } from '../../../contract/atom-steps.ts';
import { runPlainStep } from '../../../core/steps/run-plain-step.ts';
import { listValue, textOf, textValue } from '../../../core/steps/value.ts';

const tools = { language: 'en', now: new Date(2026, 10, 30, 14, 5), plainOf: (text: string) => text } as const;
const made = async (step: PlainStep, text: string, answers: Readonly<Record<string, string>> = {}) =>
  textOf(await runPlainStep(step, textValue(text), { ...tools, answers }));
const codeOf = (step: PlainStep, text: string) =>
  made(step, text).then(
    (text) => text,
    (error: { readonly code?: string }) => error.code ?? String(error),
  );

describe('one number of a text', () => {
  it.each([
    ['sum', '0.1 and 0.2', '0.3'],
    ['sum', 'North 1,200.50, south 90', '1,290.50'],
    ['sum', 'Preis 1.200,50 € und 0,50 €', '1.201,00'],
    ['sum', '-5 and −3', '-8'],
    ['sum', '2026-05-04: 7 pieces; 5 May 2026: 8 pieces', '15'],
    ['sum', '三个 12 元和 8 元', '20'],
    ['sum', '销售 1.5万 和 500', '15500'],
    ['average', '1 2 4', '2.3333333333'],
    ['average', '10 20', '15'],
    ['median', '9, 1 ; 5', '5'],
    ['least', '3 -2 8', '-2'],
    ['greatest', '3 -2 8', '8'],
    ['difference', '10.00 and 2.5', '7.50'],
    ['product', '1.5 × 4', '6.0'],
    ['share', '15 of 60', '25%'],
    ['sum', 'version 1.2.3 costs 4', '4'],
  ] as const)('is the %s of %s', async (what, text, is) => {
    expect(await made({ do: 'total', what }, text)).toBe(is);
  });

  it('is rounded half away from nothing, and has just so many digits', async () => {
    expect(await made({ do: 'total', what: 'sum', decimals: '2' }, '1.005')).toBe('1.01');
    expect(await made({ do: 'total', what: 'sum', decimals: '0' }, '-2.5')).toBe('-3');
    expect(await made({ do: 'total', what: 'average', decimals: '2' }, '1 2')).toBe('1.50');
  });

  it('says what is missing, and what cannot be divided', async () => {
    expect(await codeOf({ do: 'total', what: 'sum' }, 'none')).toBe('step/no-number');
    expect(await codeOf({ do: 'total', what: 'share' }, '5')).toBe('step/no-number');
    expect(await codeOf({ do: 'total', what: 'share' }, '5 of 0')).toBe('step/by-nothing');
  });

  it('is told of a hundred thousand numbers, and refused of more than can be held', async () => {
    const many = (count: number) => listValue(Array.from({ length: count }, () => '0.01'));
    expect(textOf(await runPlainStep({ do: 'total', what: 'sum' }, many(100_000), tools))).toBe('1000.00');
    const million = textValue('1 '.repeat(1_000_000));
    await expect(runPlainStep({ do: 'total', what: 'sum' }, million, tools)).rejects.toMatchObject({
      code: expect.stringMatching(/^step\/too-(?:large|slow)$/),
    });
    const product = textValue('9999999 '.repeat(20_000));
    await expect(runPlainStep({ do: 'total', what: 'product' }, product, tools)).rejects.toMatchObject({
      code: 'step/too-large',
    });
  }, 30_000);
});

describe('numbers as others', () => {
  it.each([
    [{ how: 'add-percent', by: '19' }, 'net 100.00, fee 2.50', 'net 119.00, fee 2.975'],
    [{ how: 'add-percent', by: '19', decimals: '2' }, 'net 1,000.00', 'net 1,190.00'],
    [{ how: 'take-percent', by: '10' }, '200', '180'],
    [{ how: 'percent', by: '50' }, '7', '3.5'],
    [{ how: 'multiply', by: '-2' }, 'a 3 b -4', 'a -6 b 8'],
    [{ how: 'divide', by: '3', decimals: '2' }, '10', '3.33'],
    [{ how: 'subtract', by: '0.1' }, '0.3', '0.2'],
    [{ how: 'round' }, '2.5 and 2.4', '3 and 2'],
    [{ how: 'round', decimals: '1' }, '2.45', '2.5'],
    [{ how: 'add', by: '{n}' }, '5', '12'],
  ] as const)('%o makes of %s', async (how, text, is) => {
    expect(await made({ do: 'calculate', ...how }, text, { n: '7' })).toBe(is);
  });

  it('says what is no number', async () => {
    expect(await codeOf({ do: 'calculate', how: 'add', by: '{gone}' }, '5')).toBe('step/no-number');
    expect(await codeOf({ do: 'calculate', how: 'divide', by: '0' }, '5')).toBe('step/by-nothing');
  });
});

describe('dates', () => {
  const move = (by: string, unit: Extract<PlainStep, { do: 'move-date' }>['unit']) =>
    ({ do: 'move-date', by, unit }) as const;

  it.each([
    [move('30', 'days'), 'Due 2026-12-15.', 'Due 2027-01-14.'],
    [move('1', 'months'), '31 January 2027 and 31 Jan 2028', '28 February 2027 and 29 Feb 2028'],
    [move('-1', 'years'), 'Feb 29, 2028', 'Feb 28, 2027'],
    [move('1', 'workdays'), 'Friday 2026-12-04', 'Friday 2026-12-07'],
    [move('5', 'workdays'), '2026-12-05', '2026-12-11'],
    [move('-1', 'workdays'), '2026-12-07', '2026-12-04'],
    [move('2', 'weeks'), '2026年5月4日', '2026年5月18日'],
    [move('1', 'days'), '二〇二六年十二月三十一日', '2027年1月1日'],
    [move('1', 'days'), '31/12/2026 and 12/31/2026', '01/01/2027 and 01/01/2027'],
    [move('1', 'days'), 'perhaps 04/05/2026', 'perhaps 04/05/2026'],
    [move('1', 'days'), 'no such day 2026-02-30', 'no such day 2026-02-30'],
    [move('{n}', 'days'), '1st of May 2026', '8th of May 2026'],
  ] as const)('%o makes of %s', async (step, text, is) => {
    expect(await made(step, text, { n: '7' })).toBe(is);
  });

  it.each([
    ['days', '2026-01-01 to 2026-03-01', '59'],
    ['weeks', '2026-03-01 back to 2026-01-01', '-8'],
    ['months', '31 January 2026 to 28 February 2026', '1'],
    ['months', '2026-01-28 to 2026-03-28', '2'],
    ['years', '2000-02-29 to 2026-02-27', '25'],
    ['workdays', '2026-12-04 to 2026-12-07', '1'],
    ['days', 'until 2026-12-05', '5'],
  ] as const)('in %s from %s', async (unit, text, is) => {
    expect(await made({ do: 'between-dates', unit }, text)).toBe(is);
  });

  it('are found with their year alone', async () => {
    expect(await made({ do: 'find-dates' }, 'May 4, 2026; 5/6/2026; 3 June; 2026年7月8日')).toBe(
      '2026-05-04\n2026-07-08',
    );
  });

  it('never leave the years that are written so', async () => {
    expect(await codeOf(move('1', 'days'), '9999-12-31')).toBe('step/date-beyond');
    expect(await codeOf(move('-9999', 'years'), '2026-01-01')).toBe('step/date-beyond');
    expect(await codeOf(move('9999999', 'workdays'), '2026-01-01')).toBe('step/date-beyond');
    expect(await codeOf(move('99999999999999999999', 'days'), '2026-01-01')).toBe('step/no-number');
    expect(await codeOf({ do: 'between-dates', unit: 'days' }, 'none')).toBe('step/no-date');
  });
});

describe('what is secret', () => {
  it('is marked by its kind, or has a name that stays the same', async () => {
    const text = 'Write to ada@example.org or bob@example.org; ada@example.org answers.';
    expect(await made({ do: 'redact' }, text)).toBe('Write to [EMAIL] or [EMAIL]; [EMAIL] answers.');
    const value = listValue(['ada@example.org', 'bob@example.org', 'ada@example.org']);
    const named = await runPlainStep({ do: 'redact', as: 'names' }, value, tools);
    expect(named).toEqual(listValue(['[EMAIL-1]', '[EMAIL-2]', '[EMAIL-1]']));
  });

  it('is also what the person calls so', async () => {
    const named = { ...tools, privateNames: ['Operation Kestrel'] };
    const value = await runPlainStep({ do: 'redact' }, textValue('Operation Kestrel begins'), named);
    expect(textOf(value)).toBe('[NAME] begins');
  });
});

import { expect, it } from 'vitest';
import { type Job, workUnits } from '../../../contract/job.ts';
import { jobValues } from '../../../locales/say-job.ts';
import { createTranslator } from '../../../locales/translator.ts';

const job: Job = {
  id: 'j',
  task: { kind: 'model-download', purpose: 'chat', modelId: 'm' },
  title: 'M',
  status: 'running',
  stage: 'working',
  unit: 'byte',
  amount: 3,
  total: 4000,
  rate: 2.46,
  leftMs: 120_000,
  source: null,
  allows: ['cancel'],
  error: null,
};

function said(language: 'en' | 'zh-CN', changes: object): string {
  const { done, total, rate, left } = jobValues(createTranslator(language).t, { ...job, ...changes }, language);
  return [done, total, rate, left].join(' | ');
}

it('says of a job how far it is in what it is counted in, in both languages', () => {
  expect(workUnits.map((unit) => said('en', { unit }))).toEqual([
    '3 B | 4 KB | 2 B | 2 min',
    '3 | 4,000 pages | 2.5 pages | 2 min',
    '3 | 4,000 parts | 2.5 parts | 2 min',
    '3 | 4,000 entries | 2.5 entries | 2 min',
  ]);
  expect(workUnits.map((unit) => said('zh-CN', { unit }))).toEqual([
    '3 B | 4 KB | 2 B | 2 分钟',
    '3 | 4,000 页 | 2.5 页 | 2 分钟',
    '3 | 4,000 个部分 | 2.5 个部分 | 2 分钟',
    '3 | 4,000 项 | 2.5 项 | 2 分钟',
  ]);
});

it('guesses neither a total nor a time that nobody knows', () => {
  expect(said('en', { unit: 'entry', total: null, amount: 1, leftMs: null })).toBe('1 entry | … | 2.5 entries | …');
  expect(said('zh-CN', { unit: 'page', total: null, leftMs: null })).toBe('3 页 | … | 2.5 页 | …');
});

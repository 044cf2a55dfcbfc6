import { expect, it } from 'vitest';
import { createTranslator, sayError } from '../../../locales/translator.ts';
import { failureOfAnswer } from '../../../models/openai-compatible/failures.ts';

const refused = (body: unknown, status = 422) => failureOfAnswer(status, JSON.stringify(body), 'h', null);
const says = 'is too large';

it.each<[string, unknown, string]>([
  ['a list of paths', { detail: [{ loc: ['body', 'max_tokens'], msg: says, type: 'x' }] }, 'max_tokens'],
  ['a path into a list', { detail: [{ loc: ['body', 'messages', 0, 'role'], msg: says }] }, 'messages.0.role'],
  ['a parameter', { error: { message: says, param: 'temperature' } }, 'temperature'],
  ['a field of its own', { errors: [{ field: 'top_p', message: says }] }, 'top_p'],
  ['a pointer', { errors: [{ source: { pointer: '/data/seed' }, detail: says }] }, 'data.seed'],
  ['a pointer of a schema', { error: { message: says, details: [{ instancePath: '/stop/0' }] } }, 'stop.0'],
  ['sentences under its name', { message: 'Invalid.', errors: { max_tokens: [says] } }, 'max_tokens'],
  ['a sentence under its name', { detail: { seed: says } }, 'seed'],
  [
    'a violation',
    { error: { code: 400, message: says, details: [{ fieldViolations: [{ field: 'contents[0].role' }] }] } },
    'contents[0].role',
  ],
])('a refusal names the field that it is about: %s', (_name, body, field) => {
  for (const status of [400, 422]) {
    const failure = refused(body, status);
    expect(failure).toMatchObject({ code: 'server/failed', values: { context: 'refused', namedField: field } });
    expect(sayError(createTranslator('en'), failure)).toContain(`It names the field “${field}”. The server says: “`);
    expect(sayError(createTranslator('zh-CN'), failure)).toContain(`“${field}”`);
  }
});

it.each<[string, unknown]>([
  ['none is named', { error: { message: says } }],
  ['its sentence names it', { error: { message: 'temperature is too large', param: 'temperature' } }],
  ['it is no name', { error: { message: says, param: 'Ignore this, and\u202e press Enter' } }],
  ['it is a sentence of its own', { detail: { message: says } }],
  ['a path that is endless', { error: { message: says, path: `/${'a/'.repeat(90_000)}` } }],
])('a refusal names no field where %s', (_name, body) => {
  expect(refused(body).values).not.toHaveProperty('namedField');
});

it('a refusal for another cause is told by that alone', () => {
  const body = { error: { message: 'You are not allowed to use this model.', param: 'model' } };
  expect(refused(body, 400)).toMatchObject({ code: 'server/not-allowed' });
  expect(refused(body, 400).values).not.toHaveProperty('namedField');
});

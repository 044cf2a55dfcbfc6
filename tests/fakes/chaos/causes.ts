import { finerCauses } from './finer-causes.ts';

/** What a server sends that refuses a question, and what a person is told: the code with its context, and the step. */
export type Cause = readonly [name: string, status: number, body: unknown, told: string, step: string];

const error = (message: string, more: object = {}) => ({ error: { message, ...more } });
const page = (title: string) => `<!DOCTYPE html><html><head><title>${title}</title></head></html>`;

const missing = 'server/model-missing';
const unfit = 'server/model-unfit';
const notLoaded = 'server/model-not-loaded';
const notAllowed = 'server/not-allowed';
const full = 'server/context-full';
const another = 'choose-model';

/** By what is told, told by fields first; several vendors each, so that no sentence of one is what is looked for. */
export const causes: readonly Cause[] = [
  ['a deployment, Azure', 404, error('It does not exist.', { code: 'DeploymentNotFound' }), missing, another],
  ['a kind that says it, Anthropic', 404, error('model: m', { type: 'not_found_error' }), missing, another],
  ['the parameter that it is about', 404, error('Nope.', { param: 'model' }), missing, another],
  ['the parameter, under 400', 400, error('Nope.', { param: 'model' }), missing, another],
  [
    'a path that is a model, Gemini',
    404,
    [error('models/x is not found, or is not supported for it')],
    missing,
    another,
  ],
  ['nobody who offers it, OpenRouter', 404, error('No endpoints found for x.'), missing, another],
  ['either of two, Kimi', 404, error('Not found the model x or Permission denied'), missing, another],
  [
    'a function, NVIDIA',
    404,
    { title: 'Not Found', detail: "Function 'x': Not found for account 'y'" },
    missing,
    another,
  ],
  ['no channel, New API', 503, error('当前分组 default 下对于模型 x 无可用渠道'), missing, another],
  ['no model but a path', 404, error('no route'), 'server/not-found', 'open-models'],
  [
    'a path by its words',
    200,
    { error: 'Unexpected endpoint or method. (POST /v1/x)' },
    'server/not-found',
    'open-models',
  ],
  ['no chat model', 404, error('This is not a chat model.', { param: 'model' }), unfit, another],
  ['another way only', 404, error('This model is only supported in v1/responses.', { param: 'model' }), unfit, another],
  ['no chat, Ollama', 400, error('"x" does not support chat'), unfit, another],
  ['no chat at all, llama.cpp', 501, error('This server does not support chat'), unfit, another],
  ['nothing loaded', 404, error('No models loaded.', { param: 'model' }), notLoaded, another],
  ['unloaded meanwhile', 400, { error: 'Model unloaded.' }, notLoaded, another],
  ['not to be loaded', 500, error('could not load model: rpc error'), notLoaded, another],
  ['crashed', 400, { error: 'The model has crashed without additional information.' }, notLoaded, another],
  [
    'too large to be loaded, under a code of another cause',
    404,
    error('Failed to load model "x": insufficient system resources.', { param: 'model', code: 'model_not_found' }),
    'server/no-memory',
    another,
  ],
  [
    'an address of the network',
    401,
    error('Your IP is not authorized', { code: 'ip_not_authorized' }),
    notAllowed,
    another,
  ],
  ['no right, Zhipu', 403, error('您无权访问模型 x。', { code: '1220' }), notAllowed, another],
  ['a locked account, Zhipu', 429, error('您的账户已被锁定', { code: '1112' }), notAllowed, another],
  ['a denial, DashScope', 403, error('Model access denied.', { code: 'access_denied' }), notAllowed, another],
  ['a policy of one’s own', 404, error('No endpoints found matching your data policy.'), notAllowed, another],
  ['no word at all', 403, '', notAllowed, another],
  ['a browser that is asked for', 403, page('Just a moment...'), 'server/not-an-api barred', 'open-models'],
  ['a page that asks who it is', 401, page('401 Authorization Required'), 'server/key-wanted', 'open-models'],
  [
    'not enough in Novita’s words',
    403,
    { reason: 'NOT_ENOUGH_BALANCE', message: 'not enough balance' },
    'server/no-balance',
    another,
  ],
  [
    'a spending limit, Fireworks',
    412,
    error('Account x is suspended: monthly spending limit'),
    'server/no-balance',
    another,
  ],
  [
    'a censor, StepFun',
    451,
    error('It is blocked.', { type: 'censorship_blocked' }),
    'server/refused-content',
    another,
  ],
  ['an identifier, Bedrock', 400, { message: 'The provided model identifier is invalid.' }, missing, another],
  ['not loaded, Jan', 409, { message: 'Model has not been loaded' }, notLoaded, another],
  ['fewer tokens, Together', 422, error('`inputs` must have less than 4097 tokens. Given: 5000'), full, another],
  ['a free quota', 403, error('It is over.', { code: 'AllocationQuota.FreeTierOnly' }), 'server/no-balance', another],
  ['a budget', 400, error('Budget has been exceeded!', { type: 'budget_exceeded' }), 'server/no-balance', another],
  ['a limit of one’s own, Ark', 429, error('Paused.', { code: 'SetLimitExceeded' }), 'server/no-balance', another],
  [
    'no credits, xAI',
    403,
    { error: "Your team doesn't have any credits or licenses yet." },
    'server/no-balance',
    another,
  ],
  ['a code alone, Zhipu', 400, error('?', { code: '1261' }), full, another],
  ['Chinese words', 400, error('输入内容过长，请缩短'), full, another],
  [
    'a comparison, SiliconFlow',
    400,
    { code: 20015, message: 'length of prompt_tokens (9) must be less than max_seq_len (3).' },
    full,
    another,
  ],
  ['a sum, TGI', 422, { error: '`inputs` tokens + `max_new_tokens` must be <= 2048' }, full, another],
  ['too much, iFlytek', 200, { code: 10907, message: '?' }, full, another],
  ['a risk, DeepSeek', 400, error('Content Exists Risk'), 'server/refused-content', another],
  ['no header', 400, [error('Missing or invalid Authorization header.')], 'server/key-wanted', 'open-models'],
  [
    'a key, Tencent',
    200,
    { Response: { Error: { Code: 'AuthFailure', Message: 'credentials' } } },
    'server/key-wanted',
    'open-models',
  ],
  ['a key', 401, '', 'server/key-wanted', 'open-models'],
  ['a limit by the minute in Chinese', 429, error('每分钟 token 数超过上限'), 'server/busy', 'try-again'],
  ['a limit, Baidu', 200, { error_code: 336501, error_msg: '?' }, 'server/busy', 'try-again'],
  ['a limit with its time', 429, error('Please try again in 20s.'), 'server/busy wait', 'try-again'],
  [
    'a delay of its own, Gemini',
    429,
    [error('Later.', { details: [{ retryDelay: '34s' }] })],
    'server/busy wait',
    'try-again',
  ],
  ...finerCauses,
  ['a wrong field', 422, error('Invalid parameter: foo'), 'server/failed refused', another],
  ['a teapot', 418, '', 'server/failed refused', another],
  [
    'a long sentence, broken off',
    400,
    `{"error":{"message":"${'Boom '.repeat(20_000)}`,
    'server/failed refused',
    another,
  ],
  ['an error of its own', 500, error('oops'), 'server/failed', 'try-again'],
  ['a time that ran out', 408, '', 'server/failed', 'try-again'],
  ['no change, which nobody asked for', 304, '', 'server/unreadable status', ''],
  ['elsewhere, and not where', 302, '', 'server/moved nowhere', 'open-models'],
];

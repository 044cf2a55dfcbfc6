import { head, json, type Scenario } from './scenario.ts';

const refused = (
  name: string,
  status: number,
  body: unknown,
  end: string,
  headers: Record<string, string> = {},
): Scenario => ({
  name: `${status} ${name}`,
  serve: json(status, body, headers),
  end,
});
const error = (message: string, more: object = {}) => ({ error: { message, ...more } });

/** How servers say no: the same few causes in the words, codes and shapes of many. */
export const refusals: readonly Scenario[] = [
  refused(
    'no credit, OpenAI',
    429,
    error('You exceeded your current quota, please check your plan and billing details.', {
      code: 'insufficient_quota',
    }),
    'server/no-balance',
  ),
  refused('no credit, DeepSeek', 402, error('Insufficient Balance'), 'server/no-balance'),
  refused('no credit, by status alone', 402, '', 'server/no-balance'),
  refused(
    'no credit, Kimi',
    429,
    error('Your account is suspended', { type: 'exceeded_current_quota_error' }),
    'server/no-balance',
  ),
  refused('no credit, Z.AI', 429, error('账户余额不足或无可用资源包', { code: '1113' }), 'server/no-balance'),
  refused(
    'no credit, Ark',
    403,
    error('The request failed because your account has an overdue balance.', { code: 'AccountOverdueError' }),
    'server/no-balance',
  ),
  refused(
    'no credit, DashScope',
    400,
    { code: 'Arrearage', message: 'Access denied, please make sure your account is in good standing.' },
    'server/no-balance',
  ),
  refused(
    'no credit, Anthropic',
    400,
    {
      type: 'error',
      error: { type: 'invalid_request_error', message: 'Your credit balance is too low to access the API.' },
    },
    'server/no-balance',
  ),
  refused(
    'no credit, OpenRouter',
    402,
    error('This request requires more credits, or fewer max_tokens.', { code: 402 }),
    'server/no-balance',
  ),
  refused(
    'no credit, SiliconFlow',
    403,
    { code: 30011, message: '该模型需要付费余额', data: null },
    'server/no-balance',
  ),
  refused(
    'too often, Gemini',
    429,
    [
      error('You exceeded your current quota, please check your plan and billing details. Please retry in 34.07s.', {
        status: 'RESOURCE_EXHAUSTED',
      }),
    ],
    'server/busy',
  ),
  refused('too often', 429, { error: 'slow down' }, 'server/busy'),
  refused('too often, Zhipu', 429, error('您当前使用该API的并发数过高', { code: '1302' }), 'server/busy'),
  refused('busy', 503, error('Loading model', { type: 'unavailable_error' }), 'server/busy'),
  refused(
    'overloaded',
    529,
    { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    'server/busy',
  ),
  refused('wrong key', 401, error('Incorrect API key provided: sk-…', { code: 'invalid_api_key' }), 'server/wrong-key'),
  refused('wrong key, by status alone', 401, '', 'server/wrong-key'),
  refused(
    'wrong key, Gemini',
    400,
    [error('API key not valid. Please pass a valid API key.', { status: 'INVALID_ARGUMENT' })],
    'server/wrong-key',
  ),
  refused('wrong key, in words', 403, 'invalid token', 'server/wrong-key'),
  refused(
    'country',
    403,
    error('Country, region, or territory not supported', { code: 'unsupported_country_region_territory' }),
    'server/not-allowed',
  ),
  refused(
    'country, Gemini',
    400,
    error('User location is not supported for the API use.', { status: 'FAILED_PRECONDITION' }),
    'server/not-allowed',
  ),
  refused(
    'project',
    403,
    error('Project `proj_x` does not have access to model `m`', { code: 'model_not_found' }),
    'server/not-allowed',
  ),
  refused(
    'plan, Mistral',
    403,
    { message: 'This model is not in your subscription tier', type: 'forbidden' },
    'server/not-allowed',
  ),
  refused(
    'real name, SiliconFlow',
    403,
    { message: 'Please complete real-name authentication first' },
    'server/not-allowed',
  ),
  refused(
    'not activated, Ark',
    404,
    error('Your account has not activated the model. Please activate it in the console.', { code: 'ModelNotOpen' }),
    'server/not-allowed',
  ),
  refused('law', 451, '', 'server/not-allowed'),
  refused(
    'no such model, OpenAI',
    404,
    error('The model `m` does not exist or you do not have access to it.', { code: 'model_not_found' }),
    'server/model-missing',
  ),
  refused(
    'no such model, Ollama',
    404,
    { error: 'model "qwen3:8b" not found, try pulling it first' },
    'server/model-missing',
  ),
  refused(
    'no such model, vLLM',
    404,
    { object: 'error', message: 'The model `m` does not exist.', type: 'NotFoundError', code: 404 },
    'server/model-missing',
  ),
  refused(
    'no such model, DeepSeek',
    400,
    error('Model Not Exist', { type: 'invalid_request_error' }),
    'server/model-missing',
  ),
  refused('no such model, Zhipu', 400, error('模型不存在，请检查模型代码。', { code: '1211' }), 'server/model-missing'),
  refused('no such path', 404, { error: 'no such route' }, 'server/not-found'),
  refused('no such path, by status alone', 404, '', 'server/not-found'),
  refused('no such way', 405, { detail: 'Method Not Allowed' }, 'server/not-found'),
  refused(
    'content, Azure',
    400,
    error("The response was filtered due to the prompt triggering Azure OpenAI's content management policy.", {
      code: 'content_filter',
    }),
    'server/refused-content',
  ),
  refused(
    'content, DashScope',
    400,
    { code: 'DataInspectionFailed', message: 'Input data may contain inappropriate content.' },
    'server/refused-content',
  ),
  refused(
    'content, Ark',
    400,
    error('The request failed because the input text may contain sensitive information.', {
      code: 'InputTextRiskDetection',
    }),
    'server/refused-content',
  ),
  refused(
    'content, Zhipu',
    400,
    error('系统检测到输入内容可能包含不安全或敏感内容', { code: '1301' }),
    'server/refused-content',
  ),
  refused(
    'content, OpenRouter',
    403,
    error('Input was flagged', { metadata: { reasons: ['x'] } }),
    'server/refused-content',
  ),
  refused(
    'too long, llama.cpp',
    400,
    error('the request exceeds the available context size', { type: 'exceed_context_size_error' }),
    'server/context-full',
  ),
  refused(
    'too long, TGI',
    422,
    { error: 'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096', error_type: 'validation' },
    'server/context-full',
  ),
  refused(
    'too long, Groq',
    413,
    error('Request too large for model `m` on tokens per minute (TPM): Limit 6000, Requested 9000', {
      code: 'rate_limit_exceeded',
    }),
    'server/context-full',
  ),
  refused(
    'too long, a proxy',
    413,
    '<html><head><title>413 Request Entity Too Large</title></head></html>',
    'server/context-full',
    { 'content-type': 'text/html' },
  ),
  refused(
    'too long, Anthropic',
    400,
    {
      type: 'error',
      error: { type: 'invalid_request_error', message: 'prompt is too long: 210000 tokens > 200000 maximum' },
    },
    'server/context-full',
  ),
  refused(
    'too long, DashScope',
    400,
    { code: 'InvalidParameter', message: 'Range of input length should be [1, 30720]' },
    'server/context-full',
  ),
  refused(
    'too long, Moonshot',
    400,
    error('Invalid request: Your request exceeded model token limit: 8192'),
    'server/context-full',
  ),
  refused(
    'no memory, Ollama',
    500,
    { error: 'model requires more system memory (9.2 GiB) than is available (3.1 GiB)' },
    'server/no-memory',
  ),
  refused('no memory, vLLM', 500, error('CUDA out of memory. Tried to allocate 2.00 GiB'), 'server/no-memory'),
  refused('an inner error', 500, { error: 'oops' }, 'server/failed'),
  refused('a proxy before a server that is down', 502, '<html><body>502 Bad Gateway</body></html>', 'server/failed', {
    'content-type': 'text/html',
  }),
  refused('a page', 404, '<!doctype html><html></html>', 'server/not-an-api', { 'content-type': 'text/html' }),
  refused('a page with a status that is well', 200, '<html><body>Welcome</body></html>', 'server/not-an-api', {
    'content-type': 'text/html',
  }),
  refused('moved', 307, '', 'server/moved', { location: 'https://elsewhere.example/v1/chat/completions' }),
  refused('moved to nowhere', 302, '', 'server/moved', { location: 'http://[' }),
  refused('moved without a place', 301, '', 'server/moved'),
  refused(
    'fields, FastAPI',
    422,
    { detail: [{ type: 'missing', loc: ['body', 'prompt'], msg: 'Field required', input: { a: 'context length' } }] },
    'server/failed',
  ),
  refused(
    'a list of errors, Cloudflare',
    400,
    { success: false, errors: [{ code: 7003, message: 'Could not route to /accounts' }] },
    'server/failed',
  ),
  refused('Baidu', 400, { error_code: 336501, error_msg: 'rpm rate limit reached' }, 'server/busy'),
  refused('Tencent', 400, { Response: { Error: { Code: 'FailedOperation.X', Message: 'inner' } } }, 'server/failed'),
  refused('JSON that is none', 400, '{"error": {"message": "half', 'server/failed'),
  refused('a status nobody knows', 418, 'I am a teapot', 'server/failed'),
  refused(
    'a name of objects',
    400,
    '{"__proto__":{"message":"x"},"error":{"constructor":{"name":"y"}}}',
    'server/failed',
  ),
  refused('deep', 400, `${'{"error":'.repeat(3000)}1${'}'.repeat(3000)}`, 'server/failed'),
  {
    name: '400 broken off',
    serve: (socket) => socket.end(`${head(400, { 'content-length': 10_000 })}{"error":"Invalid API key"`),
    end: 'server/wrong-key',
  },
];

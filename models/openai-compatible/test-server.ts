import * as z from 'zod';
import { toErrorShape } from '../../contract/errors.ts';
import type { ServerTest } from '../../contract/model.ts';
import { readAddress } from './address.ts';
import { failureOfAnswer, failureOfTransport } from './failures.ts';

const listSchema = z.object({ data: z.array(z.object({ id: z.string().max(300) })) });
const limitMs = 15_000;

/** Lists the models of an address. Judged by the body, not the status alone; a missing `/v1` is found and put right. */
export async function testServer(typed: string, key: string | null, fetchFrom: typeof fetch): Promise<ServerTest> {
  let parsed: ReturnType<typeof readAddress>;
  try {
    parsed = readAddress(typed);
  } catch (error) {
    return { ok: false, error: toErrorShape(error), models: [], address: typed };
  }
  const first = await listModels(parsed.address, parsed.host, key, fetchFrom);
  if (first.ok || /\/v\d+$/.test(parsed.address) || first.error?.code === 'server/unreachable') return first;
  const second = await listModels(`${parsed.address}/v1`, parsed.host, key, fetchFrom);
  // Of two failures the one about the key says more than the one about the path.
  return second.ok || second.error?.code === 'server/wrong-key' ? second : first;
}

async function listModels(
  address: string,
  host: string,
  key: string | null,
  fetchFrom: typeof fetch,
): Promise<ServerTest> {
  try {
    const response = await fetchFrom(`${address}/models`, {
      headers: key === null || key === '' ? {} : { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(limitMs),
      redirect: 'manual',
    });
    const body = (await response.text()).slice(0, 2_000_000);
    const list = response.ok ? listSchema.safeParse(parseJson(body)) : null;
    if (list?.success) return { ok: true, error: null, models: list.data.data.map(({ id }) => id), address };
    const status = response.ok ? 404 : response.status;
    return {
      ok: false,
      error: failureOfAnswer(status, body, host, response.headers.get('retry-after')),
      models: [],
      address,
    };
  } catch (error) {
    return { ok: false, error: failureOfTransport(error, host), models: [], address };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

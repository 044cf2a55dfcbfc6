import { AppError, type AppErrorShape } from '../../contract/errors.ts';

/** What a server's answer means, by status and body: some servers answer a bad key with 400 or 200. */
export function failureOfAnswer(status: number, body: string, host: string, retryAfter: string | null): AppErrorShape {
  const values = { host, status };
  const says = body.slice(0, 300).replaceAll(/\s+/g, ' ');
  const cause = causeIn(body);
  const aboutKey = /api[ _-]?key|unauthori[sz]ed|invalid.{0,20}(key|token)|authentication/i.test(cause);
  if (status === 401 || status === 403 || (status === 400 && aboutKey)) return shape('server/wrong-key', says, values);
  // As llama.cpp, vLLM, OpenAI and others say it; each with a status of its own.
  const isTooLong = /context[ _-]?(length|size|window)|maximum context|prompt is too long/i.test(cause);
  // Asked again it would be as long.
  if (status >= 400 && isTooLong) return { ...shape('server/context-full', says, values), action: 'choose-model' };
  if (looksLikePage(body)) return shape('server/not-an-api', says, values);
  if (status === 404 || status === 405) return shape('server/not-found', says, values);
  if (status === 429 || status === 503 || status === 529) {
    return { ...shape('server/busy', says, values), retry: { afterMs: retryAfterMs(retryAfter) }, action: 'try-again' };
  }
  return { ...shape('server/failed', says, values), retry: { afterMs: 2000 }, action: 'try-again' };
}

/** What a body says went wrong. The rest of it may hold the question again, whose words mean nothing here. */
function causeIn(body: string): string {
  try {
    return textsOf(JSON.parse(body)).join(' ').slice(0, 1000);
  } catch {
    return body.slice(0, 300);
  }
}

/** Some answer with a list of one, and a router (OpenRouter) tells what another server said as text inside of its own answer. */
function textsOf(answer: unknown): readonly string[] {
  if (typeof answer === 'string') return [answer];
  if (Array.isArray(answer)) return textsOf(answer[0]);
  if (typeof answer !== 'object' || answer === null) return [];
  const { error, message, code, type, detail, metadata } = answer as Record<string, unknown>;
  const texts = [message, code, type, detail].filter((part) => typeof part === 'string');
  const raw = (metadata as { raw?: unknown } | null | undefined)?.raw;
  return [...textsOf(error), ...texts, ...(typeof raw === 'string' ? [causeIn(raw)] : [])];
}

export function looksLikePage(body: string): boolean {
  return /^\s*(<!doctype html|<html|<head|<body)/i.test(body);
}

/** What a transport error means; errors of our own (the offline lock) pass through. */
export function failureOfTransport(error: unknown, host: string): AppErrorShape {
  const own = findOwn(error);
  if (own !== null) return { code: own.code, message: own.message, ...own.detail };
  const message = [error, (error as { cause?: unknown } | null)?.cause]
    .map((part) => (part instanceof Error ? part.message : ''))
    .filter((part) => part !== '')
    .join(': ');
  return { ...shape('server/unreachable', message, { host }), retry: { afterMs: 2000 }, action: 'try-again' };
}

function findOwn(error: unknown): AppError | null {
  let current: unknown = error;
  for (let depth = 0; depth < 6 && current !== null && typeof current === 'object'; depth += 1) {
    if (current instanceof AppError) return current;
    current = (current as { cause?: unknown }).cause;
  }
  return null;
}

function shape(code: AppErrorShape['code'], message: string, values: Record<string, string | number>): AppErrorShape {
  return { code, message, values };
}

function retryAfterMs(header: string | null): number {
  const seconds = Number(header);
  return Number.isFinite(seconds) && header !== null ? Math.min(Math.max(seconds, 0), 120) * 1000 : 3000;
}

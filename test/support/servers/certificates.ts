/** Certificates of a made-up authority for one test, by the openssl command. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificates {
  readonly ca: string;
  readonly server: { readonly cert: Buffer; readonly key: Buffer };
  readonly client: { readonly cert: string; readonly key: string };
}

/** @param folder where the files are written */
export function makeCertificates(folder: string): Certificates {
  const at = (name: string): string => join(folder, name);
  const openssl = (...words: string[]): void => {
    execFileSync('openssl', words, { stdio: 'pipe' });
  };
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const ca = ['-keyout', at('ca.key'), '-out', at('ca.pem'), '-subj', '/CN=doudi test'];
  openssl('req', '-x509', ...key, ...ca, '-days', '3650');
  for (const [name, extension] of [
    ['server', 'subjectAltName=IP:127.0.0.1,DNS:localhost'],
    ['client', 'extendedKeyUsage=clientAuth'],
  ] as const) {
    const own = ['-keyout', at(`${name}.key`), '-out', at(`${name}.csr`), '-subj', `/CN=${name}`];
    openssl('req', ...key, ...own);
    writeFileSync(at(`${name}.ext`), extension);
    const signed = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial'];
    const out = ['-days', '3650', '-extfile', at(`${name}.ext`), '-out', at(`${name}.pem`)];
    openssl('x509', '-req', '-in', at(`${name}.csr`), ...signed, ...out);
  }
  return {
    ca: at('ca.pem'),
    server: { cert: readFileSync(at('server.pem')), key: readFileSync(at('server.key')) },
    client: { cert: at('client.pem'), key: at('client.key') },
  };
}

/** A department's SFTP server on loopback (ssh2's own), with every way of failing that the suite asks for. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import ssh2, { type Connection, type FileEntry, type SFTPWrapper } from 'ssh2';
import { EVIL_NAMES, type Depot } from './depot.ts';

const { STATUS_CODE, OPEN_MODE } = ssh2.utils.sftp;

export const PASSWORD = 'a password of a department';

/** The fingerprint of a private key’s public half as OpenSSH shows it. */
export function fingerprintOf(key: string): string {
  const parsed = ssh2.utils.parseKey(key);
  if (parsed instanceof Error) throw parsed;
  const digest = createHash('sha256').update(parsed.getPublicSSH()).digest('base64');
  return `SHA256:${digest.replace(/=+$/, '')}`;
}

type Lock = Exclude<Parameters<typeof ssh2.utils.generateKeyPairSync>[1], undefined>;

/** A pair of keys. ssh2 makes an Ed25519 key that it cannot read itself about once in 250 times: then it makes another. */
export function makeKey(lock?: Lock & { readonly passphrase: string }): {
  readonly private: string;
  readonly public: string;
} {
  for (;;) {
    const made = ssh2.utils.generateKeyPairSync('ed25519', lock);
    if (!(ssh2.utils.parseKey(made.private, lock?.passphrase) instanceof Error)) return made;
  }
}

export interface SftpDepotOptions {
  /** Private key of the server; may be changed between connections. */
  readonly hostKey: () => string;
  /** Public key that is let in besides the password. */
  readonly publicKey?: string;
}

const FILE = constants.S_IFREG | 0o644;
const FOLDER = constants.S_IFDIR | 0o755;
const LINK = constants.S_IFLNK | 0o777;

type Attributes = FileEntry['attrs'];

const attributes = (mode: number, size: number, mtime: number): Attributes => ({
  mode,
  size,
  mtime,
  atime: mtime,
  uid: 0,
  gid: 0,
});

/** The folder tree that a depot's paths make. */
function statOf(depot: Depot, path: string): Attributes | null {
  const kept = depot.files.get(path);
  const isData = path.endsWith('.csv');
  if (kept !== undefined) {
    const isLink = isData && depot.misdeed === 'link';
    const lies = isData && depot.misdeed === 'wrong-length' ? 1000 : 0;
    const huge = isData && depot.misdeed === 'endless' ? 2 ** 40 : 0;
    return attributes(isLink ? LINK : FILE, kept.bytes.length + lies + huge, kept.mtime);
  }
  const isFolder = [...depot.files.keys()].some((name) => name.startsWith(`${path}/`));
  return isFolder || path === '' ? attributes(FOLDER, 0, 1) : null;
}

function entriesOf(depot: Depot, folder: string): FileEntry[] {
  const inside = [...depot.files.keys()].filter((name) => name.startsWith(`${folder}/`));
  const evil = depot.misdeed === 'names' ? EVIL_NAMES : [];
  return [
    ...evil.map((filename) => ({ filename, longname: filename, attrs: attributes(FILE, 3, 1) })),
    ...inside.map((path) => {
      const filename = path.slice(folder.length + 1);
      const attrs = statOf(depot, path) ?? attributes(FILE, 0, 0);
      return { filename, longname: filename, attrs };
    }),
  ];
}

/** Answers the requests of one client. */
function serve(depot: Depot, sftp: SFTPWrapper, connection: Connection): void {
  const handles = new Map<number, { path: string; listed: boolean }>();
  let last = 0;
  const clean = (path: string): string => path.replace(/^\.?\//, '').replace(/^\.$/, '');
  const open = (path: string): Buffer => {
    last += 1;
    handles.set(last, { path, listed: false });
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE(last);
    return handle;
  };
  const of = (handle: Buffer): { path: string; listed: boolean } | undefined =>
    handles.get(handle.readUInt32BE());
  const tell = (id: number, path: string): void => {
    const found = statOf(depot, clean(path));
    if (found === null) sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
    else sftp.attrs(id, found);
  };
  sftp.on('LSTAT', tell);
  sftp.on('STAT', tell);
  sftp.on('FSTAT', (id, handle) => {
    tell(id, of(handle)?.path ?? '');
  });
  sftp.on('OPENDIR', (id, path) => {
    sftp.handle(id, open(clean(path)));
  });
  sftp.on('READDIR', (id, handle) => {
    const folder = of(handle);
    if (folder === undefined || (folder.listed && depot.misdeed !== 'flood')) {
      sftp.status(id, STATUS_CODE.EOF);
      return;
    }
    folder.listed = true;
    sftp.name(id, entriesOf(depot, folder.path));
  });
  sftp.on('OPEN', (id, path, flags) => {
    depot.asked.push(`OPEN ${clean(path)}`);
    if ((flags & OPEN_MODE.WRITE) !== 0) {
      if (depot.misdeed === 'read-only') {
        sftp.status(id, STATUS_CODE.PERMISSION_DENIED);
        return;
      }
      if (depot.files.has(clean(path))) {
        sftp.status(id, STATUS_CODE.FAILURE);
        return;
      }
      depot.put(clean(path), '');
    }
    sftp.handle(id, open(clean(path)));
  });
  sftp.on('READ', (id, handle, offset, length) => {
    const path = of(handle)?.path ?? '';
    const bytes = depot.files.get(path)?.bytes ?? Buffer.alloc(0);
    const half = Math.floor(bytes.length / 2);
    if (path.endsWith('.csv')) {
      depot.asked.push(`READ ${path} ${offset}`);
      if (depot.misdeed === 'slow' && offset >= half) return;
      if (offset >= half && depot.once('cut')) return void connection.end();
      if (depot.misdeed === 'page' && offset === 0) {
        sftp.data(id, Buffer.from('<html>登录</html>'.padEnd(1000)));
        return;
      }
      if (offset >= half && depot.once('replaced')) depot.replace(path);
    }
    const now = depot.files.get(path)?.bytes ?? bytes;
    if (offset >= now.length) {
      sftp.status(id, STATUS_CODE.EOF);
      return;
    }
    sftp.data(id, now.subarray(offset, offset + length));
  });
  sftp.on('WRITE', (id, handle, offset, data) => {
    const path = of(handle)?.path ?? '';
    const before = depot.files.get(path)?.bytes ?? Buffer.alloc(0);
    depot.put(path, Buffer.concat([before.subarray(0, offset), data]));
    sftp.status(id, STATUS_CODE.OK);
  });
  sftp.on('REMOVE', (id, path) => {
    const gone = depot.files.delete(clean(path));
    sftp.status(id, gone ? STATUS_CODE.OK : STATUS_CODE.NO_SUCH_FILE);
  });
  // As the protocol's third version has it: a name that is taken is refused.
  sftp.on('RENAME', (id, from, to) => {
    const kept = depot.files.get(clean(from));
    if (kept === undefined || depot.files.has(clean(to))) {
      sftp.status(id, STATUS_CODE.FAILURE);
      return;
    }
    depot.files.delete(clean(from));
    depot.files.set(clean(to), kept);
    sftp.status(id, STATUS_CODE.OK);
  });
  sftp.on('CLOSE', (id, handle) => {
    handles.delete(handle.readUInt32BE());
    sftp.status(id, STATUS_CODE.OK);
  });
}

/** Runs a server for as long as the work takes. */
export async function withSftp<T>(
  depot: Depot,
  { hostKey, publicKey }: SftpDepotOptions,
  work: (server: { readonly port: number }) => Promise<T>,
): Promise<T> {
  const clients = new Set<Connection>();
  const listen = (connection: Connection): void => {
    clients.add(connection);
    connection.on('error', () => undefined);
    connection.on('close', () => clients.delete(connection));
    connection.on('authentication', (context) => {
      const isKnown =
        (context.method === 'password' && context.password === PASSWORD) ||
        (context.method === 'publickey' &&
          context.key.data.toString('base64') === publicKey?.split(' ')[1]);
      if (isKnown && depot.misdeed !== 'credentials') context.accept();
      else context.reject(['password', 'publickey']);
    });
    connection.on('ready', () => {
      connection.on('session', (accept) => {
        accept().on('sftp', (take) => {
          serve(depot, take(), connection);
        });
      });
    });
  };
  const first = hostKey();
  const servers = new Map<string, InstanceType<typeof ssh2.Server>>();
  const serverOf = (key: string): InstanceType<typeof ssh2.Server> => {
    const known = servers.get(key) ?? new ssh2.Server({ hostKeys: [key] }, listen);
    servers.set(key, known);
    return known;
  };
  const sockets = new Set<Socket>();
  // ssh2 binds a key to a server; a plain one in front hands each connection to the server of the key of the moment.
  const front = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    serverOf(hostKey()).injectSocket(socket);
  });
  serverOf(first);
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  try {
    return await work({ port: (front.address() as AddressInfo).port });
  } finally {
    for (const client of clients) client.end();
    for (const socket of sockets) socket.destroy();
    front.close();
    await once(front, 'close');
  }
}

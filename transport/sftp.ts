/** A folder on an SSH server as a source. Lists only the folders of the wanted datasets. */
import { constants } from 'node:fs';
import type { FileEntry, Stats } from 'ssh2';
import type { SftpSource } from '../core/sources.ts';
import { startDeadline } from './deadline.ts';
import { fault } from './fault.ts';
import { capOf } from './names.ts';
import { dropPart, keptOf, receive } from './part.ts';
import { openSftp, type SftpSession } from './sftp-session.ts';
import type { RemoteFile, Transport } from './transport.ts';

/** Bytes per read, which ssh2 requests in one packet from any server, and reads in flight: 2 MB for slow lines. */
const CHUNK = 31 * 1024;
const AHEAD = 64;

const kindOf = (mode: number): RemoteFile['kind'] => {
  const type = mode & constants.S_IFMT;
  if (type === constants.S_IFREG) return 'file';
  return type === constants.S_IFLNK ? 'link' : 'other';
};

const isFolder = ({ mode }: Stats): boolean => (mode & constants.S_IFMT) === constants.S_IFDIR;

/** A server may omit attributes that the types declare as present. */
type Said = Partial<Pick<Stats, 'mtime' | 'size'>>;

const tagOf = ({ mtime, size }: Said): string | null =>
  mtime === undefined || size === undefined ? null : `time ${mtime} ${size}`;

/** Fills the buffer unless the file ends: a server may return less than requested. */
async function readFully(
  session: SftpSession,
  handle: Buffer,
  into: Buffer,
  position: number,
): Promise<Buffer> {
  for (let done = 0; done < into.length;) {
    const bytes = await session.read(handle, into.subarray(done), position + done);
    if (bytes <= 0) return into.subarray(0, done);
    done += bytes;
  }
  return into;
}

/** The bytes from a position to the end, in order, with several reads in flight. */
async function* piecesOf(
  session: SftpSession,
  handle: Buffer,
  { from, size }: { from: number; size: number },
  waiting: () => void,
  arrived: () => void,
): AsyncGenerator<Buffer> {
  const under: Promise<Buffer>[] = [];
  let next = from;
  for (;;) {
    while (under.length < AHEAD && next < size) {
      const into = Buffer.allocUnsafe(Math.min(CHUNK, size - next));
      const asked = readFully(session, handle, into, next);
      // A read that fails early is reported when its turn comes.
      asked.catch(() => undefined);
      under.push(asked);
      next += into.length;
    }
    const first = under.shift();
    if (first === undefined) return;
    waiting();
    const piece = await first;
    arrived();
    if (piece.length === 0) return;
    yield piece;
  }
}

/** @param fileBytes largest file accepted */
export function sftpTransport(source: SftpSource, fileBytes: number): Transport {
  let session: SftpSession | null = null;
  const pathOf = (path: string): string => `${source.folder}/${path}`.replace(/^\/\//, '/');

  async function connected(signal: AbortSignal): Promise<SftpSession> {
    if (session?.isOpen !== true) session = await openSftp(source, signal);
    return session;
  }

  /** @returns nothing when the folder does not exist yet, or is a link */
  async function entriesOf(
    at: SftpSession,
    path: string,
  ): Promise<{ entries: FileEntry[]; strange: RemoteFile[] }> {
    const none = { size: null, tag: null, sha256: null };
    const [agency = ''] = path.split('/');
    for (const folder of [agency, path]) {
      const found = await at.lstat(pathOf(folder));
      if (found === null) return { entries: [], strange: [] };
      if (!isFolder(found))
        return { entries: [], strange: [{ path: folder, kind: kindOf(found.mode), ...none }] };
    }
    return { entries: (await at.readdir(pathOf(path))) ?? [], strange: [] };
  }

  async function fetchFrom(
    at: SftpSession,
    file: RemoteFile,
    to: string,
    { waiting, arrived }: { waiting: () => void; arrived: () => void },
  ): Promise<void> {
    const path = pathOf(file.path);
    const named = await at.lstat(path);
    if (named === null) throw fault('source-changed', 'the file is gone');
    if (kindOf(named.mode) !== 'file') {
      dropPart(to);
      throw fault('source-forbidden', 'this is a link or not a file');
    }
    const handle = await at.open(path);
    if (handle === null) throw fault('source-changed', 'the file is gone');
    try {
      const before = await at.fstat(handle);
      const tag = tagOf(before);
      if (tag === null)
        throw fault('source-content', 'the server does not state size and time of a file');
      if (tag !== file.tag || tag !== tagOf(named)) {
        dropPart(to);
        throw fault('source-changed', 'the file differs from the one the source listed');
      }
      const kept = keptOf(to);
      const from = kept?.validator === tag ? kept.bytes : 0;
      const { size } = before;
      const cap = capOf(file.path, fileBytes);
      const pieces = piecesOf(at, handle, { from, size }, waiting, arrived);
      await receive(to, { from, validator: tag, size, cap }, pieces);
      const after = await at.lstat(path);
      waiting();
      const more = await at.read(handle, Buffer.alloc(1), size);
      if (after === null || tagOf(after) !== tag || more > 0) {
        dropPart(to);
        throw fault('source-changed', 'the file was replaced while it was read');
      }
    } finally {
      at.close(handle);
    }
  }

  return {
    async list(wanted, signal) {
      const at = await connected(signal);
      const files: RemoteFile[] = [];
      for (const folder of [...wanted.sources].sort()) {
        const { entries, strange } = await entriesOf(at, folder);
        files.push(...strange);
        for (const { filename, attrs } of entries) {
          if (filename === '.' || filename === '..') continue;
          const said: Said = attrs;
          files.push({
            path: `${folder}/${filename}`,
            kind: kindOf(attrs.mode),
            size: said.size ?? null,
            tag: tagOf(said),
            sha256: null,
          });
        }
      }
      return files;
    },

    async fetch(file, to, signal) {
      const at = await connected(signal);
      const { totalMs, idleMs } = source.deadlines;
      const deadline = startDeadline(totalMs, signal, () => {
        at.end();
      });
      try {
        await fetchFrom(at, file, to, {
          waiting: () => {
            deadline.expect(idleMs);
          },
          arrived: () => {
            deadline.rest();
          },
        });
      } catch (error) {
        throw deadline.fault ?? error;
      } finally {
        deadline.end();
      }
    },

    close() {
      session?.end();
      session = null;
    },
  };
}

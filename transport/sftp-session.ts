/** One authenticated SFTP session. Every request has a deadline and ends with the connection. */
import { createHash } from 'node:crypto';
import ssh2, { type FileEntry, type SFTPWrapper, type Stats } from 'ssh2';
import type { SftpSource } from '../core/sources.ts';
import { startDeadline } from './deadline.ts';
import { codeOf, fault, isFault } from './fault.ts';
import { readLine, readSecret } from './secrets.ts';

const KEEPALIVE_MS = 10_000;

/** Bytes per write: accepted by every server in one packet. */
const CHUNK = 31 * 1024;

/** Most entries of one folder; a real one has a few dozen months. */
const MOST_ENTRIES = 10_000;

const { STATUS_CODE } = ssh2.utils.sftp;

type Back<T> = (error: Error | undefined, value: T) => void;

export interface SftpSession {
  readonly isOpen: boolean;
  /** null: no such file. */
  lstat(path: string): Promise<Stats | null>;
  /** Names and kinds; null: no such folder. */
  readdir(path: string): Promise<FileEntry[] | null>;
  open(path: string): Promise<Buffer | null>;
  fstat(handle: Buffer): Promise<Stats>;
  /** @returns bytes read, 0 at the end of the file; the caller applies the timeout, since many run at once */
  read(handle: Buffer, into: Buffer, position: number): Promise<number>;
  close(handle: Buffer): void;
  /** Writes a new file; does not follow a link of that name on the server. */
  write(path: string, bytes: Buffer): Promise<void>;
  /** Renames a file, replacing any existing one. */
  replace(from: string, to: string): Promise<void>;
  /** Removes a file; a missing one is not an error. */
  remove(path: string): Promise<void>;
  /** Closes the session; pending requests are abandoned. */
  end(): void;
}

function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

const levelOf = (error: unknown): string =>
  error instanceof Error && 'level' in error ? String(error.level) : '';

/** @throws MonitorError of fault.ts */
export async function openSftp(source: SftpSource, signal: AbortSignal): Promise<SftpSession> {
  const { deadlines, passwordFile, keyFile, passphraseFile } = source;
  const key = keyFile === undefined ? undefined : readSecret(keyFile);
  const passphrase = passphraseFile === undefined ? undefined : readLine(passphraseFile);
  if (key !== undefined && ssh2.utils.parseKey(key, passphrase) instanceof Error)
    throw fault('source-credentials', 'the private key cannot be read');
  const client = new ssh2.Client();
  let [isOpen, isOther] = [true, false];
  let hangUp: (error: Error) => void = () => undefined;
  const gone = new Promise<never>((_, reject) => (hangUp = reject));
  // The connection may end while no request is pending.
  gone.catch(() => undefined);

  const asFault = (error: unknown): Error => {
    if (isFault(error)) return error;
    const code = codeOf(error);
    if (isOther)
      return fault('source-host-key', 'the server’s key is not the one in the configuration');
    if (levelOf(error) === 'client-authentication')
      return fault('source-credentials', 'the server does not accept the credentials');
    if (code === String(STATUS_CODE.PERMISSION_DENIED))
      return fault('source-credentials', 'the server does not permit this');
    if (isReady && /^\d+$/.test(code))
      return fault('source-content', 'the server does not support this', code);
    return isReady
      ? fault('source-cut', 'the connection ended early', code)
      : fault('source-unreachable', 'the server cannot be reached', code);
  };
  let isReady = false;

  const isStatus = (error: unknown, status: number): boolean => codeOf(error) === String(status);

  /** Sends a request and waits until the connection ends at most. */
  async function answerTo<T>(ask: (back: Back<T>) => void): Promise<T> {
    const answer = new Promise<T>((resolve, reject) => {
      ask((error, value) => {
        // ssh2 sometimes passes null for no error.
        if (error instanceof Error) reject(error);
        else resolve(value);
      });
    });
    return Promise.race([answer, gone]);
  }

  /** Sends a request and waits until the deadline at most. */
  async function within<T>(ms: number, ask: (back: Back<T>) => void): Promise<T> {
    const deadline = startDeadline(null, signal, () => {
      client.destroy();
      hangUp(new Error('late'));
    });
    if (!isReady)
      deadline.expect(
        ms,
        fault('source-unreachable', 'the server does not accept the connection in time'),
      );
    else deadline.expect(ms);
    try {
      return await answerTo(ask);
    } catch (error) {
      if (isStatus(error, STATUS_CODE.NO_SUCH_FILE) || isStatus(error, STATUS_CODE.EOF))
        throw error;
      throw deadline.fault ?? asFault(error);
    } finally {
      deadline.end();
    }
  }

  client.on('error', (error) => {
    isOpen = false;
    hangUp(error);
  });
  client.on('close', () => {
    isOpen = false;
    hangUp(new Error('closed'));
  });

  const sftp = await within<SFTPWrapper>(deadlines.connectMs, (back) => {
    client.on('ready', () => {
      client.sftp(back);
    });
    client.connect({
      host: source.host,
      port: source.port,
      username: source.user,
      ...(passwordFile === undefined ? {} : { password: readLine(passwordFile) }),
      ...(key === undefined ? {} : { privateKey: key }),
      ...(passphrase === undefined ? {} : { passphrase }),
      tryKeyboard: false,
      // Without it ssh2 accepts every host key.
      hostVerifier: (offered: Buffer) => {
        isOther = fingerprint(offered) !== source.hostKey;
        return !isOther;
      },
      readyTimeout: deadlines.connectMs,
      keepaliveInterval: KEEPALIVE_MS,
      keepaliveCountMax: 3,
    });
  }).catch((error: unknown) => {
    client.destroy();
    throw error;
  });
  isReady = true;
  sftp.on('error', (error: Error) => {
    hangUp(error);
  });

  const idle = deadlines.idleMs;
  async function orNull<T>(work: Promise<T>): Promise<T | null> {
    try {
      return await work;
    } catch (error) {
      if (isStatus(error, STATUS_CODE.NO_SUCH_FILE)) return null;
      throw error;
    }
  }

  /** Sends a request that only succeeds or fails. */
  async function act(ask: (back: (error?: Error | null) => void) => void): Promise<void> {
    await within<undefined>(idle, (back) => {
      ask((error) => {
        back(error ?? undefined, undefined);
      });
    });
  }
  const remove = async (path: string): Promise<void> => {
    await orNull(
      act((back) => {
        sftp.unlink(path, back);
      }),
    );
  };

  return {
    get isOpen() {
      return isOpen;
    },
    lstat: (path) =>
      orNull(
        within<Stats>(idle, (back) => {
          sftp.lstat(path, back);
        }),
      ),
    async readdir(path) {
      const handle = await orNull(
        within<Buffer>(idle, (back) => {
          sftp.opendir(path, back);
        }),
      );
      if (handle === null) return null;
      const found: FileEntry[] = [];
      try {
        for (;;) {
          // The types allow only folder names; ssh2 also accepts a handle, and then returns one batch at a time.
          const some = await within<FileEntry[]>(idle, (back) => {
            sftp.readdir(handle, back);
          });
          found.push(...some);
          if (found.length > MOST_ENTRIES)
            throw fault('source-content', 'a folder of the source has too many files');
        }
      } catch (error) {
        if (!isStatus(error, STATUS_CODE.EOF)) throw error;
      }
      if (isOpen) sftp.close(handle, () => undefined);
      return found;
    },
    open: (path) =>
      orNull(
        within<Buffer>(idle, (back) => {
          sftp.open(path, 'r', back);
        }),
      ),
    fstat: (handle) =>
      within<Stats>(idle, (back) => {
        sftp.fstat(handle, back);
      }),
    async read(handle, into, position) {
      try {
        return await answerTo<number>((back) => {
          sftp.read(handle, into, 0, into.length, position, back);
        });
      } catch (error) {
        if (isStatus(error, STATUS_CODE.EOF)) return 0;
        throw asFault(error);
      }
    },
    close(handle) {
      if (isOpen) sftp.close(handle, () => undefined);
    },
    async write(path, bytes) {
      const handle = await within<Buffer>(idle, (back) => {
        // 'wx': never writes into a file that somebody else put there.
        sftp.open(path, 'wx', back);
      });
      for (let at = 0; at < bytes.length; at += CHUNK) {
        const length = Math.min(CHUNK, bytes.length - at);
        await act((back) => {
          sftp.write(handle, bytes, at, length, at, back);
        });
      }
      await act((back) => {
        sftp.close(handle, back);
      });
    },
    async replace(from, to) {
      const isKnown = await within<boolean>(idle, (back) => {
        try {
          sftp.ext_openssh_rename(from, to, (error) => {
            back(error ?? undefined, true);
          });
        } catch {
          back(undefined, false);
        }
      });
      if (isKnown) return;
      // Without the extension, renaming to an existing name fails.
      await remove(to);
      await act((back) => {
        sftp.rename(from, to, back);
      });
    },
    remove,
    end() {
      isOpen = false;
      hangUp(new Error('ended'));
      client.destroy();
    },
  };
}

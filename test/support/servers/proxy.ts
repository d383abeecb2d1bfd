/** A TCP proxy that does to a connection what bad lines do. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Line {
  /** Milliseconds that every piece is held back, either way. */
  delayMs?: number;
  /** Bytes towards the client after which a connection is reset. */
  cutAfter?: number;
  /** Share of the connections that are cut, in turn: 0.05 cuts every twentieth; without it, all. */
  cutShare?: number;
  /** Takes connections and then says nothing, as after a router lost its table. */
  halfOpen?: boolean;
}

export interface Proxy {
  readonly port: number;
  /** How the line is just now; may be changed while it runs. */
  readonly line: Line;
  /** Connections so far. */
  count(): number;
}

/** @param target port on loopback */
export async function withProxy<T>(
  target: number,
  line: Line,
  work: (proxy: Proxy) => Promise<T>,
): Promise<T> {
  const sockets = new Set<Socket>();
  let count = 0;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    count += 1;
    const { delayMs = 0, cutAfter = Infinity, cutShare = 1, halfOpen = false } = line;
    const isCut = cutAfter !== Infinity && count % Math.round(1 / cutShare) === 0;
    keep(client);
    if (halfOpen) return;
    const far = keep(connect(target, '127.0.0.1'));
    let passed = 0;
    const later = (act: () => void): void => {
      if (delayMs === 0) act();
      else setTimeout(act, delayMs);
    };
    client.on('data', (piece: Buffer) => {
      later(() => far.write(piece));
    });
    far.on('data', (piece: Buffer) => {
      const some = isCut ? piece.subarray(0, Math.max(0, cutAfter - passed)) : piece;
      passed += piece.length;
      later(() => {
        if (!client.destroyed) client.write(some);
        if (isCut && passed >= cutAfter) client.resetAndDestroy();
      });
    });
    client.on('close', () => far.destroy());
    far.on('close', () => {
      later(() => client.end());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await work({ port: (server.address() as AddressInfo).port, line, count: () => count });
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  }
}

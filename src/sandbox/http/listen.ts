import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listens on loopback; resolves with the port (0 asks for any free one). */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      // A server that listens on a port has such an address.
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Stops listening and cuts every connection. */
export function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

import { createServer, type IncomingHttpHeaders } from 'node:http';
import { afterAll } from 'vitest';

export type Order = {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};
export type OperatorAnswer = {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Record<string, string>;
};

/**
 * A real server on loopback in the place of an operator of SMS. `answers` says what the next orders get, the last of
 * them stays; `silent` never answers. Call it at the top level of a test file.
 */
export async function openOperator(): Promise<{
  readonly url: string;
  readonly orders: Order[];
  readonly answer: (...answers: readonly (OperatorAnswer | 'silent')[]) => void;
}> {
  const orders: Order[] = [];
  let waiting: (OperatorAnswer | 'silent')[] = [{ status: 202 }];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      orders.push({ method: request.method ?? '', headers: request.headers, body });
      const next = waiting.length > 1 ? waiting.shift() : waiting[0];
      if (next === undefined || next === 'silent') return;
      response.writeHead(next.status, next.headers).end(next.body ?? '');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/send`,
    orders,
    answer: (...answers) => {
      orders.length = 0;
      waiting = [...answers];
    },
  };
}

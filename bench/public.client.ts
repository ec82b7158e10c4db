import { connect, type Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { setTimeout as pause } from 'node:timers/promises';
import { assert, must } from '#kernel/result.ts';

/**
 * The readers, in a thread of their own so that they take nothing from the server. Plain sockets: a client that
 * costs more than the server would make everything look equally fast.
 */
export type Task =
  | {
      readonly kind: 'read';
      readonly port: number;
      readonly path: string;
      readonly connections: number;
      readonly ms: number;
    }
  | {
      readonly kind: 'rush';
      readonly port: number;
      readonly path: string;
      readonly readers: number;
      readonly overMs: number;
    }
  | { readonly kind: 'glance'; readonly port: number; readonly path: string; readonly readers: number };
export type Told = {
  readonly perSecond: number;
  readonly reads: number[];
  readonly writes: number[];
  readonly failed: number;
};

type Answer = { readonly status: number; readonly head: string; readonly body: string; readonly ms: number };

class Connection {
  private readonly socket: Socket;
  private pending: {
    resolve: (answer: Answer) => void;
    reject: (error: Error) => void;
    start: number;
  } | null = null;
  private readonly chunks: Buffer[] = [];
  private size = 0;
  private whole = -1;
  private headEnd = 0;

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.socket.on('data', (chunk) => this.take(Buffer.from(chunk)));
    this.socket.on('error', (error) => this.pending?.reject(error));
  }

  ask(text: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.pending = { resolve, reject, start: performance.now() };
      this.socket.write(text);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private take(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
    if (this.whole < 0) {
      const head = Buffer.concat(this.chunks).toString('latin1');
      this.headEnd = head.indexOf('\r\n\r\n') + 4;
      if (this.headEnd < 4) return;
      const length = /content-length: (\d+)/i.exec(head)?.[1];
      this.whole = this.headEnd + Number.parseInt(must(length, 'an answer tells its length'), 10);
    }
    if (this.size < this.whole) return;
    const bytes = Buffer.concat(this.chunks);
    const { pending, headEnd } = this;
    this.chunks.length = 0;
    this.size = 0;
    this.whole = -1;
    this.pending = null;
    pending?.resolve({
      status: Number.parseInt(bytes.toString('latin1', 9, 12), 10),
      head: bytes.toString('latin1', 0, headEnd),
      body: bytes.toString('utf8', headEnd),
      ms: performance.now() - pending.start,
    });
  }
}

const get = (path: string, from: string): string =>
  `GET ${path} HTTP/1.1\r\nhost: karsaz\r\naccept: text/html\r\nx-forwarded-for: ${from}\r\n\r\n`;

function post(path: string, from: string, form: Record<string, string>): string {
  const body = new URLSearchParams(form).toString();
  return (
    `POST ${path} HTTP/1.1\r\nhost: karsaz\r\naccept: text/html\r\nx-forwarded-for: ${from}\r\n` +
    `content-type: application/x-www-form-urlencoded\r\ncontent-length: ${body.length}\r\n\r\n${body}`
  );
}

async function read({ port, path, connections, ms }: Extract<Task, { kind: 'read' }>): Promise<Told> {
  const until = performance.now() + ms;
  let answered = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const connection = new Connection(port);
      while (performance.now() < until) {
        const { status } = await connection.ask(get(path, '127.0.0.1'));
        assert(status === 200, `the page answers ${status}`);
        answered += 1;
      }
      connection.close();
    }),
  );
  return { perSecond: (answered * 1000) / (performance.now() - start), reads: [], writes: [], failed: 0 };
}

/** Each reader opens the page, rates it, comments on it and opens it again, with the keys that the page drew. */
async function rush({ port, path, readers, overMs }: Extract<Task, { kind: 'rush' }>): Promise<Told> {
  const told = { reads: [] as number[], writes: [] as number[], failed: 0 };
  const start = performance.now();
  const one = async (at: number): Promise<void> => {
    await pause((overMs * at) / readers);
    const from = `10.${at >> 8}.${at & 255}.1`;
    const connection = new Connection(port);
    const page = await connection.ask(get(path, from));
    const [rating = '', comment = '', id = ''] = [...page.body.matchAll(/value="([0-9a-f-]{36})"/g)].map(
      (match) => match[1] ?? '',
    );
    const stars = String((at % 5) + 1);
    const rated = await connection.ask(post(`${path}/rating`, from, { idempotency_key: rating, stars }));
    const body = `سهم شهرستان ما از اعتبار مشاغل خانگی چقدر است؟ پرسش ${'الف'.repeat((at % 3) + 1)}`;
    const form = { idempotency_key: comment, id, penName: '', body };
    const said = await connection.ask(post(`${path}/comments`, from, form));
    const again = await connection.ask(get(path, from));
    connection.close();
    if (page.status !== 200 || again.status !== 200 || rated.status !== 303 || said.status !== 303)
      told.failed += 1;
    told.reads.push(page.ms, again.ms);
    told.writes.push(rated.ms, said.ms);
  };
  await Promise.all(Array.from({ length: readers }, (_, at) => one(at)));
  return { perSecond: (readers * 4000) / (performance.now() - start), ...told };
}

/** Each reader opens the page twice, all of them in one instant, and writes nothing. */
async function glance({ port, path, readers }: Extract<Task, { kind: 'glance' }>): Promise<Told> {
  const reads: number[] = [];
  const start = performance.now();
  const one = async (): Promise<void> => {
    const connection = new Connection(port);
    for (let time = 0; time < 2; time += 1) reads.push((await connection.ask(get(path, '127.0.0.1'))).ms);
    connection.close();
  };
  await Promise.all(Array.from({ length: readers }, one));
  return { perSecond: (readers * 2000) / (performance.now() - start), reads, writes: [], failed: 0 };
}

const task: Task = workerData;
const told = await (task.kind === 'read' ? read(task) : task.kind === 'rush' ? rush(task) : glance(task));
must(parentPort, 'runs as a thread').postMessage(told, []);

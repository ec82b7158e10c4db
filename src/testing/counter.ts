import { randomUUID } from 'node:crypto';
import type { Server } from '#platform/http.ts';

/** What a page of the counter answered. */
export type Leaf = { readonly status: number; readonly body: string; readonly to: string };

export type Sent = { readonly fields: Readonly<Record<string, string>>; readonly key?: string | null };

/** Somebody before the counter with a phone without JavaScript: looks at pages and posts their forms. */
export function counterWith(app: Server, cookie = '') {
  const headers = { cookie, accept: 'text/html' };
  const ask = async (order: object): Promise<Leaf & { readonly cookies: string }> => {
    const answer = await app.inject({ ...order });
    return {
      status: answer.statusCode,
      body: answer.body,
      to: answer.headers.location ?? '',
      cookies: answer.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; '),
    };
  };
  return {
    look: (url: string) => ask({ url, headers }),
    /** `key: null` sends none. */
    post: (url: string, { fields, key = randomUUID() }: Sent, more: object = {}) =>
      ask({
        method: 'POST',
        url,
        headers: { ...headers, ...more, 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({
          ...fields,
          ...(key === null ? {} : { idempotency_key: key }),
        }).toString(),
      }),
    /** A multipart form with one file. */
    upload: (url: string, { fields, key = randomUUID() }: Sent, file: { name: string; bytes: Buffer }) => {
      const form = { ...fields, ...(key === null ? {} : { idempotency_key: key }) };
      const parts = Object.entries(form).map(([name, value]) =>
        Buffer.from(`--edge\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
      );
      const head = `--edge\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
      return ask({
        method: 'POST',
        url,
        headers: { ...headers, 'content-type': 'multipart/form-data; boundary=edge' },
        payload: Buffer.concat([...parts, Buffer.from(head), file.bytes, Buffer.from('\r\n--edge--\r\n')]),
      });
    },
  };
}

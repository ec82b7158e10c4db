import { provinceFinder } from '#place/routes.ts';
import { randomUUID } from 'node:crypto';
import { catalogue } from '#app.ts';
import { syncTransitions } from '#casework/actions.ts';
import { caseKinds as creditKinds } from '#credit/actions.ts';
import { evidenceRoutes } from '#evidence/routes.ts';
import { newId } from '#kernel/id.ts';
import { loadCatalogue as loadRetentions } from '#document/actions.ts';
import { caseKinds as newsKinds } from '#news/item/actions.ts';
import { openFront } from '#news/ready/actions.ts';
import { newsRoutes } from '#news/routes.ts';
import { readCsv } from '#platform/csv.ts';
import { buildServer } from '#platform/http.ts';
import { openSignIn } from '#platform/signin.ts';
import { isName, type Name } from './credits.ts';
import type { House } from './house.ts';
import { dice, playProvince } from './statements.ts';

export const fresh = () => newId(Date.now());

/** Somebody in front of a browser without JavaScript: a network, and the cookie they were given. */
export type Reader = { readonly address: string; cookie: string | null };
export const reader = (address = '192.0.2.7'): Reader => ({ address, cookie: null });

/** A house with a played province, its newsroom and its readers, over HTTP. */
export async function openNewsroom(house: House) {
  const { credits } = await playProvince(house, dice(41));
  await loadRetentions(house.owner, readCsv);
  await syncTransitions(house.owner, [...creditKinds, ...newsKinds]);
  const app = await buildServer(house, {
    findProvince: provinceFinder(house),
    version: 'test',
    mostRequestsPerMinute: 1_000_000,
    findActor: ({ headers }) => {
      const name = String(headers['x-actor']);
      return Promise.resolve(isName(name) ? credits.actor(name) : null);
    },
  });
  const { keyedHash } = openSignIn(house);
  await app.register(evidenceRoutes(house, catalogue));
  await app.register(newsRoutes(openFront(house, catalogue, keyedHash)));
  await app.ready();

  async function post(by: Name | '', url: string, body: unknown, key: string = fresh()) {
    house.clock.advance(1);
    const headers = { 'x-actor': by, 'idempotency-key': key, 'content-type': 'application/json' };
    const answer = await app.inject({ method: 'POST', url, headers, payload: JSON.stringify(body) });
    const json: { id?: string; kind?: string } = answer.json();
    return { status: answer.statusCode, id: json.id ?? '', kind: json.kind ?? null };
  }
  async function get(by: Name | '', url: string) {
    const answer = await app.inject({ url, headers: { 'x-actor': by } });
    return { status: answer.statusCode, body: answer.json<unknown>() };
  }
  const page = (url: string) => app.inject({ url, headers: { accept: 'text/html' } });

  /** Sends a form as a browser does, and keeps the cookie that comes back. */
  async function sendForm(who: Reader, url: string, form: Record<string, string>) {
    const answer = await app.inject({
      method: 'POST',
      url,
      remoteAddress: who.address,
      headers: {
        accept: 'text/html',
        'content-type': 'application/x-www-form-urlencoded',
        ...(who.cookie === null ? {} : { cookie: who.cookie }),
      },
      payload: new URLSearchParams(form).toString(),
    });
    const [given] = answer.cookies;
    if (given !== undefined) who.cookie = given.value === '' ? null : `${given.name}=${given.value}`;
    return answer;
  }
  return { app, post, get, page, sendForm, ...itemsOf(post) };
}

const url = '/api/provinces/alborz/news';
type Post = (
  by: Name | '',
  url: string,
  body: unknown,
  key?: string,
) => Promise<{ status: number; id: string; kind: string | null }>;

export const text = (change: Record<string, unknown> = {}) => ({
  category: 'home_jobs',
  tags: ['مشاغل خانگی'],
  datedOn: '2024-09-05',
  titleFa: 'وام مشاغل خانگی در البرز',
  summaryFa: 'اعتبار مشاغل خانگی میان شهرستان‌های البرز برش خورد.',
  bodyFa: 'اعتبار مشاغل خانگی استان البرز میان شهرستان‌ها برش خورد و درخواست‌ها در ادارهٔ شهرستان ثبت می‌شود.',
  titleEn: null,
  summaryEn: null,
  bodyEn: null,
  ...change,
});

function itemsOf(post: Post) {
  const write = async (change: Record<string, unknown> = {}, by: Name = 'editor'): Promise<string> => {
    const written = await post(by, url, { ...text(change), id: fresh() });
    if (written.status !== 201) throw new Error(`${written.kind}`);
    return written.id;
  };
  const act = (by: Name, itemId: string, name: string, seenVersion: number, reason: string | null = null) =>
    post(by, `${url}/${itemId}/acts/${name}`, { id: fresh(), seenVersion, reason });
  /** A published item. */
  const publish = async (change: Record<string, unknown> = {}): Promise<string> => {
    const itemId = await write(change);
    await act('deputy', itemId, 'approve', 1);
    const done = await act('editor', itemId, 'publish', 2);
    if (done.status !== 200) throw new Error(`${done.kind}`);
    return itemId;
  };
  return { url, write, act, publish };
}

/** What a reader's browser posts: the hidden key of the form, drawn for them. */
export const key = () => ({ idempotency_key: randomUUID() });

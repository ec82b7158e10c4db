import { createServer, type AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, expect, test } from 'vitest';
import { readConfig, type MailSetting } from './config.ts';
import { mailMessenger } from './mail.ts';

const password = 'a-secret-password';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const letter = {
  id: '019aaaaa-0000-7000-8000-000000000001',
  to: 'maryam@example.ir',
  text: { fa: 'دادخواست: ثبت‌شده است.', en: 'Petition: it is filed.' },
  language: 'fa',
} as const;
const soon = (): AbortSignal => AbortSignal.timeout(5_000);

type Seen = { readonly letters: string[]; readonly users: string[] };

/** A real SMTP server on loopback that takes everything, but for what `options` say. */
async function openMailServer(options: SMTPServerOptions = {}): Promise<{ port: number; seen: Seen }> {
  const seen: Seen = { letters: [], users: [] };
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    onAuth: (auth, _session, done) => {
      seen.users.push(auth.username ?? '');
      if (auth.password === password) done(null, { user: auth.username });
      // A server that repeats what it was sent.
      else done(new Error(`wrong: ${auth.password} ${base64(`\0karsaz\0${auth.password}`)}`));
    },
    onData: (stream, _session, done) => {
      let text = '';
      stream.on('data', (part: Buffer) => (text += part.toString()));
      stream.on('end', () => {
        seen.letters.push(text);
        done(null);
      });
    },
    ...options,
  });
  // A client that breaks off is no fault of the test.
  server.on('error', () => {});
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  afterAll(() => server.close());
  const address = server.server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, seen };
}

const settingOf = (port: number, user = ''): MailSetting => {
  const { mail } = readConfig({
    KARSAZ_SMTP_URL: `smtp://${user}127.0.0.1:${port}`,
    KARSAZ_MAIL_FROM: 'Karsaz <karsaz@office.example.ir>',
  });
  if (mail === undefined) throw new Error('no setting');
  return mail;
};
const refusing = (responseCode: number) =>
  openMailServer({
    onRcptTo: ({ address }, _session, done) =>
      done(Object.assign(new Error(`no mailbox ${address}`), { responseCode })),
  });
const rightUser = `karsaz:${password}@`;

test('a letter goes out signed in, in both languages, under an id that stays the same', async () => {
  const { port, seen } = await openMailServer();
  const messenger = mailMessenger(settingOf(port, rightUser));
  const delivery = await messenger.send?.(letter, soon());
  expect(delivery).toMatchObject({ outcome: 'sent', reason: null });
  expect(delivery?.answer).toMatch(/^250 /);
  await messenger.send?.(letter, soon());
  expect(seen.users).toEqual(['karsaz', 'karsaz']);
  expect(seen.letters).toHaveLength(2);
  for (const text of seen.letters) {
    expect(text).toContain(`Message-ID: <${letter.id}@office.example.ir>`);
    expect(text).toContain('From: Karsaz <karsaz@office.example.ir>');
    expect(text).toContain('To: maryam@example.ir');
    expect(text).toContain('Auto-Submitted: auto-generated');
    const body = Buffer.from(
      text.slice(text.indexOf('\r\n\r\n')).replaceAll('\r\n', ''),
      'base64',
    ).toString();
    expect(body).toBe(`${letter.text.fa}\n\n${letter.text.en}\n`);
  }
});

test('a letter begins with the language of whom it reaches', async () => {
  const { port, seen } = await openMailServer();
  await mailMessenger(settingOf(port)).send?.({ ...letter, language: 'en' }, soon());
  const [text = ''] = seen.letters;
  const body = Buffer.from(text.slice(text.indexOf('\r\n\r\n')).replaceAll('\r\n', ''), 'base64').toString();
  expect(body).toBe(`${letter.text.en}\n\n${letter.text.fa}\n`);
});

test('a wrong password fails and is tried again; it is not told, though the server repeats it', async () => {
  const { port, seen } = await openMailServer();
  const setting = { ...settingOf(port, rightUser), password: 'another-secret' };
  const delivery = await mailMessenger(setting).send?.(letter, soon());
  expect(delivery).toMatchObject({ outcome: 'failed', reason: 'sign_in' });
  expect(delivery?.answer).toBe('535 wrong: *** ***');
  expect(seen.letters).toEqual([]);
});

test('a certificate that nobody vouches for ends the try, and nothing goes in the clear', async () => {
  const { port, seen } = await openMailServer({ disabledCommands: [] });
  const delivery = await mailMessenger(settingOf(port, rightUser)).send?.(letter, soon());
  expect(delivery).toMatchObject({ outcome: 'failed', reason: 'encryption' });
  expect(seen).toEqual({ letters: [], users: [] });
});

test('a server without STARTTLS on another machine is sent neither password nor letter', async () => {
  const { port, seen } = await openMailServer();
  const delivery = await mailMessenger(settingOf(port, rightUser), true).send?.(letter, soon());
  expect(delivery).toMatchObject({ outcome: 'failed', reason: 'encryption' });
  expect(seen).toEqual({ letters: [], users: [] });
});

test('a recipient that is unknown is refused without repeating the address, a busy server asked again', async () => {
  const unknown = await refusing(550);
  expect(await mailMessenger(settingOf(unknown.port)).send?.(letter, soon())).toEqual({
    outcome: 'refused',
    reason: 'refused',
    answer: '550 no mailbox ***',
  });
  const busy = await refusing(451);
  const delivery = await mailMessenger(settingOf(busy.port)).send?.(letter, soon());
  expect(delivery).toMatchObject({ outcome: 'failed', reason: 'unavailable' });
});

test('a server that wants a password which is not set is a matter of signing in', async () => {
  const { port, seen } = await openMailServer({ authOptional: false });
  const delivery = await mailMessenger(settingOf(port)).send?.(letter, soon());
  expect(delivery).toMatchObject({ outcome: 'failed', reason: 'sign_in' });
  expect(seen.letters).toEqual([]);
});

test('a closed port is unavailable, and a server that says nothing is left behind', async () => {
  const delivery = await mailMessenger(settingOf(1)).send?.(letter, soon());
  expect(delivery).toMatchObject({ outcome: 'failed', reason: 'unavailable' });
  const silent = createServer();
  await new Promise<void>((resolve) => {
    silent.listen(0, '127.0.0.1', resolve);
  });
  afterAll(() => silent.close());
  const { port }: Partial<AddressInfo> = Object(silent.address());
  const sending = mailMessenger(settingOf(port ?? 0)).send?.(letter, AbortSignal.timeout(100));
  await expect(sending).rejects.toThrow();
});

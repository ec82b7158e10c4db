import { createTransport } from 'nodemailer';
import type { MailSetting } from './config.ts';
import { tidyAnswer, type Delivery, type Messenger } from './messenger.ts';
import { codeOf, reasonOf } from './obstacle.ts';

const subject = 'پیام کارساز · A message from Karsaz';
const patience = 15_000;

/** On this machine a password may pass without encryption; everywhere else STARTTLS is asked for before it. */
const isThisMachine = (host: string): boolean => ['localhost', '127.0.0.1', '::1'].includes(host);

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A mail server by SMTP. What it refuses with 5xx is refused for good, everything else is tried again. */
export function mailMessenger(
  setting: MailSetting,
  mustEncrypt = setting.user !== null && !isThisMachine(setting.host),
): Messenger {
  const { host, port, secure, user, password, from } = setting;
  const transport = createTransport({
    host,
    port,
    secure,
    requireTLS: mustEncrypt && !secure,
    ...(user === null ? {} : { auth: { user, pass: password } }),
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const secrets = user === null ? [] : [password, base64(password), base64(`\0${user}\0${password}`)];
  const domain = from.slice(from.lastIndexOf('@') + 1).replace('>', '');
  return {
    name: 'smtp',
    send: async ({ id, to, text, language }, signal) => {
      const tidy = (said: string): string | null => tidyAnswer(said, [...secrets, to]);
      try {
        const { response } = await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject,
          text: `${text[language]}\n\n${text[language === 'fa' ? 'en' : 'fa']}\n`,
          messageId: `<${id}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
          signal,
        });
        return { outcome: 'sent', reason: null, answer: tidy(response) };
      } catch (error) {
        if (signal.aborted) throw error;
        return { ...failureOf(error), answer: tidy(saidIn(error)) };
      }
    },
  };
}

type Failure = Pick<Delivery, 'outcome' | 'reason'>;

const fact = (error: unknown, key: string): unknown => new Map(Object.entries(Object(error))).get(key);

const saidIn = (error: unknown): string => {
  const response = fact(error, 'response');
  return typeof response === 'string' ? response : reasonOf(error);
};

const failed = (reason: Delivery['reason']): Failure => ({ outcome: 'failed', reason });

function failureOf(error: unknown): Failure {
  const code = codeOf(error);
  // A wrong password or certificate is no fault of the message: it is tried again until somebody has mended it.
  if (code === 'EAUTH' || code === 'ENOAUTH' || fact(error, 'responseCode') === 530) return failed('sign_in');
  if (code === 'ETLS' || /certificate|self-signed|\btls\b|\bssl\b/i.test(reasonOf(error)))
    return failed('encryption');
  if (code === 'ETIMEDOUT') return failed('timeout');
  if ((code === 'EENVELOPE' || code === 'EMESSAGE') && fact(error, 'permanent') !== false)
    return { outcome: 'refused', reason: 'refused' };
  return failed('unavailable');
}

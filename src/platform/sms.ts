import type { SmsSetting } from './config.ts';
import { tidyAnswer, type Delivery, type Messenger } from './messenger.ts';
import { codeOf } from './obstacle.ts';

/**
 * An operator of SMS, or a program beside one, that takes `POST {id, to, text}` as JSON with a bearer token. 2xx is
 * taken, 4xx refused for good; 5xx, a timeout, and 408 or 429, which ask for another time, are tried again.
 */
export const smsMessenger = ({ url, token }: SmsSetting): Messenger => ({
  name: 'sms_http',
  send: async ({ id, to, text, language }, signal) => {
    const tidy = (said: string): string | null => tidyAnswer(said, [token, to, to.slice(1)]);
    try {
      const response = await fetch(url, {
        method: 'POST',
        // The token goes to the address that was set and to no other.
        redirect: 'manual',
        signal,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          authorization: `Bearer ${token}`,
          'idempotency-key': id,
        },
        body: JSON.stringify({ id, to, text: text[language] }),
      });
      return {
        ...outcomeOf(response.status),
        answer: tidy(`${response.status} ${await beginningOf(response)}`),
      };
    } catch (error) {
      if (signal.aborted) throw error;
      const cause = error instanceof Error ? codeOf(error.cause) : undefined;
      return { outcome: 'failed', reason: 'unavailable', answer: cause ?? null };
    }
  },
});

function outcomeOf(status: number): Pick<Delivery, 'outcome' | 'reason'> {
  if (status >= 200 && status < 300) return { outcome: 'sent', reason: null };
  if (status === 408 || status === 429 || status < 400 || status >= 500)
    return { outcome: 'failed', reason: 'unavailable' };
  return { outcome: 'refused', reason: status === 401 || status === 403 ? 'sign_in' : 'refused' };
}

/** The first piece of the body; what was decided by the status is not undone by a body that breaks off. */
async function beginningOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  try {
    const { value } = await reader.read();
    return value === undefined ? '' : new TextDecoder().decode(value.subarray(0, 1_000));
  } catch {
    return '';
  } finally {
    await reader.cancel().catch(() => {});
  }
}

import { call } from '#web/api.ts';
import { startDesk } from '#web/desk.tsx';
import type { RoomPages } from '#web/page.tsx';
import type { DeskSession } from '#web/session.tsx';

/** The rooms that have desk pages; each is a chunk of its own. The only web file that names rooms. */
const rooms: readonly RoomPages[] = [];

void startDesk({
  rooms,
  door: {
    load: () => call<DeskSession>('/api/session'),
    changeRole: (role) => call('/api/session/role', { method: 'POST', body: { role } }),
    signOut: () => call('/api/session/end', { method: 'POST', body: {} }),
    signInPath: '/sign-in',
  },
});

import type { Page } from '#web/page.tsx';
import { CasePage } from './act/page.tsx';
import { InboxPage } from './inbox/page.tsx';
import { MessagesPage } from './message/page.tsx';
import { messageLabels } from './message/words.ts';
import { caseLabels } from './words.ts';

export const pages: readonly Page[] = [
  {
    path: '/cases',
    title: caseLabels.inbox,
    nav: { label: caseLabels.inbox, order: 20, icon: 'case' },
    component: InboxPage,
  },
  { path: '/cases/$province/$id', title: caseLabels.case, component: CasePage },
  {
    path: '/messages',
    title: messageLabels.undelivered,
    nav: { label: messageLabels.undelivered, order: 91, icon: 'send' },
    roles: ['administrator'],
    component: MessagesPage,
  },
];

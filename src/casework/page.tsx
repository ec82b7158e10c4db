import type { ReactNode } from 'react';
import type { Page } from '#web/page.tsx';
import { useSession } from '#web/session.tsx';
import { CasePage } from './act/page.tsx';
import { appointmentLabels } from './appointment/words.ts';
import { AppointmentsPage } from './diary/page.tsx';
import { InboxPage } from './inbox/page.tsx';
import { MessagesPage } from './message/page.tsx';
import { messageLabels } from './message/words.ts';
import { OwnCasesPage } from './own/page.tsx';
import { ownLabels } from './own/words.ts';
import { ReceiptPage } from './receipt/page.tsx';
import { receiptLabels } from './receipt/words.ts';
import { caseLabels } from './words.ts';

/** One address for two kinds of reader: an officer's work waits here, an applicant's own cases stand here. */
function CasesPage(): ReactNode {
  return useSession().user?.role === 'applicant' ? <OwnCasesPage /> : <InboxPage />;
}

export const pages: readonly Page[] = [
  {
    path: '/cases',
    title: caseLabels.inbox,
    nav: {
      label: caseLabels.inbox,
      labelFor: { applicant: ownLabels.mine },
      order: 20,
      icon: 'case',
    },
    component: CasesPage,
  },
  { path: '/cases/$province/$id', title: caseLabels.case, component: CasePage },
  { path: '/cases/$province/$id/receipt', title: receiptLabels.receipt, component: ReceiptPage },
  {
    path: '/appointments',
    title: appointmentLabels.appointments,
    nav: { label: appointmentLabels.appointments, order: 21, icon: 'time' },
    roles: ['county_office', 'agency', 'deputy', 'director'],
    component: AppointmentsPage,
  },
  {
    path: '/messages',
    title: messageLabels.undelivered,
    nav: { label: messageLabels.undelivered, order: 91, icon: 'send' },
    roles: ['administrator'],
    component: MessagesPage,
  },
];

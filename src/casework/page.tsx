import type { Page } from '#web/page.tsx';
import { CasePage } from './act/page.tsx';
import { InboxPage } from './inbox/page.tsx';
import { caseLabels } from './words.ts';

export const pages: readonly Page[] = [
  {
    path: '/cases',
    title: caseLabels.inbox,
    nav: { label: caseLabels.inbox, order: 20, icon: 'case' },
    component: InboxPage,
  },
  { path: '/cases/$province/$id', title: caseLabels.case, component: CasePage },
];

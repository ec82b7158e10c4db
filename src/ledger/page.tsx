import type { Page } from '#web/page.tsx';
import { HeadsPage } from './head/page.tsx';
import { headWords } from './head/words.ts';
import { ProofPage } from './proof/page.tsx';
import { proofWords } from './proof/words.ts';

export const pages: readonly Page[] = [
  { path: '/seals', title: headWords.title, frame: 'bare', component: HeadsPage },
  {
    path: '/seals/proof/$provinceId/$transfer',
    title: proofWords.title,
    roles: ['director', 'deputy', 'county_office', 'auditor', 'editor', 'ministry'],
    component: ProofPage,
  },
];

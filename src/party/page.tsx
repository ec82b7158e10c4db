import type { Role } from '#kernel/actor.ts';
import type { Page } from '#web/page.tsx';
import { DuplicatesPage } from './duplicate/page.tsx';
import { PersonPage } from './person/page.tsx';
import { personLabels as labels } from './person/words.ts';
import { PersonsPage } from './registry/page.tsx';
import { RosterPage, RostersPage } from './roster/page.tsx';

const readers: readonly Role[] = [
  'director',
  'deputy',
  'county_office',
  'agency',
  'bank',
  'auditor',
  'ministry',
];
const provincial: readonly Role[] = ['director', 'deputy', 'auditor', 'ministry'];

export const pages: readonly Page[] = [
  {
    path: '/persons',
    title: labels.persons,
    nav: { label: labels.persons, order: 25, icon: 'users' },
    roles: readers,
    component: PersonsPage,
  },
  { path: '/persons/$province/$person', title: labels.persons, roles: readers, component: PersonPage },
  { path: '/persons/$province/rosters', title: labels.lists, roles: provincial, component: RostersPage },
  {
    path: '/persons/$province/rosters/$roster',
    title: labels.lists,
    roles: provincial,
    component: RosterPage,
  },
  {
    path: '/persons/$province/duplicates',
    title: labels.duplicates,
    roles: [...provincial, 'county_office'],
    component: DuplicatesPage,
  },
];

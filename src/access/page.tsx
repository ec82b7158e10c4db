import type { Page } from '#web/page.tsx';
import { InstallationPage } from './backup/page.tsx';
import { backupWords } from './backup/words.ts';
import { JoinPage } from './join/page.tsx';
import { joinWords } from './join/words.ts';
import { FirstAdministratorsPage, PasswordPage, SignInPage } from './session/page.tsx';
import { TrailPage } from './trail/page.tsx';
import { trailWords } from './trail/words.ts';
import { UserPage, UsersPage } from './user/page.tsx';
import { accessWords } from './words.ts';

export const pages: readonly Page[] = [
  { path: '/sign-in', title: accessWords.signIn, frame: 'bare', component: SignInPage },
  { path: '/join', title: joinWords.title, frame: 'bare', component: JoinPage },
  { path: '/setup/$token', title: accessWords.firstTitle, frame: 'bare', component: FirstAdministratorsPage },
  { path: '/password/$token', title: accessWords.passwordTitle, frame: 'bare', component: PasswordPage },
  {
    path: '/users',
    title: accessWords.users,
    nav: { label: accessWords.users, order: 90, icon: 'users' },
    roles: ['administrator'],
    component: UsersPage,
  },
  {
    path: '/trail',
    title: trailWords.title,
    nav: { label: trailWords.title, order: 88, icon: 'trail' },
    roles: ['auditor', 'director', 'administrator'],
    component: TrailPage,
  },
  {
    path: '/installation',
    title: backupWords.title,
    nav: { label: backupWords.title, order: 92, icon: 'settings' },
    roles: ['administrator', 'director', 'auditor'],
    component: InstallationPage,
  },
  { path: '/users/$userId', title: accessWords.user, roles: ['administrator'], component: UserPage },
];

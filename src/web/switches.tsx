import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Header } from 'react-aria-components/Header';
import { Menu, MenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Icon } from './kit/icon.tsx';
import { useSpeech } from './language.tsx';
import { useSession, type SessionDoor } from './session.tsx';
import { useTheme, type Theme } from './theme.tsx';
import type { Word } from './words.ts';

export const DoorContext = createContext<SessionDoor | null>(null);

export function LanguageSwitch(): ReactNode {
  const { language, setLanguage, word } = useSpeech();
  const other = language === 'fa' ? 'en' : 'fa';
  return (
    <button type="button" className="s-tool" lang={other} onClick={() => setLanguage(other)}>
      <Icon name="language" />
      {word('language')}
    </button>
  );
}

const themes: readonly { readonly key: Theme; readonly word: Word }[] = [
  { key: 'system', word: 'themeSystem' },
  { key: 'light', word: 'themeLight' },
  { key: 'dark', word: 'themeDark' },
];

export function ThemeSwitch({ short = false }: { readonly short?: boolean }): ReactNode {
  const { word } = useSpeech();
  const [theme, choose] = useTheme();
  return (
    <MenuTrigger>
      <Button className={short ? 'k-icon-button' : 's-tool'} aria-label={word('theme')}>
        <Icon name="brightness" size={short ? 18 : 16} />
        {short ? null : word('theme')}
      </Button>
      <Popover className="k-popover">
        <Menu
          className="k-list"
          aria-label={word('theme')}
          selectionMode="single"
          selectedKeys={[theme]}
          onAction={(key) => choose(themes.find((entry) => entry.key === key)?.key ?? 'system')}
        >
          {themes.map((entry) => (
            <MenuItem key={entry.key} id={entry.key} className="s-menu-item">
              {word(entry.word)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

/** Who sits here and as what; changes the role, signs out. Both begin the desk anew, so that nothing of the former role stays on the screen. */
export function UserMenu(): ReactNode {
  const { say, word } = useSpeech();
  const { user } = useSession();
  const door = use(DoorContext);
  const cache = useQueryClient();
  if (user === null || door === null) return null;
  const anew = async (deed: Promise<unknown>): Promise<void> => {
    await deed;
    cache.clear();
    location.assign(import.meta.env.BASE_URL);
  };
  const act = (key: string): void => {
    void anew(key === 'sign-out' ? door.signOut() : door.changeRole(key.replace(/^role:/, '')));
  };
  return (
    <MenuTrigger>
      <Button className="s-user" aria-label={`${word('userMenu')}: ${user.name}. ${say(user.roleTitle)}`}>
        <Icon name="user" size={18} />
        <span>
          <b>{user.name}</b>
          <small>
            {say(user.roleTitle)} · {say(user.scopeTitle)}
          </small>
        </span>
        <Icon name="sorting" size={14} />
      </Button>
      <Popover className="k-popover">
        <Menu className="k-list" aria-label={word('userMenu')} onAction={(key) => act(String(key))}>
          {user.otherRoles.length === 0 ? null : (
            <MenuSection>
              <Header className="s-menu-head">{word('changeRole')}</Header>
              {user.otherRoles.map((role) => (
                <MenuItem key={role.key} id={`role:${role.key}`} className="s-menu-item">
                  {say(role.title)}
                </MenuItem>
              ))}
            </MenuSection>
          )}
          <MenuItem id="sign-out" className="s-menu-item">
            <Icon name="signOut" /> {word('signOut')}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

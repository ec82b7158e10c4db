import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

export type Tone = 'info' | 'green' | 'amber' | 'red';

const signOf: Readonly<Record<Tone, IconName>> = {
  info: 'info',
  green: 'onTime',
  amber: 'warning',
  red: 'late',
};

/** What the reader must know before going on. Red and amber are read out when they appear. */
export function Notice({
  tone = 'info',
  title,
  children,
  actions,
}: {
  readonly tone?: Tone;
  readonly title?: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}): ReactNode {
  return (
    <div className={`k-notice is-${tone}`} role={tone === 'red' ? 'alert' : 'status'}>
      <Icon name={signOf[tone]} size={18} />
      <div>
        {title === undefined ? null : <strong>{title}</strong>}
        {children === undefined ? null : <div>{children}</div>}
        {actions === undefined ? null : <div className="k-row">{actions}</div>}
      </div>
    </div>
  );
}

/** A state in one word with its sign, for tables and heads: «به‌هنگام», «شعبه ۴۱ روز بی‌پاسخ». */
export function Sign({
  tone,
  icon,
  children,
}: {
  readonly tone: Tone | 'locked' | 'quiet';
  readonly icon?: IconName;
  readonly children: ReactNode;
}): ReactNode {
  const sign = icon ?? (tone === 'locked' ? 'lock' : tone === 'quiet' ? undefined : signOf[tone]);
  return (
    <span className={`k-sign is-${tone}`}>
      {sign === undefined ? null : <Icon name={sign} size={15} />}
      <span>{children}</span>
    </span>
  );
}

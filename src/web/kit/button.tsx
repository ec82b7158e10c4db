import { useId, type ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Icon, type IconName } from './icon.tsx';
import { Link } from './link.tsx';

export type ButtonProps = {
  /** A verb: «ارجاع به بانک». */
  readonly children: ReactNode;
  /** `primary` once on a screen; `danger` for what cannot be taken back; `quiet` inside tables and bars. */
  readonly kind?: 'primary' | 'plain' | 'danger' | 'quiet';
  readonly icon?: IconName;
  readonly onPress?: () => void;
  readonly type?: 'button' | 'submit';
  /** Waiting for the server: the button holds, keeps its width and says so to a screen reader. */
  readonly busy?: boolean;
  /** Why it cannot be pressed now. The button greys and the reason stands below it, never in a tooltip only. */
  readonly refusedBecause?: string | null;
  readonly wide?: boolean;
};

export function Button({
  children,
  kind = 'plain',
  icon,
  onPress,
  type = 'button',
  busy = false,
  refusedBecause = null,
  wide = false,
}: ButtonProps): ReactNode {
  const reasonId = useId();
  const button = (
    <AriaButton
      className={`k-button is-${kind}${wide ? ' is-wide' : ''}`}
      type={type}
      isPending={busy}
      isDisabled={refusedBecause !== null}
      {...(refusedBecause === null ? {} : { 'aria-describedby': reasonId })}
      {...(onPress === undefined ? {} : { onPress })}
    >
      {icon === undefined ? null : <Icon name={icon} />}
      <span>{children}</span>
    </AriaButton>
  );
  if (refusedBecause === null) return button;
  return (
    <span className={`k-refused${wide ? ' is-wide' : ''}`}>
      {button}
      <small id={reasonId}>{refusedBecause}</small>
    </span>
  );
}

/** A button with a sign only; `label` is read out and shown on hover. */
export function IconButton({
  icon,
  label,
  onPress,
}: {
  readonly icon: IconName;
  readonly label: string;
  readonly onPress: () => void;
}): ReactNode {
  return (
    <AriaButton className="k-icon-button" aria-label={label} onPress={onPress}>
      <Icon name={icon} size={18} />
    </AriaButton>
  );
}

/** A link that looks like a button: for going somewhere, never for a deed. */
export function LinkButton({
  href,
  children,
  kind = 'plain',
  icon,
}: {
  readonly href: string;
  readonly children: ReactNode;
  readonly kind?: 'primary' | 'plain' | 'quiet';
  readonly icon?: IconName;
}): ReactNode {
  return (
    <Link href={href} className={`k-button is-${kind}`}>
      {icon === undefined ? null : <Icon name={icon} />}
      <span>{children}</span>
    </Link>
  );
}

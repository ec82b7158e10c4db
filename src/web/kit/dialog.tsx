import { type ReactNode, useEffect, useRef } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useSpeech } from '../language.tsx';
import { IconButton } from './button.tsx';

export type DialogProps = {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** The buttons at its foot, the deed first. */
  readonly foot?: ReactNode;
  readonly wide?: boolean;
};

/** So long after the first press a second one still belongs to it, in milliseconds. */
const doubleClick = 500;

/** One question over the page. It never opens by itself, and what was typed survives its closing in the page's state. */
export function Dialog({ title, open, onClose, children, foot, wide = false }: DialogProps): ReactNode {
  const { word } = useSpeech();
  // The second click of a double one falls on the veil of the dialog that the first has opened.
  const openedAt = useRef(0);
  useEffect(() => {
    if (open) openedAt.current = performance.now();
  }, [open]);
  return (
    <ModalOverlay
      className="k-veil"
      isOpen={open}
      onOpenChange={(now) => {
        if (!now) onClose();
      }}
      isDismissable
      shouldCloseOnInteractOutside={() => performance.now() - openedAt.current > doubleClick}
    >
      <Modal className={`k-modal${wide ? ' is-wide' : ''}`}>
        <AriaDialog className="k-dialog">
          <header>
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <IconButton icon="close" label={word('close')} onPress={onClose} />
          </header>
          <div className="k-dialog-body">{children}</div>
          {foot === undefined ? null : <footer>{foot}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

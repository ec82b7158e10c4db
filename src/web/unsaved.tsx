import { useBlocker } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from './kit/button.tsx';
import { Dialog } from './kit/dialog.tsx';
import { useSpeech } from './language.tsx';

/** Asks before a page is left whose text was changed and not kept; where the window closes, the browser asks. */
export function UnsavedText({ unsaved }: { readonly unsaved: boolean }): ReactNode {
  const { word } = useSpeech();
  const { status, proceed, reset } = useBlocker({
    // Another search on the same page drops nothing.
    shouldBlockFn: ({ current, next }) => unsaved && current.pathname !== next.pathname,
    enableBeforeUnload: () => unsaved,
    disabled: !unsaved,
    withResolver: true,
  });
  return (
    <Dialog
      title={word('unsaved')}
      open={status === 'blocked'}
      onClose={() => reset?.()}
      foot={
        <>
          <Button kind="danger" onPress={() => proceed?.()}>
            {word('dropText')}
          </Button>
          <Button kind="plain" onPress={() => reset?.()}>
            {word('stayHere')}
          </Button>
        </>
      }
    >
      <p>{word('unsavedHelp')}</p>
    </Dialog>
  );
}

/** Whether the text of a form differs from what was kept of it last; `sends` and `keeps` stand around its saving. */
export function useEdited(now: string, onEdited: (edited: boolean) => void) {
  const [kept, setKept] = useState(now);
  const sent = useRef(now);
  const edited = now !== kept;
  useEffect(() => {
    onEdited(edited);
    return () => onEdited(false);
  }, [edited, onEdited]);
  return {
    edited,
    sends: () => (sent.current = now),
    keeps: () => setKept(sent.current),
  };
}

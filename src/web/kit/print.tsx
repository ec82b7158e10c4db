import type { ReactNode } from 'react';
import { useSpeech } from '../language.tsx';
import { Button } from './button.tsx';

export function PrintButton(): ReactNode {
  const { word } = useSpeech();
  return (
    <Button icon="print" onPress={() => window.print()}>
      {word('print')}
    </Button>
  );
}

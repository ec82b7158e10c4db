import { use } from 'react';
import { SessionContext } from './session.tsx';

export type Save = {
  readonly saveText: (name: string, text: string) => void;
  readonly saveBlob: (name: string, content: Blob) => void;
};

/** Hands files to the browser to keep. As those of the server, a file of made-up records says so in its name. */
export function useSave(): Save {
  const demonstration = use(SessionContext)?.demonstration ?? false;
  const saveBlob = (name: string, content: Blob): void => {
    const address = URL.createObjectURL(content);
    const link = document.createElement('a');
    link.href = address;
    link.download = demonstration ? `demonstration-${name}` : name;
    link.click();
    URL.revokeObjectURL(address);
  };
  return {
    saveBlob,
    saveText: (name, text) => saveBlob(name, new Blob([text], { type: 'text/csv;charset=utf-8' })),
  };
}

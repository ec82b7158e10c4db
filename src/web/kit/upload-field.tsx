import { useRef, useState, type ReactNode } from 'react';
import { ApiProblem, newKey, problemOfText } from '../api.ts';
import { useSpeech } from '../language.tsx';
import { Button } from './button.tsx';
import { ProblemNotice } from './problem.tsx';

export type UploadFieldProps = {
  readonly label: string;
  readonly hint?: string;
  /** Where the file goes; `id` is made when it is chosen, so that sending again is the same document. */
  readonly path: (id: string) => `/api/${string}`;
  readonly accept?: string;
  readonly onDone: () => void;
};

/** A picture of a phone has ten times the points that a paper needs; a rural line has not ten times the speed. */
const longestSide = 2000;
const quality = 0.82;

async function smaller(file: File): Promise<Blob> {
  if (!/^image\/(?:jpeg|png|webp|heic)$/.test(file.type) || file.size < 600_000) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const drawn = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality));
    return drawn !== null && drawn.size < file.size ? drawn : file;
  } catch {
    // A browser that cannot read the picture sends it as it is; the server tells what it is.
    return file;
  }
}

const nameOf = (file: File, sent: Blob): string =>
  sent === file ? file.name : file.name.replace(/\.\w+$/, '') + '.jpg';

type Sending = { readonly id: string; readonly key: string; readonly file: File };

/** Sends with progress, which `fetch` does not tell. */
function post(
  path: string,
  { key, body, onProgress }: { key: string; body: FormData; onProgress: (part: number) => void },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('idempotency-key', key);
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress(total === 0 ? 0 : loaded / total),
    );
    request.addEventListener('error', () => reject(new ApiProblem(problemOfText(0, ''))));
    request.addEventListener('load', () =>
      request.status < 300
        ? resolve()
        : reject(new ApiProblem(problemOfText(request.status, request.responseText))),
    );
    request.send(body);
  });
}

/** Chooses a file, or takes a picture with the camera of a phone, and sends it. A failed sending is tried again whole. */
export function UploadField({ label, hint, path, accept, onDone }: UploadFieldProps): ReactNode {
  const { word, digits } = useSpeech();
  const input = useRef<HTMLInputElement>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const [failed, setFailed] = useState<{ readonly error: unknown; readonly sending: Sending } | null>(null);

  const send = async (sending: Sending): Promise<void> => {
    setFailed(null);
    setProgress(0);
    try {
      const blob = await smaller(sending.file);
      const body = new FormData();
      body.append('file', blob, nameOf(sending.file, blob));
      await post(path(sending.id), { key: sending.key, body, onProgress: setProgress });
      onDone();
    } catch (error) {
      setFailed({ error, sending });
    } finally {
      setProgress(null);
    }
  };

  return (
    <div className="k-file">
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept={accept ?? '.pdf,.jpg,.jpeg,.png,.xlsx,.csv,image/*'}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file !== undefined) void send({ id: newKey(), key: newKey(), file });
        }}
      />
      <Button icon="add" busy={progress !== null} onPress={() => input.current?.click()}>
        {label}
      </Button>
      {hint === undefined ? null : <small className="k-hint">{hint}</small>}
      {progress === null ? null : (
        <div className="k-file-progress" role="status">
          <progress max={1} value={progress} />
          <span>{digits(Math.round(progress * 100))}٪</span>
        </div>
      )}
      {failed === null ? null : (
        <>
          <ProblemNotice error={failed.error} />
          <Button icon="retry" onPress={() => void send(failed.sending)}>
            {word('retry')}
          </Button>
        </>
      )}
    </div>
  );
}

import { useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useAnswer, type Path } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { TextField } from '#web/kit/field.tsx';
import { UploadField } from '#web/kit/upload-field.tsx';
import { Section } from '#web/kit/head.tsx';
import { useSpeech } from '#web/language.tsx';
import { deskLabels as label } from '../item/words.ts';
import type { ImageAnswer } from './contract.ts';

/** The pictures of an item: described first, then sent, then placed in the text. */
export function ImagesPart({
  slug,
  itemId,
  onPlace,
}: {
  readonly slug: string;
  readonly itemId: string;
  readonly onPlace: (mark: string) => void;
}): ReactNode {
  const { say, language } = useSpeech();
  const cache = useQueryClient();
  const [alt, setAlt] = useState({ fa: '', en: '' });
  const path: Path = `/api/provinces/${slug}/news/${itemId}/images`;
  const { data } = useAnswer<{ readonly images: readonly ImageAnswer[] }>(path);
  const described = alt.fa.trim().length >= 3 && alt.en.trim().length >= 3;
  return (
    <Section title={say(label.pictures)}>
      <ul className="k-stack">
        {(data?.images ?? []).map((image) => (
          <li key={image.id} className="k-row">
            <img
              src={`${path}/${image.id}`}
              alt=""
              width={image.width}
              height={image.height}
              loading="lazy"
              style={{ inlineSize: 'auto', blockSize: '6rem', maxInlineSize: '12rem', objectFit: 'contain' }}
            />
            <span dir="auto">{language === 'fa' ? image.altFa : image.altEn}</span>
            <Button kind="quiet" icon="add" onPress={() => onPlace(`![](${image.id})`)}>
              {say(label.place)}
            </Button>
          </li>
        ))}
      </ul>
      <div className="k-form">
        <TextField
          label={say(label.altFa)}
          name="altFa"
          required
          maxLength={300}
          value={alt.fa}
          onChange={(fa) => setAlt({ ...alt, fa })}
        />
        <TextField
          label={say(label.altEn)}
          name="altEn"
          required
          maxLength={300}
          value={alt.en}
          onChange={(en) => setAlt({ ...alt, en })}
        />
      </div>
      {described ? (
        <UploadField
          label={say(label.send)}
          hint={say(label.pictureHint)}
          accept=".jpg,.jpeg,.png"
          path={(id) =>
            `${path}?${new URLSearchParams({ id, altFa: alt.fa.trim(), altEn: alt.en.trim() }).toString()}`
          }
          onDone={() => {
            setAlt({ fa: '', en: '' });
            void cache.invalidateQueries({ queryKey: [path] });
          }}
        />
      ) : (
        <p className="k-hint">{say(label.altFirst)}</p>
      )}
    </Section>
  );
}

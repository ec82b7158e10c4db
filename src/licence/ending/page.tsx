import { useState, type ReactNode } from 'react';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand, type Path } from '#web/command.tsx';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { TextField } from '#web/kit/field.tsx';
import { Notice, Sign } from '#web/kit/notice.tsx';
import { fieldError, ProblemNotice } from '#web/kit/problem.tsx';
import { Select, type Choice } from '#web/kit/select.tsx';
import type { Column } from '#web/kit/table.tsx';
import { useSpeech, type Speech } from '#web/language.tsx';
import { Register, isIn, type RegisterField } from '#web/register.tsx';
import { useSession } from '#web/session.tsx';
import { lapseStates, licenceStates, type Licence, type LicenceState } from '../contract.ts';
import { askers } from '../draft/page.tsx';
import { requestLabels as labels } from '../request/words.ts';
import { licenceStateWords } from '../words.ts';

type Agency = { readonly agencyKey: string; readonly shortFa: string; readonly shortEn: string };

export function useAgencyName(): (key: string) => string {
  const { language } = useSpeech();
  const agencies = useAnswer<{ readonly agencies: readonly Agency[] }>('/api/agencies').data?.agencies ?? [];
  return (key) => {
    const found = agencies.find(({ agencyKey }) => agencyKey === key);
    return (language === 'fa' ? found?.shortFa : found?.shortEn) ?? key;
  };
}

/** What the lists of requests and of licences are filtered by. */
export const fieldsOf = (say: Speech['say'], states: readonly Choice[]): readonly RegisterField[] => [
  { name: 'search', label: say(labels.search) },
  { name: 'state', label: say(labels.state), choices: states, all: say(labels.all) },
];

const tones: Readonly<Record<LicenceState, 'green' | 'amber' | 'red' | 'quiet'>> = {
  coming: 'quiet',
  valid: 'green',
  near_expiry: 'amber',
  expired: 'quiet',
  renewed: 'quiet',
  cancelled: 'red',
  annulled: 'red',
};

/** The page on which a licence is renewed. */
export const renewalPath = (licenceId: string): string => `/licences/new?renews=${licenceId}`;
const isRenewable = ({ origin, state }: Licence): boolean =>
  origin === 'signed' && (state === 'near_expiry' || state === 'expired');

const lapsedStates: readonly string[] = lapseStates;

export function Licences({ province }: { readonly province: string }): ReactNode {
  const { say, language, digits } = useSpeech();
  const agency = useAgencyName();
  const role = useSession().user?.role;
  const [ending, setEnding] = useState<Licence | null>(null);
  const titleOf = (row: Licence): string => (language === 'fa' ? row.titleFa : row.titleEn);
  const ends = role === 'director' || role === 'deputy';
  const renews = role != null && askers.includes(role);
  const columns: readonly Column<Licence>[] = [
    {
      key: 'number',
      title: say(labels.number),
      render: ({ number }) => <Bidi>{digits(number)}</Bidi>,
      sortBy: ({ number }) => number,
      csv: ({ number }) => number,
    },
    {
      key: 'holder',
      title: say(labels.owner),
      render: (row) =>
        row.origin === 'history' ? <small>{say(labels.history)}</small> : (row.holderName ?? '—'),
      sortBy: (row) => row.holderName ?? '',
      csv: (row) => row.holderName ?? '',
    },
    { key: 'occupation', title: say(labels.occupation), render: titleOf, sortBy: titleOf, csv: titleOf },
    {
      key: 'county',
      title: say(labels.county),
      render: (row) => say(row.countyName),
      sortBy: (row) => say(row.countyName),
      csv: (row) => say(row.countyName),
    },
    {
      key: 'agency',
      title: say(labels.agency),
      render: (row) => agency(row.agencyKey),
      csv: (row) => agency(row.agencyKey),
      wideOnly: true,
    },
    {
      key: 'issued',
      title: say(labels.issuedOn),
      render: (row) => <DayText iso={row.issuedOn} />,
      sortBy: (row) => row.issuedOn,
      csv: (row) => row.issuedOn,
    },
    {
      key: 'expires',
      title: say(labels.expiresOn),
      render: (row) => <DayText iso={row.expiresOn} />,
      sortBy: (row) => row.expiresOn,
      csv: (row) => row.expiresOn,
    },
    {
      key: 'state',
      title: say(labels.state),
      render: (row) => <Sign tone={tones[row.state]}>{say(row.stateName)}</Sign>,
      sortBy: (row) => row.state,
      csv: (row) => say(row.stateName),
    },
    {
      key: 'deeds',
      title: '',
      render: (row) => (
        <span className="k-row no-print">
          {row.origin === 'history' || lapsedStates.includes(row.state) ? null : (
            <a href={`/api/provinces/${province}/licences/${row.licenceId}/certificate.pdf`}>
              {say(labels.certificate)}
            </a>
          )}
          {renews && isRenewable(row) ? (
            <LinkButton kind="quiet" href={renewalPath(row.licenceId)}>
              {say(labels.renew)}
            </LinkButton>
          ) : null}
          {ends && row.endedOn === null ? (
            <Button kind="quiet" onPress={() => setEnding(row)}>
              {say(labels.ending)}
            </Button>
          ) : null}
        </span>
      ),
    },
  ];
  return (
    <>
      <Register<Licence>
        province={province}
        readsAll={false}
        path={`/api/provinces/${province}/licences`}
        fields={fieldsOf(
          say,
          licenceStates.map((key) => ({ key, label: say(licenceStateWords[key]) })),
        )}
        passes={({ number, holderName, titleFa, titleEn, countyName, state }, filter) =>
          (filter['state'] === '' || filter['state'] === state) &&
          isIn(`${number}${holderName ?? ''}${titleFa}${titleEn}${say(countyName)}`, filter['search'])
        }
        caption={say(labels.register)}
        columns={columns}
        rowKey={({ licenceId }) => licenceId}
        csvName="licences"
        empty={{ title: say(labels.noLicences), body: say(labels.noLicencesHelp) }}
      />
      {ending === null ? null : (
        <EndingDialog licence={ending} province={province} onClose={() => setEnding(null)} />
      )}
    </>
  );
}

type EndingProps = {
  readonly licence: Licence;
  readonly province: string;
  readonly onClose: () => void;
};

function EndingDialog({ licence, province, onClose }: EndingProps): ReactNode {
  const { say, digits } = useSpeech();
  const role = useSession().user?.role;
  const [id] = useState(newKey);
  const [kind, setKind] = useState('cancelled');
  const [reason, setReason] = useState('');
  const path: Path = `/api/provinces/${province}/licences/${licence.licenceId}/ending`;
  const command = useCommand<object>({
    path,
    changes: [`/api/provinces/${province}/licence`],
    onDone: onClose,
  });
  return (
    <Dialog
      title={say(labels.ending)}
      open
      onClose={onClose}
      foot={
        <Button
          kind="danger"
          busy={command.isPending}
          refusedBecause={reason.trim() === '' ? say(labels.reason) : null}
          onPress={() => command.mutate({ id, kind, reason })}
        >
          {say(kind === 'annulled' ? labels.annul : labels.cancel)}
        </Button>
      }
    >
      <div className="k-form">
        <p>
          <Bidi>{digits(licence.number)}</Bidi> · {licence.holderName}
        </p>
        <Select
          label={say(labels.kind)}
          name="kind"
          required
          value={kind}
          onChange={setKind}
          choices={[
            { key: 'cancelled', label: say(labels.cancel) },
            ...(role === 'director' ? [{ key: 'annulled', label: say(labels.annul) }] : []),
          ]}
        />
        {kind === 'annulled' ? <Notice tone="amber" title={say(labels.barNote)} /> : null}
        <TextField
          label={say(labels.reason)}
          name="reason"
          required
          rows={3}
          value={reason}
          onChange={setReason}
          error={fieldError(command.error, 'reason', say)}
        />
        {command.error === null ? null : <ProblemNotice error={command.error} />}
      </div>
    </Dialog>
  );
}

import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Button } from '#web/kit/button.tsx';
import { DayField } from '#web/kit/day-field.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { usePages, type Pages } from '#web/paged.tsx';
import { useSession } from '#web/session.tsx';
import type { AppointmentRow } from '../appointment/contract.ts';
import { appointmentLabels as labels, entryTones, entryWords } from '../appointment/words.ts';

type Filter = { readonly on: string; readonly standing: '' | 'asked' };

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** The filter stands in the address, so that a day can be sent on and is still chosen after a look at a case. */
function useFilter(): readonly [Filter, (change: Partial<Filter>) => void] {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const { on } = search;
  const filter: Filter = {
    on: typeof on === 'string' && isDay(on) ? on : '',
    standing: search['standing'] === 'asked' ? 'asked' : '',
  };
  const change = (next: Partial<Filter>): void => {
    const kept = Object.entries({ ...search, ...filter, ...next }).filter(([, value]) => value !== '');
    void navigate({ to: '.', replace: true, search: Object.fromEntries(kept) });
  };
  return [filter, change];
}

const queryOf = (filter: Filter): string =>
  new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== '')).toString();

/** The appointments of an office: of one day or from today on; or those that wait for another time, whenever they were. */
export function AppointmentsPage(): ReactNode {
  const { say } = useSpeech();
  const { user } = useSession();
  const [filter, change] = useFilter();
  const { on, standing } = filter;
  const provinceId = user?.provinceId ?? null;
  // As many as a table draws at once: a day is printed whole.
  const path = `/api/provinces/${provinceId}/appointments?limit=200&${queryOf(filter)}` as const;
  const pages = usePages<AppointmentRow>(provinceId === null ? null : path);
  return (
    <>
      <PageHead title={say(labels.appointments)} actions={<PrintButton />}>
        {say(labels.lead)}
      </PageHead>
      <form className="k-row no-print" onSubmit={(event) => event.preventDefault()}>
        <DayField
          label={say(labels.day)}
          hint={say(standing === '' ? labels.dayHint : labels.dayHintAsking)}
          name="on"
          value={on}
          onChange={(day) => change({ on: day })}
        />
        <Select
          label={say(labels.shown)}
          name="standing"
          required
          value={standing === '' ? 'all' : standing}
          onChange={(key) => change({ standing: key === 'asked' ? 'asked' : '' })}
          choices={[
            { key: 'all', label: say(labels.all) },
            { key: 'asked', label: say(labels.asking) },
          ]}
        />
        {on === '' ? null : (
          <Button kind="quiet" onPress={() => change({ on: '' })}>
            {say(standing === '' ? labels.coming : labels.everyDay)}
          </Button>
        )}
      </form>
      {on === '' && standing === '' ? null : (
        <p className="only-print">
          {standing === '' ? null : say(labels.asking)}{' '}
          {on === '' ? null : <DayText iso={on} style="weekday" />}
        </p>
      )}
      <ProblemNotice error={pages.error} onRetry={pages.refetch} />
      {pages.error === null ? (
        <div className="k-section k-wide">
          <VisitTable pages={pages} standing={standing} />
        </div>
      ) : null}
    </>
  );
}

type TableProps = { readonly pages: Pages<AppointmentRow>; readonly standing: Filter['standing'] };

function VisitTable({ pages, standing: asked }: TableProps): ReactNode {
  const { say, digits } = useSpeech();
  const columns: readonly Column<AppointmentRow>[] = [
    {
      key: 'who',
      title: say(labels.who),
      render: ({ subjectName, number }) => subjectName ?? <Bidi code>{digits(number)}</Bidi>,
      csv: ({ subjectName }) => subjectName ?? '',
    },
    {
      key: 'on',
      title: say(labels.on),
      render: ({ on }) => <DayText iso={on} style="weekday" />,
      csv: ({ on }) => on,
    },
    { key: 'time', title: say(labels.time), render: ({ time }) => digits(time), csv: ({ time }) => time },
    {
      key: 'case',
      title: say(labels.case),
      render: ({ kind, number }) => (
        <>
          {say(kind)} <Bidi code>{digits(number)}</Bidi>
        </>
      ),
      csv: ({ number }) => number,
    },
    {
      key: 'purpose',
      title: say(labels.purpose),
      render: ({ purpose }) => purpose,
      csv: ({ purpose }) => purpose,
    },
    { key: 'place', title: say(labels.place), render: ({ place }) => place, csv: ({ place }) => place },
    {
      key: 'standing',
      title: say(labels.standing),
      render: ({ standing, reason, hasBegun }) => (
        <>
          <span style={{ whiteSpace: 'nowrap' }}>
            <Sign tone={entryTones[standing]}>
              {say(standing === 'asked' ? labels.asksTime : entryWords[standing])}
            </Sign>
          </span>
          {standing === 'asked' ? (
            <div>
              <small>
                {reason}
                {hasBegun ? ` (${say(labels.dayPassed)})` : null}
              </small>
            </div>
          ) : null}
        </>
      ),
      csv: ({ standing }) => say(entryWords[standing]),
    },
  ];
  return (
    <DataTable
      caption={say(labels.appointments)}
      columns={columns}
      rows={pages.rows}
      pages={pages}
      rowKey={({ appointmentId }) => appointmentId}
      rowHref={({ provinceId, caseId }) => `/cases/${provinceId}/${caseId}`}
      empty={
        asked === ''
          ? { title: say(labels.emptyTitle), body: say(labels.emptyBody) }
          : { title: say(labels.noneAskTitle), body: say(labels.noneAskBody) }
      }
      csvName="appointments"
    />
  );
}

import { useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useAnswer, useCommand } from '#web/command.tsx';
import { dayText } from '#web/format.ts';
import { Button } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { FileLink } from '#web/kit/file.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Link } from '#web/kit/link.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { newKey } from '#web/api.ts';
import { Tables } from '../report/page.tsx';
import { reportLabels } from '../report/words.ts';
import { type Deliveries, type Delivered, type Rhythm, type SubscriptionOrder, rhythms } from './contract.ts';
import { deliveryLabels, rhythmWords } from './words.ts';

const addressOf = (province: string) => `/api/provinces/${province}/report-subscriptions` as const;

/** What is scheduled for the reader, and what was given. */
export function Scheduled({
  province,
  county,
}: {
  readonly province: string;
  readonly county: string | null;
}): ReactNode {
  const { say } = useSpeech();
  const address = addressOf(province);
  const { data, error, refetch } = useAnswer<Deliveries>(address);
  const [rhythm, setRhythm] = useState<Rhythm>('month');
  // One id until it stands: pressed twice, it is ordered once.
  const [id, setId] = useState(newKey);
  const begin = useCommand<SubscriptionOrder>({
    path: address,
    changes: [address],
    onDone: () => setId(newKey()),
  });
  const end = useCommand<{ readonly id: string }>({
    path: (one) => `${address}/${one.id}`,
    method: 'DELETE',
    changes: [address],
  });
  if (error !== null) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton rows={3} />;
  const problem = begin.error ?? end.error;
  return (
    <Section title={say(deliveryLabels.scheduled)}>
      <p className="k-hint">{say(deliveryLabels.help)}</p>
      <div className="k-choices" style={{ alignItems: 'end' }}>
        <Select
          label={say(deliveryLabels.rhythm)}
          name="rhythm"
          required
          value={rhythm}
          onChange={(key) => setRhythm(rhythms.find((one) => one === key) ?? 'month')}
          choices={rhythms.map((key) => ({ key, label: say(rhythmWords[key]) }))}
        />
        <Button icon="add" busy={begin.isPending} onPress={() => begin.mutate({ id, county, rhythm })}>
          {say(deliveryLabels.begin)}
        </Button>
      </div>
      {problem === null ? null : <ProblemNotice error={problem} />}
      {data.subscriptions.length === 0 ? null : (
        <>
          <h3>{say(deliveryLabels.standing)}</h3>
          <ul className="k-stack">
            {data.subscriptions.map((one) => (
              <li key={one.id} className="k-row" style={{ alignItems: 'center' }}>
                <span>
                  {say(one.county ?? deliveryLabels.wholeProvince)} · {say(rhythmWords[one.rhythm])} ·{' '}
                  {say(deliveryLabels.from)} <DayText iso={one.begunOn} />
                </span>
                <Button busy={end.isPending} onPress={() => end.mutate({ id: one.id })}>
                  {say(deliveryLabels.end)}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{say(deliveryLabels.given)}</h3>
      <DataTable
        caption={say(deliveryLabels.given)}
        rows={data.deliveries}
        rowKey={(one) => `${one.subscription} ${one.dueOn}`}
        empty={{ title: say(deliveryLabels.none) }}
        columns={[
          {
            key: 'due',
            title: say(deliveryLabels.due),
            render: ({ dueOn }) => <DayText iso={dueOn} />,
            sortBy: ({ dueOn }) => dueOn,
          },
          {
            key: 'report',
            title: say(deliveryLabels.report),
            render: ({ title, subscription, dueOn }) => (
              <Link href={`/evidence/report/${province}/${subscription}/${dueOn}`}>{say(title)}</Link>
            ),
          },
        ]}
      />
    </Section>
  );
}

/** A report as it stood when it was given. */
export function DeliveredPage(): ReactNode {
  const { say, language } = useSpeech();
  const { province = '', subscription = '', due = '' } = useParams({ strict: false });
  const address = `${addressOf(province)}/${subscription}/${due}` as const;
  const { data, error, refetch } = useAnswer<Delivered>(address);
  const head = (title: string): ReactNode => (
    <PageHead
      title={title}
      path={[{ label: say(reportLabels.reports), href: '/evidence/report' }, { label: title }]}
    >
      {say(deliveryLabels.asItStood)} {dayText(due, language)}
    </PageHead>
  );
  if (error !== null) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton rows={10} />;
  const { report } = data;
  return (
    <>
      {head(say(report.title))}
      <Section
        title={say(deliveryLabels.report)}
        aside={
          <FileLink href={`${address}/export?format=pdf&language=${language}`}>
            {say(reportLabels.pdf)}
          </FileLink>
        }
      >
        {report.until === null ? null : (
          <p className="k-hint">
            {say(reportLabels.until)} {dayText(report.until, language)}
          </p>
        )}
      </Section>
      <Tables report={report} />
    </>
  );
}

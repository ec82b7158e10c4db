import { useState, type ReactNode } from 'react';
import { useAnswer } from '#web/command.tsx';
import { LinkButton } from '#web/kit/button.tsx';
import { DayText, InstantText } from '#web/kit/day.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { DataTable } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Page } from '#web/page.tsx';
import { ModerationPage } from './comment/page.tsx';
import { queueLabels } from './comment/words.ts';
import { mayReadDrafts } from './contract.ts';
import { type ItemAnswer, itemStates } from './item/contract.ts';
import { ItemPage, toneOf, useChosenProvince, useMayEdit } from './item/page.tsx';
import { categoryWords, deskLabels as label, itemLabels, itemStateWords } from './item/words.ts';

/** The items of a province, drafts included. */
function NewsPage(): ReactNode {
  const { say } = useSpeech();
  const may = useMayEdit();
  const { slug, choice } = useChosenProvince();
  const [state, setState] = useState('');
  const asked = useAnswer<{ readonly items: readonly ItemAnswer[] }>(
    slug === null ? null : `/api/provinces/${slug}/news`,
  );
  const states = [
    { key: '', label: say(label.allStates) },
    ...itemStates.map((key) => ({ key, label: say(itemStateWords[key]) })),
  ];
  return (
    <>
      <PageHead
        title={say(itemLabels.news)}
        actions={
          may && slug !== null ? (
            <LinkButton kind="primary" icon="add" href={`/news/${slug}/new`}>
              {say(label.write)}
            </LinkButton>
          ) : null
        }
      >
        {say(itemLabels.newsHelp)}
      </PageHead>
      <div className="k-form" style={{ marginBlockEnd: 'var(--s4)' }}>
        {choice}
        <Select
          label={say(label.state)}
          name="state"
          required
          choices={states}
          value={state}
          onChange={setState}
        />
      </div>
      {asked.error === null ? null : (
        <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
      )}
      {slug === null ? null : (
        <DataTable
          caption={say(itemLabels.news)}
          csvName="news"
          rows={asked.data?.items.filter((item) => state === '' || item.state === state)}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `/news/${slug}/${id}`}
          empty={{ title: say(label.noneDesk), body: say(label.noneDeskHelp) }}
          columns={[
            {
              key: 'title',
              title: say(label.title),
              render: ({ titleFa }) => <span lang="fa">{titleFa}</span>,
              sortBy: ({ titleFa }) => titleFa,
              csv: ({ titleFa }) => titleFa,
            },
            {
              key: 'state',
              title: say(label.state),
              render: (item) => <Sign tone={toneOf(item.state)}>{say(itemStateWords[item.state])}</Sign>,
              sortBy: (item) => item.state,
              csv: (item) => item.state,
            },
            {
              key: 'category',
              title: say(itemLabels.category),
              render: ({ category }) => say(categoryWords[category]),
              sortBy: ({ category }) => category,
              csv: ({ category }) => category,
            },
            {
              key: 'day',
              title: say(label.day),
              render: ({ datedOn }) => <DayText iso={datedOn} />,
              sortBy: ({ datedOn }) => datedOn,
              csv: ({ datedOn }) => datedOn,
            },
            {
              key: 'moved',
              title: say(label.moved),
              render: ({ movedAt }) => <InstantText iso={movedAt} />,
              sortBy: ({ movedAt }) => movedAt,
              csv: ({ movedAt }) => movedAt,
            },
          ]}
        />
      )}
    </>
  );
}

export const pages: readonly Page[] = [
  {
    path: '/news',
    title: itemLabels.news,
    nav: { label: itemLabels.news, order: 82, icon: 'news' },
    roles: mayReadDrafts,
    component: NewsPage,
  },
  {
    path: '/moderation',
    title: queueLabels.queue,
    nav: { label: queueLabels.queue, order: 83, icon: 'check' },
    roles: mayReadDrafts,
    component: ModerationPage,
  },
  { path: '/news/$province/$item', title: label.item, roles: mayReadDrafts, component: ItemPage },
];

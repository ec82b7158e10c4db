import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Role } from '#kernel/actor.ts';
import { LinkButton } from '#web/kit/button.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { ComboBox } from '#web/kit/combobox.tsx';
import { Link } from '#web/kit/link.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Page } from '#web/page.tsx';
import { useSession } from '#web/session.tsx';
import { BankListsPage } from './banklist/page.tsx';
import { bankListLabels } from './banklist/words.ts';
import { BankListPage } from './confirmation/page.tsx';
import { Exports } from './export/page.tsx';
import { CountryPage } from './country/page.tsx';
import { AccountPage } from './account/page.tsx';
import { accountLabels } from './account/words.ts';
import { DividePage } from './axis/page.tsx';
import { NewLinePage } from './draft/page.tsx';
import { draftLabels } from './draft/words.ts';
import { Lines, useFilter } from './funnel/page.tsx';
import { ForecastPage } from './lapse/page.tsx';
import { lapseLabels } from './lapse/words.ts';
import { LinePage } from './line/page.tsx';
import { lineLabels } from './line/words.ts';
import { newLineHref, useAddress, useOwnPlace, useProvinces } from './province/page.tsx';
import { OpeningsPage } from './opening/page.tsx';
import { openingLabels } from './opening/words.ts';
import { ReallocatePage } from './reallocation/page.tsx';
import { reallocationLabels } from './reallocation/words.ts';
import { lineKind } from './rules.ts';
import { RedividePage, RedivisionPage } from './redivision/page.tsx';
import { redivisionLabels } from './redivision/words.ts';
import { ScenarioPage } from './scenario/page.tsx';
import { scenarioLabels } from './scenario/words.ts';
import { SharesPage } from './share/page.tsx';
import { ruleLabels } from './share/words.ts';
import { SlicePage } from './slice/page.tsx';
import { ProposalPage } from './slicing/page.tsx';
import { OpeningPage } from './takeback/page.tsx';
import { TransferPage } from './transfer/page.tsx';
import { VersionsPage } from './version/page.tsx';
import { versionLabels } from './version/words.ts';
import { creditLabels } from './words.ts';

/** For those who read every province: the province is chosen in the address. */
function ProvinceChoice({ chosen }: { readonly chosen: string | null }): ReactNode {
  const { language, say } = useSpeech();
  const navigate = useNavigate();
  const provinces = useProvinces();
  if (provinces === undefined) return <Skeleton rows={2} />;
  return (
    <div className="no-print" style={{ inlineSize: '260px', marginBlockEnd: 'var(--s6)' }}>
      <ComboBox
        label={say(lineLabels.province)}
        name="province"
        required
        value={chosen}
        onChange={(slug) => void navigate({ to: `/credit/${slug}` })}
        choices={provinces.map((province) => ({
          key: province.slug,
          label: language === 'fa' ? province.nameFa : province.nameEn,
        }))}
      />
      <Link href="/credit/scenario">{say(scenarioLabels.country)}</Link>
    </div>
  );
}

function CreditsPage(): ReactNode {
  const { say, language } = useSpeech();
  const named = useAddress('province');
  const { province: own, asked } = useOwnPlace();
  const provinces = useProvinces();
  const { user } = useSession();
  const [filter] = useFilter();
  const [sought, setSought] = useState('');
  const province = named === '' ? own : named;
  const found = provinces?.find((one) => one.slug === province);
  const name = found === undefined ? null : language === 'fa' ? found.nameFa : found.nameEn;
  const title = name === null ? say(creditLabels.credits) : `${say(lineLabels.creditsOf)} ${name}`;
  const head = (
    <PageHead
      title={title}
      {...(province === null
        ? {}
        : {
            actions: (
              <>
                <Exports province={province} path="export" filter={{ ...filter, sought }} />
                {lineKind.start.may.some((role) => role === user?.role) ? (
                  <LinkButton href={newLineHref(province)} kind="primary" icon="add">
                    {say(draftLabels.title)}
                  </LinkButton>
                ) : null}
              </>
            ),
          })}
    >
      {say(creditLabels.creditsHelp)}
    </PageHead>
  );
  if (province === null && asked.isPending) return head;
  if (province === null && asked.error !== null)
    return (
      <>
        {head}
        <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
      </>
    );
  return (
    <>
      {head}
      {own === null && !asked.isPending ? <ProvinceChoice chosen={province} /> : null}
      {province === null ? (
        <Empty title={say(lineLabels.chooseProvince)}>{say(lineLabels.chooseProvinceHelp)}</Empty>
      ) : (
        <Lines province={province} sought={sought} onSeek={setSought} />
      )}
    </>
  );
}

/** Everybody but administrators, who see no money, and applicants, who see only their own. */
// Agencies and banks see no credit of the province yet: an empty list would tell them that there is none.
const readers = [
  'director',
  'deputy',
  'county_office',
  'auditor',
  'editor',
  'ministry',
] as const satisfies readonly Role[];

/** The desk pages of the credits. */
export const pages: readonly Page[] = [
  {
    path: '/credit',
    title: creditLabels.credits,
    nav: { label: creditLabels.credits, order: 10, icon: 'credit' },
    roles: readers,
    component: CreditsPage,
  },
  {
    path: '/credit/scenario',
    title: scenarioLabels.country,
    roles: ['ministry', 'auditor', 'director', 'deputy'],
    component: CountryPage,
  },
  {
    path: '/credit/$province/lines/$line/scenario',
    title: scenarioLabels.title,
    roles: ['director', 'deputy', 'auditor', 'editor', 'ministry'],
    component: ScenarioPage,
  },
  {
    path: '/credit/bank-lists',
    title: bankListLabels.lists,
    nav: { label: bankListLabels.lists, order: 12, icon: 'bank' },
    roles: ['director', 'deputy', 'editor'],
    component: BankListsPage,
  },
  {
    path: '/credit/$province/bank-lists',
    title: bankListLabels.lists,
    roles: readers,
    component: BankListsPage,
  },
  {
    path: '/credit/$province/bank-lists/$list',
    title: bankListLabels.lists,
    roles: readers,
    component: BankListPage,
  },
  {
    path: '/credit/$province/lines/$line/lapse',
    title: lapseLabels.title,
    roles: readers,
    component: ForecastPage,
  },
  {
    path: '/credit/$province/lines/$line/shares',
    title: ruleLabels.title,
    roles: readers,
    component: SharesPage,
  },
  {
    path: '/credit/$province/slices/$slice/reallocate',
    title: reallocationLabels.title,
    roles: ['director', 'deputy'],
    component: ReallocatePage,
  },
  {
    path: '/credit/$province/reallocations/$reallocation',
    title: reallocationLabels.proposal,
    roles: readers,
    component: TransferPage,
  },
  {
    path: '/credit/$province/lines/new',
    title: draftLabels.title,
    roles: lineKind.start.may,
    component: NewLinePage,
  },
  {
    path: '/credit/$province/slices/$slice/redivide',
    title: redivisionLabels.title,
    roles: ['director', 'deputy'],
    component: RedividePage,
  },
  {
    path: '/credit/$province/redivisions/$redivision',
    title: redivisionLabels.title,
    roles: readers,
    component: RedivisionPage,
  },
  {
    path: '/credit/$province/slices/$slice/versions',
    title: versionLabels.title,
    roles: readers,
    component: VersionsPage,
  },
  {
    path: '/credit/$province/lines/$line/openings',
    title: openingLabels.title,
    roles: readers,
    component: OpeningsPage,
  },
  {
    path: '/credit/$province/openings/$opening',
    title: openingLabels.title,
    roles: readers,
    component: OpeningPage,
  },
  { path: '/credit/$province', title: creditLabels.credits, roles: readers, component: CreditsPage },
  { path: '/credit/$province/lines/$line', title: lineLabels.line, roles: readers, component: LinePage },
  {
    path: '/credit/$province/slices/$slice',
    title: creditLabels.slice,
    roles: readers,
    component: SlicePage,
  },
  {
    path: '/credit/$province/accounts/$account',
    title: accountLabels.title,
    roles: readers,
    component: AccountPage,
  },
  {
    path: '/credit/$province/slices/$slice/divide',
    title: creditLabels.divide,
    roles: ['director', 'deputy'],
    component: DividePage,
  },
  {
    path: '/credit/$province/slicings/$slicing',
    title: creditLabels.proposal,
    roles: readers,
    component: ProposalPage,
  },
];

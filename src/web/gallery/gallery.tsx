import { useState, type ReactNode } from 'react';
import { ApiProblem } from '../api.ts';
import { moneyScale, rialsOf } from '../format.ts';
import { Gallery as Samples } from './samples.tsx';
import { AsOf } from '../kit/as-of.tsx';
import { Button } from '../kit/button.tsx';
import { ComboBox } from '../kit/combobox.tsx';
import { DayText } from '../kit/day.tsx';
import { DayField } from '../kit/day-field.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { Bidi, Digits } from '../kit/digits.tsx';
import { Empty } from '../kit/empty.tsx';
import { Facts } from '../kit/facts.tsx';
import { MoneyField, NumberField, TextField } from '../kit/field.tsx';
import { Figure, Figures } from '../kit/figure.tsx';
import { PageHead, Section } from '../kit/head.tsx';
import { Money } from '../kit/money.tsx';
import { Notice, Sign } from '../kit/notice.tsx';
import { Percent } from '../kit/percent.tsx';
import { PrintButton } from '../kit/print.tsx';
import { ProblemNotice } from '../kit/problem.tsx';
import { Select } from '../kit/select.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { DataTable, type Column } from '../kit/table.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { useSpeech } from '../language.tsx';
import { CaseLine } from '../pictures/case-line.tsx';
import { FigureWithAddress } from '../pictures/figure-with-address.tsx';
import { MarkedStatement, VerdictCount } from '../pictures/marked-statement.tsx';
import { RialFlow } from '../pictures/rial-flow.tsx';
import { SliceBar } from '../pictures/slice-bar.tsx';

/** Every piece and picture with sample figures, to be looked at; only where all figures are samples anyway. */
const province = Samples.province;

function Pictures(): ReactNode {
  const { say } = useSpeech();
  const t = Samples.words;
  return (
    <>
      <Figures>
        <FigureWithAddress
          label={say(t.notified)}
          value={<Money rials={province.amount} exact />}
          asOf="2024-01-05"
          of={{
            definition: say(t.notifiedDefinition),
            base: say(t.notifiedBase),
            change: <Sign tone="green">{say(t.notifiedChange)}</Sign>,
            list: { href: '/gallery', label: say(t.notifiedList) },
            history: [
              { on: '2023-11-22', value: <Money rials="610000000000" /> },
              { on: '2023-06-11', value: <Money rials="375000000000" /> },
            ],
            erratum: { on: '2023-12-02', text: say(t.erratum) },
            address: 'karsaz/f/0191-7c22',
          }}
        />
        <Figure
          label={say(t.lockedShare)}
          value={<Money rials={province.locked} />}
          tone="locked"
          detail={<Percent part={province.locked} whole={province.amount} />}
          href="/gallery"
        />
        <Figure
          label={say(t.paid)}
          value={<Money rials={province.paid} />}
          detail={<Percent part={province.paid} whole={province.amount} />}
          asOf="2024-01-05"
          href="/gallery"
        />
        <Figure label={say(t.left)} value={<Money rials="58000000000" />} qualifier="about" tone="amber" />
      </Figures>
      <SliceBar
        title={say(t.line)}
        standing={province}
        timePassed={79}
        hrefs={{ paid: '/gallery', locked: '/gallery' }}
      />
    </>
  );
}

type County = (typeof Samples.counties)[number];

function CountyTable(): ReactNode {
  const { say, word } = useSpeech();
  const t = Samples.words;
  const rows = Samples.counties;
  const scale = moneyScale(rows.flatMap((row) => [row.amount, row.locked, row.paid]));
  const sum = (of: (row: County) => string): bigint =>
    rows.reduce((total, row) => total + rialsOf(of(row)), 0n);
  const money = (key: string, title: ReactNode, of: (row: County) => string): Column<County> => ({
    key,
    title,
    align: 'figure',
    render: (row) => <Money rials={of(row)} scale={scale} />,
    sortBy: (row) => rialsOf(of(row)),
    csv: of,
    csvTitle: key,
    sum: <Money rials={sum(of)} scale={scale} />,
  });
  const columns: readonly Column<County>[] = [
    {
      key: 'county',
      title: say(t.county),
      render: (row) => say(row.name),
      sortBy: (row) => say(row.name),
      csv: (row) => row.name.fa,
    },
    money('amount', say(t.slice), (row) => row.amount),
    money('locked', say(t.lockedShort), (row) => row.locked),
    money('paid', word('stagePaid'), (row) => row.paid),
    {
      key: 'course',
      title: say(t.course),
      render: (row) => <SliceBar mini title={say(row.name)} standing={row} timePassed={79} />,
    },
    {
      key: 'share',
      title: word('absorbed'),
      align: 'figure',
      render: (row) => <Percent part={row.paid} whole={row.amount} />,
      sum: <Percent part={sum((row) => row.paid)} whole={sum((row) => row.amount)} />,
    },
    { key: 'state', title: say(t.state), render: (row) => <Sign tone={row.tone}>{say(row.state)}</Sign> },
  ];
  return (
    <DataTable
      caption={`${say(t.slicesOf)} (${say(Samples.columnUnit)})`}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.name.en}
      rowHref={() => '/gallery'}
      csvName={say(t.csvName)}
    />
  );
}

function Forms(): ReactNode {
  const { say } = useSpeech();
  const t = Samples.words;
  const [name, setName] = useState('');
  const [year, setYear] = useState('1402');
  const [sum, setSum] = useState('985000000000');
  const [bank, setBank] = useState<string | null>(null);
  const [county, setCounty] = useState<string | null>('nazarabad');
  const [day, setDay] = useState('2024-01-05');
  const [open, setOpen] = useState(false);
  return (
    <div className="k-columns">
      <form className="k-form" onSubmit={(event) => event.preventDefault()}>
        <TextField
          label={say(t.letterNumber)}
          name="letterNumber"
          value={name}
          onChange={setName}
          required
          hint={say(t.letterHint)}
          error={say(t.letterError)}
        />
        <NumberField
          label={say(t.budgetYear)}
          name="budgetYear"
          value={year}
          onChange={setYear}
          plain
          required
        />
        <DayField label={say(t.letterDay)} name="letterDay" value={day} onChange={setDay} required />
        <MoneyField label={say(t.amount)} name="amount" value={sum} onChange={setSum} required />
        <Select
          label={say(t.bank)}
          name="bank"
          value={bank}
          onChange={setBank}
          choices={Samples.banks.map(({ key, label }) => ({ key, label: say(label) }))}
        />
        <ComboBox
          label={say(t.county)}
          name="county"
          value={county}
          onChange={setCounty}
          choices={Samples.counties.map((row) => ({ key: row.name.en.toLowerCase(), label: say(row.name) }))}
        />
        <TextField label={say(t.note)} name="note" value="" onChange={() => undefined} rows={3} />
        <div className="k-row">
          <Button kind="primary" type="submit">
            {say(t.send)}
          </Button>
          <Button onPress={() => setOpen(true)}>{say(t.ask)}</Button>
        </div>
      </form>
      <div className="k-stack">
        <Button kind="primary" icon="send">
          {say(t.refer)}
        </Button>
        <Button kind="primary" busy>
          {say(t.refer)}
        </Button>
        <Button icon="add">{say(t.addDocument)}</Button>
        <Button kind="danger">{say(t.withdraw)}</Button>
        <Button kind="quiet" icon="edit">
          {say(t.correct)}
        </Button>
        <Button refusedBecause={say(t.refusedBecause)}>{say(t.secondSignature)}</Button>
        <Dialog
          title={say(t.ask)}
          open={open}
          onClose={() => setOpen(false)}
          foot={
            <Button kind="primary" onPress={() => setOpen(false)}>
              {say(t.send)}
            </Button>
          }
        >
          {say(t.askBody)}
        </Dialog>
      </div>
    </div>
  );
}

function States(): ReactNode {
  const { say } = useSpeech();
  const t = Samples.words;
  const [again, setAgain] = useState(0);
  return (
    <div className="k-stack">
      <Notice title={say(t.infoTitle)}>{say(t.infoBody)}</Notice>
      <Notice tone="green" title={say(t.greenTitle)} />
      <Notice tone="amber" title={say(t.amberTitle)}>
        {say(t.amberBody)}
      </Notice>
      <ProblemNotice error={new ApiProblem(Samples.refusal)} />
      <ProblemNotice error={new ApiProblem(Samples.silence)} onRetry={() => setAgain(again + 1)} />
      <Empty title={say(t.emptyTitle)} actions={<Button icon="add">{say(t.addDocument)}</Button>}>
        {say(t.emptyBody)}
      </Empty>
      <Facts
        facts={[
          {
            label: say(t.tracking),
            value: (
              <Bidi code>
                <Digits value="1402-05-00317" />
              </Bidi>
            ),
          },
          { label: say(t.applicant), value: say(t.applicantValue) },
          { label: say(t.asked), value: <DayText iso="2023-12-29" style="weekday" /> },
        ]}
      />
      <div style={{ inlineSize: '100%' }}>
        <Skeleton rows={3} />
      </div>
      <div style={{ inlineSize: '100%' }}>
        <DataTable
          caption={say(t.slicesOf)}
          columns={[{ key: 'a', title: say(t.county), render: () => null }]}
          rows={undefined}
          rowKey={() => ''}
        />
      </div>
    </div>
  );
}

export function GalleryPage(): ReactNode {
  const { say, word, language, digits } = useSpeech();
  const t = Samples.words;
  const statement = Samples.statement(language);
  return (
    <>
      <PageHead
        title={say(t.title)}
        path={[
          { label: say(t.credits), href: '/' },
          { label: say(t.homeJobs), href: '/' },
          { label: say(t.note18) },
        ]}
        aside={<AsOf iso="2024-01-05" />}
        actions={
          <>
            <PrintButton />
            <Button>{say(t.whatIf)}</Button>
            <Button kind="primary">{say(t.propose)}</Button>
          </>
        }
      />
      <Pictures />
      <Section title={say(t.slicesOf)} aside={<Sign tone="quiet">{say(Samples.columnUnit)}</Sign>}>
        <CountyTable />
      </Section>
      <Section title={word('flowFrom')}>
        <RialFlow title={say(t.line)} line={Samples.flow(say)} />
      </Section>
      <Section title={say(t.statementTitle)} aside={<VerdictCount marks={statement.marks} />}>
        <MarkedStatement text={statement.text} marks={statement.marks} />
      </Section>
      <Section title={say(t.caseTitle)}>
        <CaseLine {...Samples.caseOf(say)} onChoose={() => undefined} />
      </Section>
      <Section title={say(t.formTitle)}>
        <Forms />
      </Section>
      <Section title={say(t.statesTitle)}>
        <Tabs
          label={say(t.statesTitle)}
          tabs={[
            { key: 'states', label: say(t.statesTitle), children: <States /> },
            { key: 'other', label: say(t.county), count: digits(7), children: <Skeleton height={120} /> },
          ]}
        />
      </Section>
    </>
  );
}

import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { comparable } from '#kernel/persian.ts';
import { useAnswer, type Path } from './command.tsx';
import { Empty } from './kit/empty.tsx';
import { TextField } from './kit/field.tsx';
import { PageHead } from './kit/head.tsx';
import { searchOf } from './kit/link.tsx';
import { ProblemNotice } from './kit/problem.tsx';
import { Select, type Choice } from './kit/select.tsx';
import { DataTable, type DataTableProps } from './kit/table.tsx';
import { useSpeech } from './language.tsx';
import { usePages } from './paged.tsx';
import { useSession } from './session.tsx';

/** Of which province a register is shown; `readsAll` for those whose pages must name it (`?of=alborz`). */
export type RegisterPlace = { readonly province: string; readonly readsAll: boolean };

type Province = { readonly slug: string; readonly nameFa: string; readonly nameEn: string };

export type RegisterPageProps = {
  readonly title: string;
  readonly lead: string;
  readonly actions: ReactNode;
  /** The province of the reader; null for those who read all, who choose one. */
  readonly own: string | null;
  /** What is said while no province is chosen. */
  readonly none: string;
  readonly children: (place: RegisterPlace) => ReactNode;
};

/** A page with the register of one province, which stands in the address where it is chosen. */
export function RegisterPage({ title, lead, actions, own, none, children }: RegisterPageProps): ReactNode {
  const role = useSession().user?.role;
  const { of }: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const readsAll = own === null && (role === 'ministry' || role === 'auditor');
  const province = own ?? (readsAll && typeof of === 'string' ? of : null);
  return (
    <>
      <PageHead title={title} actions={actions}>
        {lead}
      </PageHead>
      {readsAll ? <ProvinceChoice chosen={province} /> : null}
      {province === null ? <Empty title={none} /> : children({ province, readsAll })}
    </>
  );
}

function ProvinceChoice({ chosen }: { readonly chosen: string | null }): ReactNode {
  const { word, language } = useSpeech();
  const navigate = useNavigate();
  const provinces =
    useAnswer<{ readonly provinces: readonly Province[] }>('/api/provinces').data?.provinces ?? [];
  return (
    <div className="no-print" style={{ inlineSize: '260px', marginBlockEnd: 'var(--s4)' }}>
      <Select
        label={word('province')}
        name="province"
        required
        value={chosen}
        // The counties of one province are none of another's: what was filtered by goes.
        onChange={(of) => void navigate({ to: '.', replace: true, search: { of } })}
        choices={provinces.map(({ slug, nameFa, nameEn }) => ({
          key: slug,
          label: language === 'fa' ? nameFa : nameEn,
        }))}
      />
    </div>
  );
}

export type RegisterField = {
  /** Its name in the form and in the address of the page. */
  readonly name: string;
  readonly label: string;
  /** What the list calls it, where two registers of one page need names of their own. */
  readonly asks?: string;
  /** One of these is chosen; a field without them is typed. */
  readonly choices?: readonly Choice[];
  /** How the choice of all is called; without it one of `choices` always holds, at first the first. */
  readonly all?: string;
};

/** What is filtered by, by the names of the fields; empty where a field asks nothing. */
export type FilterValues = Readonly<Record<string, string>>;

const firstOf = ({ choices, all }: RegisterField): string =>
  all === undefined ? (choices?.[0]?.key ?? '') : '';

/** What the address says of a field; a choice that there is not counts for none. */
function valueOf(field: RegisterField, said: unknown): string {
  const value = typeof said === 'string' || typeof said === 'number' ? String(said) : '';
  // Choices that are fetched are not there at once: what the address says holds until they are.
  const { choices = [] } = field;
  return value !== '' && (choices.length === 0 || choices.some(({ key }) => key === value))
    ? value
    : firstOf(field);
}

/** The filter stands in the address, so that a list can be sent on and is still there after a look at a record. */
function useFilter(fields: readonly RegisterField[]): [FilterValues, (name: string, value: string) => void] {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = (name: string, value: string): void => {
    const rest = Object.entries(search).filter(([key]) => key !== name);
    const isFirst = fields.some((field) => field.name === name && firstOf(field) === value);
    const told = isFirst ? {} : searchOf([[name, value]]);
    void navigate({
      to: '.',
      replace: true,
      resetScroll: false,
      search: { ...Object.fromEntries(rest), ...told },
    });
  };
  return [
    Object.fromEntries(fields.map((field) => [field.name, valueOf(field, search[field.name])])),
    change,
  ];
}

type FieldProps = {
  readonly field: RegisterField;
  readonly value: string;
  readonly onChange: (value: string) => void;
};

function TypedField({ field: { name, label }, value, onChange }: FieldProps): ReactNode {
  // The address follows a moment later: whoever types sees what they typed.
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <div style={{ flex: '1 1 220px', maxInlineSize: '320px' }} onBlur={() => setTyped(null)}>
      <TextField
        label={label}
        name={name}
        type="search"
        required
        value={typed ?? value}
        onChange={(text) => {
          setTyped(text);
          onChange(text);
        }}
      />
    </div>
  );
}

function ChosenField({ field, value, onChange }: FieldProps): ReactNode {
  const { name, label, choices = [], all } = field;
  return (
    <div style={{ flex: '1 1 150px', maxInlineSize: '240px' }}>
      <Select
        label={label}
        name={name}
        required
        value={value === '' ? everything : value}
        onChange={(key) => onChange(key === everything ? '' : key)}
        choices={all === undefined ? choices : [{ key: everything, label: all }, ...choices]}
      />
    </div>
  );
}
const everything = 'all';

export type RegisterProps<Row> = RegisterPlace &
  Pick<DataTableProps<Row>, 'caption' | 'columns' | 'rowKey' | 'empty'> & {
    /** The list route without its query. */
    readonly path: Path;
    /** What is asked for whatever the filter. */
    readonly asked?: FilterValues;
    readonly fields: readonly RegisterField[];
    /** The page of a row, without the province that is told to those who read all. */
    readonly rowHref?: (row: Row) => string;
    readonly csvName: string;
    /** The list as a file of the server's. */
    readonly sheet?: { readonly path: Path; readonly label: string };
    /** For a list that comes whole: which rows the filter lets pass. Without it the route filters, page by page. */
    readonly passes?: (row: Row, filter: FilterValues) => boolean;
  };

/** The records of a province: what they are filtered by, the rows, their file, and what is said when there are none. */
export function Register<Row>(props: RegisterProps<Row>): ReactNode {
  const { fields, asked = {}, sheet, path, passes } = props;
  const [filter, change] = useFilter(fields);
  const query = new URLSearchParams([
    ...Object.entries(asked),
    ...fields
      .map(({ name, asks = name }) => [asks, filter[name]?.trim() ?? ''])
      .filter(([, value]) => value !== ''),
  ]).toString();
  return (
    <>
      <div
        className="k-row no-print"
        style={{ marginBlockEnd: 'var(--s2)', alignItems: 'end', flexWrap: 'wrap' }}
      >
        {fields.map((field) => {
          const Field = field.choices === undefined ? TypedField : ChosenField;
          const value = filter[field.name] ?? '';
          return (
            <Field key={field.name} field={field} value={value} onChange={(now) => change(field.name, now)} />
          );
        })}
      </div>
      {sheet === undefined ? null : (
        <p className="no-print">
          <a className="k-button is-quiet" href={`${sheet.path}?${query}`}>
            {sheet.label}
          </a>
        </p>
      )}
      {passes === undefined ? (
        <PagedRows key={query} register={props} path={`${path}?${query}`} />
      ) : (
        <WholeRows register={props} passes={(row) => passes(row, filter)} />
      )}
    </>
  );
}

type Rows<Row> = { readonly register: RegisterProps<Row> };

function PagedRows<Row>({ register, path }: Rows<Row> & { readonly path: Path }): ReactNode {
  const pages = usePages<Row>(path);
  if (pages.error !== null && pages.rows === undefined)
    return <ProblemNotice error={pages.error} onRetry={pages.refetch} />;
  return <DataTable {...tableOf(register)} rows={pages.rows} pages={pages} />;
}

function WholeRows<Row>({
  register,
  passes,
}: Rows<Row> & { readonly passes: (row: Row) => boolean }): ReactNode {
  const found = useAnswer<{ readonly items: readonly Row[] }>(register.path);
  if (found.error !== null && found.data === undefined)
    return <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />;
  return <DataTable {...tableOf(register)} rows={found.data?.items.filter(passes)} />;
}

function tableOf<Row>({ province, readsAll, rowHref, ...register }: RegisterProps<Row>) {
  const { caption, columns, rowKey, csvName, empty } = register;
  return {
    caption,
    columns,
    rowKey,
    csvName,
    ...(empty === undefined ? {} : { empty }),
    ...(rowHref === undefined
      ? {}
      : { rowHref: (row: Row) => `${rowHref(row)}${readsAll ? `?of=${province}` : ''}` }),
  };
}

/** Typed words are looked for in what a row shows, whatever the letters of the keyboard and the spaces between. */
export const isIn = (text: string, sought = ''): boolean => folded(text).includes(folded(sought));
const folded = (text: string): string => comparable(text).replace(/\s/g, '').toLowerCase();

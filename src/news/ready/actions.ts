import type { Catalogue } from '#evidence/actions.ts';
import { type Result, ok, refused } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import { read } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import type { SitePage } from '#platform/site.ts';
import type { Comment } from '../comment/contract.ts';
import type { Image } from '../image/contract.ts';
import type { Erratum, ItemRefusal, LinkedFigure, PublicItem } from '../item/contract.ts';
import { everybody, findPublicPlace } from '../item/queries.ts';
import type { KeyedHash } from '../rating/actions.ts';

/** As long as a record that another process wrote may wait for the watermark (L12). */
const longestMs = 1_000;
const mostKept = 500;

type Kept<Page> = {
  readonly version: number;
  readonly madeAt: number;
  readonly page: Promise<Page>;
  settled: boolean;
  next: Promise<Page> | null;
};

/**
 * Pages that many read at once, made once for all of them. What changes an item counts its version up after the
 * commit, so whoever asks afterwards gets a page that was begun afterwards: a copy is never older than the last write
 * of this process, nor than a second. While one is being made, those who need a newer one wait for a single next one.
 */
export class ReadyPages<Page> {
  private readonly clock: Clock;
  private readonly versions = new Map<string, number>();
  /** Counts what changes every page. */
  private changes = 0;
  private readonly kept = new Map<string, Kept<Page>>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** An item has changed; to be told after the commit and before the answer. */
  touch(itemId: string): void {
    this.versions.set(itemId, this.versionOf(itemId) + 1);
  }

  /** Something has changed that stands on the pages of all items. */
  touchAll(): void {
    this.changes += 1;
  }

  async get(itemId: string, variant: string, make: () => Promise<Page>): Promise<Page> {
    const address = `${itemId} ${variant}`;
    const found = this.kept.get(address);
    if (found !== undefined && this.isFresh(found, itemId)) return found.page;
    if (found === undefined || found.settled) return this.start(itemId, address, make);
    found.next ??= found.page.then(
      () => this.start(itemId, address, make),
      () => this.start(itemId, address, make),
    );
    return found.next;
  }

  private versionOf(itemId: string): number {
    return this.changes + (this.versions.get(itemId) ?? 0);
  }

  private isFresh({ version, madeAt }: Kept<Page>, itemId: string): boolean {
    return version === this.versionOf(itemId) && this.clock.now().getTime() - madeAt < longestMs;
  }

  private start(itemId: string, address: string, make: () => Promise<Page>): Promise<Page> {
    if (this.kept.size >= mostKept) this.kept.clear();
    const kept: Kept<Page> = {
      version: this.versionOf(itemId),
      madeAt: this.clock.now().getTime(),
      page: make(),
      settled: false,
      next: null,
    };
    this.kept.set(address, kept);
    const settle = (): void => {
      kept.settled = true;
    };
    kept.page.then(settle, () => {
      settle();
      if (this.kept.get(address) === kept) this.kept.delete(address);
    });
    return kept.page;
  }
}

/** A published item with everything that stands around it but its stars. */
export type Around = {
  readonly item: PublicItem;
  readonly errata: readonly Erratum[];
  readonly figures: readonly LinkedFigure[];
  readonly images: readonly Image[];
  readonly related: readonly PublicItem[];
  readonly comments: readonly Comment[];
  readonly commentCount: number;
  /** Whether a comment without any hint appears at once. */
  readonly publishes: boolean;
  readonly next: string | null;
};

/** What the public side shares: the house, what is known of figures, and what is kept in memory. */
export type Front = {
  readonly house: House;
  readonly catalogue: Catalogue;
  readonly keyedHash: KeyedHash;
  readonly ready: ReadyPages<SitePage>;
  /** What stands on a page beside its stars, which change with every vote. */
  readonly around: ReadyPages<Around | null>;
  /** The province of an item that is public: it never changes. */
  readonly homes: Map<string, number>;
};

export const openFront = (house: House, catalogue: Catalogue, keyedHash: KeyedHash): Front => ({
  house,
  catalogue,
  keyedHash,
  ready: new ReadyPages<SitePage>(house.clock),
  around: new ReadyPages<Around | null>(house.clock),
  homes: new Map(),
});

/** An item, or the comments under it, have changed: everything of its page is made anew. */
export function touchItem({ around, ready }: Front, itemId: string): void {
  around.touch(itemId);
  ready.touch(itemId);
}

/** How comments are taken has changed: the form of every item says so. */
export function touchItems({ around, ready }: Front): void {
  around.touchAll();
  ready.touchAll();
}

/** The province of an item that everybody may read. */
export async function homeOf(
  { house, homes }: Front,
  itemId: string,
): Promise<Result<number, Extract<ItemRefusal, { kind: 'ItemMissing' }>>> {
  const known = homes.get(itemId);
  if (known !== undefined) return ok(known);
  const found = await read(house.db, everybody, (tx) => findPublicPlace(tx, itemId));
  if (found === undefined) return refused({ kind: 'ItemMissing', itemId });
  homes.set(itemId, found.provinceId);
  return ok(found.provinceId);
}

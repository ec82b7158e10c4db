import { sql } from 'kysely';
import { isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';
import type { ShareRule } from './contract.ts';

type OfLine = { readonly provinceId: number; readonly lineId: string };

/** Every rule that a line ever had, by their first days. */
export async function listShareRules(tx: Tx, { provinceId, lineId }: OfLine): Promise<ShareRule[]> {
  const { rows } = await sql<ShareRule>`
    select share, rule_type as type, numerator, denominator, valid_from as "validFrom",
      legal_reference as "legalReference"
    from credit.share_rule
    where province_id = ${provinceId} and line_id = ${lineId}::uuid
    order by valid_from, share
  `.execute(tx);
  return rows;
}

export async function insertShareRule(
  tx: Tx,
  rule: ShareRule & { readonly provinceId: number; readonly lineId: Id },
): Promise<void> {
  await sql`
    insert into credit.share_rule (
      province_id, line_id, share, rule_type, numerator, denominator, valid_from, legal_reference
    ) values (
      ${rule.provinceId}, ${rule.lineId}, ${rule.share}, ${rule.type}, ${rule.numerator}, ${rule.denominator},
      ${isoOf(rule.validFrom)}, ${rule.legalReference}
    )
  `.execute(tx);
}

/** Finds rows by text: each word of the text in some word of the row; the best fits first. */
import { wordsFor } from "./bits.ts";
import { fold, wordsOf } from "./fold.ts";
import type { Ids } from "./ids.ts";
import type { Sections } from "./image.ts";
import { openPostings } from "./postings.ts";
import {
  and,
  andAll,
  countOf,
  countUpTo,
  hasRow,
  listOf,
  minus,
  noRows,
  or,
  setOfBits,
  shortest,
  slice,
  type RowSet,
  type Slice,
} from "./row-set.ts";
import { BEGINNING } from "./text-column.ts";
import type { TextMatch, WordColumn } from "./table.ts";
import { openVocabulary } from "./vocabulary.ts";

/** Of so few words the rows are united as sets. */
const SETS_MAX = 16;
/** And of more words with so few rows. */
const SETS_ROWS_MAX = 2_048;

export interface TextColumn {
  find(text: string): TextMatch | undefined;
}

/** `names` are the folded names that are no id's. */
export function openTextColumn(
  sections: Sections,
  name: string,
  length: number,
  ids: Ids,
  names: WordColumn,
): TextColumn {
  const vocabulary = openVocabulary(sections, `${name}/vocabulary`);
  const words = openPostings(sections, `${name}/words`, length);
  const short = openShort(sections, `${name}/short`, length);

  /** The rows with a word that holds these bytes. */
  function holding(fragment: Uint8Array): RowSet {
    const ready = fragment.length <= 2 ? short.get(keyOf(fragment)) : undefined;
    if (ready !== undefined) return ready;
    if (fragment.length === 1) return noRows(length);
    return united(vocabulary.holding(fragment));
  }

  /** The rows with a word that begins with these bytes. */
  function beginning(fragment: Uint8Array): RowSet {
    const ready = fragment.length <= 2 ? short.get(BEGINNING | keyOf(fragment)) : undefined;
    if (ready !== undefined) return ready;
    const { from, to } = vocabulary.beginning(fragment);
    return united(Uint32Array.from({ length: to - from }, (_, index) => from + index));
  }

  /** The rows with any of these words. */
  function united(codes: Uint32Array): RowSet {
    if (codes.length <= SETS_MAX) return or(length, Array.from(codes, words.setOf));
    let total = 0;
    for (const code of codes) total += words.totals[code] ?? 0;
    if (total <= SETS_ROWS_MAX) return or(length, Array.from(codes, words.setOf));
    const bits = new Uint32Array(wordsFor(length));
    for (const code of codes) words.addTo(bits, code);
    return shortest(setOfBits(length, bits));
  }

  function find(text: string): TextMatch | undefined {
    const folded = fold(text).trim();
    if (folded === "") return undefined;
    const asked = [...new Set(wordsOf(folded))].map((word) => Buffer.from(word));
    const rows = asked.length === 0 ? noRows(length) : andAll(length, asked.map(holding));
    const tiers = [exactIds, exactNames, prefixes].map(once);
    return { rows, page };

    function exactIds(): RowSet {
      return listOf(length, Uint32Array.from(ids.folded(folded).ids));
    }

    function exactNames(): RowSet {
      return or(length, [listOf(length, Uint32Array.from(ids.folded(folded).names)), names.rowsOf(folded)]);
    }

    function prefixes(): RowSet {
      return andAll(length, asked.map(beginning));
    }

    function page(among: RowSet, { limit, offset = 0, after }: Slice): Uint32Array {
      const parts: Uint32Array[] = [];
      const fit = after === undefined ? -1 : tiers.findIndex((tier) => hasRow(tier(), after));
      const first = after !== undefined && fit === -1 ? tiers.length : fit;
      let rest = among;
      let passed = offset;
      let wanted = limit;
      for (let at = 0; at <= tiers.length && wanted > 0; at += 1) {
        const tier = tiers[at];
        const its = tier === undefined ? rest : and(rest, tier());
        if (at >= first) {
          const from = at === first ? after : undefined;
          const part = slice(its, {
            limit: wanted,
            offset: passed,
            ...(from === undefined ? {} : { after: from }),
          });
          parts.push(part);
          wanted -= part.length;
          passed = Math.max(0, passed - (countOf(its) - (from === undefined ? 0 : countUpTo(its, from))));
        }
        if (tier !== undefined && wanted > 0) rest = minus(rest, its);
      }
      return joined(parts);
    }
  }

  return { find };
}

function keyOf([first = 0, second]: Uint8Array): number {
  return second === undefined ? first : (first << 8) | second;
}

/** The fragments of one byte, or of two as one number, whose rows are ready. */
function openShort(sections: Sections, name: string, length: number): ReadonlyMap<number, RowSet> {
  const bits = sections.uint32(`${name}/bits`);
  const words = wordsFor(length);
  const keys = sections.codes(`${name}/keys`);
  return new Map(
    Array.from(keys, (key, at) => [
      key,
      shortest(setOfBits(length, bits.subarray(at * words, (at + 1) * words))),
    ]),
  );
}

function once(make: () => RowSet): () => RowSet {
  let made: RowSet | undefined;
  return () => (made ??= make());
}

function joined(parts: readonly Uint32Array[]): Uint32Array {
  const rows = new Uint32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let used = 0;
  for (const part of parts) {
    rows.set(part, used);
    used += part.length;
  }
  return rows;
}

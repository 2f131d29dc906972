/**
 * What a license is called: SPDX's id in lower case where it has one, else the word of the Hugging Face Hub
 * (https://huggingface.co/docs/hub/repositories-licenses). Other spellings are translated here, once; a license that
 * nobody here knows keeps the name that it was given.
 */

/** Licenses whose spellings differ between upstreams by more than case, spaces, dashes and the word "license". */
const FURTHER_SPELLINGS: { readonly [license: string]: readonly string[] } = {
  "apache-2.0": ["apache 2", "apache2", "apache license version 2.0", "asl 2.0"],
  mit: ["expat"],
  "bsd-2-clause": ["simplified bsd", "bsd 2"],
  "bsd-3-clause": ["new bsd", "modified bsd", "bsd 3"],
  "gpl-2.0": ["gpl2", "gplv2", "gpl-2.0-only"],
  "gpl-3.0": ["gpl3", "gplv3", "gpl-3.0-only"],
  "lgpl-3.0": ["lgpl3", "lgplv3", "lgpl-3.0-only"],
  "agpl-3.0": ["agpl3", "agplv3", "agpl-3.0-only"],
  "mpl-2.0": ["mozilla public 2.0"],
  "cc-by-4.0": ["creative commons attribution 4.0"],
  "cc-by-nc-4.0": ["creative commons attribution noncommercial 4.0"],
  "cc-by-sa-4.0": ["creative commons attribution sharealike 4.0"],
  llama2: ["llama 2 community"],
  llama3: ["llama 3 community", "meta llama 3"],
  "llama3.1": ["llama 3.1 community", "meta llama 3.1"],
  "llama3.2": ["llama 3.2 community", "meta llama 3.2"],
  "llama3.3": ["llama 3.3 community", "meta llama 3.3"],
  llama4: ["llama 4 community", "meta llama 4"],
  gemma: ["gemma terms of use"],
  "nvidia-open-model-license": ["nvidia open model"],
  "modified-mit": ["mit modified"],
  "openmdw-1.1": ["openmdw v1.1"],
};

/** Licenses of which upstreams write case, spaces, dashes or the word "license" differently, and no more. */
const PLAIN = [
  "afl-3.0",
  "artistic-2.0",
  "bigcode-openrail-m",
  "bigscience-bloom-rail-1.0",
  "bigscience-openrail-m",
  "bsd",
  "bsl-1.0",
  "cc-by-nc-nd-4.0",
  "cc-by-nc-sa-4.0",
  "cc-by-nd-4.0",
  "cc0-1.0",
  "creativeml-openrail-m",
  "deepseek",
  "epl-2.0",
  "eupl-1.2",
  "gpl",
  "isc",
  "lgpl",
  "llama",
  "odc-by",
  "openrail",
  "openrail++",
  "other",
  "qwen",
  "tongyi-qianwen",
  "unlicense",
  "wtfpl",
  "zlib",
] as const;

/** Said where nothing is known: no license. */
const UNSTATED: ReadonlySet<string> = new Set(["", "unknown", "none", "null", "na"]);

const BY_SPELLING: ReadonlyMap<string, string> = new Map(
  [...Object.entries(FURTHER_SPELLINGS), ...PLAIN.map((license) => [license, []] as const)].flatMap(
    ([license, spellings]) => [license, ...spellings].map((spelling) => [folded(spelling), license] as const),
  ),
);

const NAMES: ReadonlySet<string> = new Set(BY_SPELLING.values());

/** The license that a spelling means; the text as it is where no table knows it; nothing where it says that none is known. */
export function licenseOf(spelling: string): string | undefined {
  if (NAMES.has(spelling)) return spelling;
  const key = folded(spelling);
  if (UNSTATED.has(key)) return undefined;
  // Together writes what the Hub knows as `license: other` with a `license_name` as one text: "other modified-mit".
  return BY_SPELLING.get(key) ?? BY_SPELLING.get(key.replace(/^other/, "")) ?? spelling;
}

/** Case, spaces, dashes, an `(Other)` behind it and the words around a name make no other license; another word in brackets may. */
function folded(spelling: string): string {
  return spelling
    .toLowerCase()
    .replaceAll(/\(other\)|\b(?:the|licen[sc]e|licen[sc]ed|agreement)\b/g, "")
    .replaceAll(/[\s\-_/,]+/g, "");
}

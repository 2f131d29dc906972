/** Reads RFC 4180 to the letter: what it does not allow is an error. */
export function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const quoted = /"((?:[^"]|"")*)"/y;
    const plain = /[^",\r\n]*/y;
    quoted.lastIndex = at;
    plain.lastIndex = at;
    const found = quoted.exec(text);
    const cell = found ?? plain.exec(text);
    if (cell === null) throw new Error(`no cell at ${at}`);
    row.push(found === null ? cell[0] : (cell[1] ?? "").replaceAll('""', '"'));
    at += cell[0].length;
    if (text[at] === ",") at += 1;
    else if (text.startsWith("\r\n", at)) {
      rows.push(row);
      row = [];
      at += 2;
    } else
      throw new Error(
        `neither a comma nor the end of a line at ${at}: ${JSON.stringify(text.slice(at, at + 20))}`,
      );
  }
  if (row.length > 0) throw new Error("the last line has no end");
  const [head] = rows;
  if (rows.some((each) => each.length !== head?.length)) throw new Error("rows of different lengths");
  return rows;
}

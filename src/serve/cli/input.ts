/** What is piped into a command, up to a bound. */

/** A token with room to spare. */
const INPUT_BYTES_MAX = 65_536;

/** Throws where more comes. */
export async function readInput(stream: AsyncIterable<Uint8Array | string>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.length;
    if (bytes > INPUT_BYTES_MAX) throw new Error(`more than ${INPUT_BYTES_MAX} bytes on standard input`);
    chunks.push(buffer);
  }
  return Buffer.concat(chunks).toString("utf8").trim();
}

/**
 * A question that comes again byte for byte is answered again byte for byte, without being parsed a second time: what
 * Node's parser read as exactly one question, and the routes answered out of the revision that is still out, may be
 * recognised by its bytes. Everything else on a connection goes through the parser, and once anything else has, all of it does.
 */
import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Ready } from "./ready.ts";

export interface Replay {
  /** Remembers that this very question was answered with a ready answer, in whole or with 304. */
  learn(request: FastifyRequest, reply: FastifyReply, key: string, ready: Ready, status: number): void;
  /** From now on everything goes through the parser, which ends its connections in order. */
  stop(): void;
}

interface Options {
  /** The ready answer under this key, of the revision that is out. */
  ready(key: string): Ready | undefined;
  now(): number;
  onReplayed(route: string, status: number): void;
}

/** A question, by its bytes. */
interface Known {
  readonly key: string;
  readonly route: string;
  readonly status: number;
  /** All of the answer's head but its date. */
  readonly head: string;
  /** The second of which the head, or the whole answer where it is short, is written. */
  second: number;
  written: Buffer;
}

/** What is known of a connection. */
interface Line {
  /** Questions whose answers are not written yet. */
  busy: number;
  /** Questions that the parser has read. */
  begun: number;
  /** True while whatever came was whole questions, each in a piece of its own: then the parser stands between two. */
  isClean: boolean;
  /** The piece that the parser is reading. */
  raw: string | undefined;
}

const QUESTION_BYTES_MAX = 2_048;
const KNOWN_MAX = 2_000;
const JOINED_BYTES_MAX = 16_384;
const NOTHING = Buffer.alloc(0);
const SECOND_MS = 1_000;
const END = "\r\n\r\n";
/** What makes more of a question than an address and what may be sent back, and line ends that parsers see differently. */
const NOT_PLAIN =
  /\r\n(?:content-length|transfer-encoding|upgrade|expect|te|trailer|authorization|connection(?!: keep-alive\r))[ \t]*:?|[^\r]\n|\r(?!\n)/i;

export function createReplay(server: Server, options: Options): Replay {
  const known = new Map<string, Known>();
  const lines = new WeakMap<Socket, Line>();
  const raws = new WeakMap<IncomingMessage, string>();
  let isStopped = false;

  server.on("connection", (socket: Socket) => {
    const [parse, ...others] = socket.listeners("data");
    // Where Node attaches its parser in another way, everything goes through it.
    if (parse === undefined || others.length > 0) return;
    const line: Line = { busy: 0, begun: 0, isClean: true, raw: undefined };
    lines.set(socket, line);
    socket.on("data", (piece: Buffer) => {
      if (!isStopped && answered(socket, line, piece)) return;
      const begun = line.begun;
      line.raw = line.isClean ? wholeQuestion(piece) : undefined;
      const isWhole = line.raw !== undefined;
      // The parser's own listener, which reads the piece before it returns.
      (parse as (this: Socket, piece: Buffer) => void).call(socket, piece);
      line.raw = undefined;
      if (!isWhole || line.begun !== begun + 1) line.isClean = false;
    });
    socket.off("data", parse as (piece: Buffer) => void);
  });

  server.prependListener("request", (request: IncomingMessage, response: ServerResponse) => {
    const line = lines.get(request.socket);
    if (line === undefined) return;
    line.begun += 1;
    line.busy += 1;
    if (line.raw !== undefined) raws.set(request, line.raw);
    response.once("close", () => {
      line.busy -= 1;
    });
  });

  function answered(socket: Socket, line: Line, piece: Buffer): boolean {
    // The first question of a connection tells the parser's clock that somebody speaks.
    if (!line.isClean || line.busy > 0 || line.begun === 0 || socket.writableNeedDrain) return false;
    if (piece.length > QUESTION_BYTES_MAX) return false;
    const raw = piece.toString("latin1");
    const question = known.get(raw);
    if (question === undefined) return false;
    const ready = options.ready(question.key);
    if (ready === undefined) {
      known.delete(raw);
      return false;
    }
    write(socket, question, ready.body);
    options.onReplayed(question.route, question.status);
    return true;
  }

  /** What is short goes out in one piece, made once a second with its date. */
  function write(socket: Socket, question: Known, body: Buffer): void {
    const sent = question.status === 304 ? NOTHING : body;
    const isShort = sent.length <= JOINED_BYTES_MAX;
    const second = Math.floor(options.now() / SECOND_MS);
    if (question.second !== second) {
      question.second = second;
      const date = new Date(second * SECOND_MS).toUTCString();
      const head = Buffer.from(`${question.head}date: ${date}${END}`, "latin1");
      question.written = isShort ? Buffer.concat([head, sent]) : head;
    }
    if (isShort) {
      socket.write(question.written);
      return;
    }
    socket.cork();
    socket.write(question.written);
    socket.write(sent);
    socket.uncork();
  }

  return {
    stop: () => {
      isStopped = true;
    },
    learn: (request, reply, key, ready, status) => {
      const raw = raws.get(request.raw);
      if (raw === undefined || isStopped) return;
      if (known.size >= KNOWN_MAX) known.clear();
      const length = status === 304 ? [] : [["content-length", String(ready.body.length)]];
      const headers = [
        ...Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]),
        ...length,
        ["connection", "keep-alive"],
        ["keep-alive", `timeout=${Math.floor(server.keepAliveTimeout / SECOND_MS)}`],
      ];
      const written = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
      const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${written}`;
      const route = request.routeOptions.url ?? "";
      known.set(raw, { key, route, status, head, second: -1, written: NOTHING });
    },
  };
}

/** The piece as text where it is one whole question and nothing else. */
function wholeQuestion(piece: Buffer): string | undefined {
  if (piece.length > QUESTION_BYTES_MAX) return undefined;
  const raw = piece.toString("latin1");
  const isOne = raw.startsWith("GET ") && raw.indexOf(END) === raw.length - END.length;
  return isOne && !NOT_PLAIN.test(raw) ? raw : undefined;
}

/** Scales, axes and points of the map. */
import { tokensText } from "../../parts/figures.ts";
import { radiusOf, type Point, type Size } from "./points.ts";

export interface Scale {
  /** Where a value stands. */
  px(value: number): number;
  /** Which value stands there. */
  at(px: number): number;
  readonly ticks: readonly number[];
}

/** Where everything stands: calculated once for each size of the place. */
export interface Laid {
  readonly price: Scale;
  readonly context: Scale;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

const LEFT_PX = 56;
const BOTTOM_PX = 28;
const EDGE_PX = 18;
const LABEL_PX = 44;
const TICK_RATIO_CONTEXT = 4;
const TICK_RATIO_PRICE = 10;
const BEHIND_ALPHA = 0.12;
const ALPHA = 0.75;

export function lay(points: readonly Point[], width: number, height: number): Laid {
  const price = logScale(boundsOf(points, "price"), LEFT_PX, width - EDGE_PX, TICK_RATIO_PRICE);
  const context = logScale(boundsOf(points, "context"), height - BOTTOM_PX, EDGE_PX, TICK_RATIO_CONTEXT);
  return {
    price,
    context,
    x: Float64Array.from(points, (point) => price.px(point.price)),
    y: Float64Array.from(points, (point) => context.px(point.context)),
  };
}

export function boundsOf(
  points: readonly Point[],
  name: "price" | "context",
): readonly [least: number, most: number] {
  let [least, most] = [Infinity, 0];
  for (const { [name]: value } of points) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
}

function logScale([least, most]: readonly [number, number], from: number, to: number, ratio: number): Scale {
  const [low, high] = [Math.log(least / 1.3), Math.log(most * 1.3)];
  const ticks: number[] = [];
  const first = ratio ** Math.ceil(Math.log(least) / Math.log(ratio));
  for (let tick = first; tick <= most; tick *= ratio) ticks.push(tick);
  return {
    px: (value) => from + ((Math.log(value) - low) / (high - low)) * (to - from),
    at: (px) => Math.exp(low + ((px - from) / (to - from)) * (high - low)),
    ticks,
  };
}

/** Where a lab is chosen, the others stand behind. */
export interface Look {
  readonly size: Size;
  readonly lab: string | undefined;
}

export function draw(canvas: HTMLCanvasElement, points: readonly Point[], laid: Laid, look: Look): void {
  const pen = canvas.getContext("2d");
  if (pen === null) return;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const density = globalThis.devicePixelRatio;
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  pen.scale(density, density);
  drawAxes(pen, laid, [width, height], getComputedStyle(canvas), freeOf(points));
  const { size, lab } = look;
  pen.globalAlpha = lab === undefined ? ALPHA : BEHIND_ALPHA;
  drawPoints(pen, points, laid, size, (point) => lab === undefined || point.lab !== lab);
  if (lab === undefined) return;
  pen.globalAlpha = ALPHA;
  drawPoints(pen, points, laid, size, (point) => point.lab === lab);
}

/** Where what is free stands: it is the cheapest. */
export function freeOf([cheapest]: readonly Point[]): number | undefined {
  return cheapest?.usd === "0" ? cheapest.price : undefined;
}

function drawPoints(
  pen: CanvasRenderingContext2D,
  points: readonly Point[],
  { x, y }: Laid,
  size: Size,
  isDrawn: (point: Point) => boolean,
): void {
  for (const [index, point] of points.entries()) {
    if (!isDrawn(point)) continue;
    pen.fillStyle = point.color;
    pen.beginPath();
    pen.arc(x[index] ?? 0, y[index] ?? 0, radiusOf(point, size), 0, 2 * Math.PI);
    pen.fill();
  }
}

function drawAxes(
  pen: CanvasRenderingContext2D,
  { price, context }: Laid,
  [width, height]: readonly [number, number],
  style: CSSStyleDeclaration,
  free: number | undefined,
): void {
  pen.font = "12px system-ui, sans-serif";
  pen.strokeStyle = style.getPropertyValue("--line");
  pen.fillStyle = style.getPropertyValue("--quiet");
  pen.textAlign = "center";
  let labelled = -Infinity;
  if (free !== undefined) {
    labelled = price.px(free);
    pen.fillText("free", labelled, height - 10);
  }
  for (const tick of price.ticks) {
    const x = price.px(tick);
    line(pen, [x, EDGE_PX], [x, height - BOTTOM_PX]);
    // On a narrow screen two labels would stand in each other.
    if (x - labelled < LABEL_PX) continue;
    labelled = x;
    pen.fillText(`$${Number(tick.toPrecision(2))}`, x, height - 10);
  }
  pen.textAlign = "right";
  for (const tick of context.ticks) {
    const y = context.px(tick);
    line(pen, [LEFT_PX, y], [width - EDGE_PX, y]);
    pen.fillText(tokensText(tick), LEFT_PX - 8, y + 4);
  }
}

function line(
  pen: CanvasRenderingContext2D,
  from: readonly [x: number, y: number],
  to: readonly [x: number, y: number],
): void {
  pen.beginPath();
  pen.moveTo(...from);
  pen.lineTo(...to);
  pen.stroke();
}

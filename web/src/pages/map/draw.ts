/** Scales, axes and points of the map. */
import { tokensText } from "../../parts/figures.ts";
import { FREE_AT, type Point } from "./points.ts";

export interface Scale {
  /** Where a value stands. */
  px(value: number): number;
  /** Which value stands there. */
  at(px: number): number;
  readonly ticks: readonly number[];
}

export interface Scales {
  readonly price: Scale;
  readonly context: Scale;
}

const LEFT_PX = 56;
const BOTTOM_PX = 28;
const EDGE_PX = 14;
const TICK_RATIO_CONTEXT = 4;
const TICK_RATIO_PRICE = 10;

export function scalesFor(points: readonly Point[], width: number, height: number): Scales {
  const prices = points.map(({ price }) => price);
  const contexts = points.map(({ context }) => context);
  return {
    price: logScale(Math.min(...prices), Math.max(...prices), LEFT_PX, width - EDGE_PX, TICK_RATIO_PRICE),
    context: logScale(
      Math.min(...contexts),
      Math.max(...contexts),
      height - BOTTOM_PX,
      EDGE_PX,
      TICK_RATIO_CONTEXT,
    ),
  };
}

function logScale(least: number, most: number, from: number, to: number, ratio: number): Scale {
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

export function draw(canvas: HTMLCanvasElement, points: readonly Point[], { price, context }: Scales): void {
  const pen = canvas.getContext("2d");
  if (pen === null) return;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const density = globalThis.devicePixelRatio;
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  pen.scale(density, density);
  const style = getComputedStyle(canvas);
  pen.font = "12px system-ui, sans-serif";
  pen.strokeStyle = style.getPropertyValue("--line");
  pen.fillStyle = style.getPropertyValue("--quiet");
  pen.textAlign = "center";
  for (const tick of price.ticks) {
    const x = line(pen, price.px(tick), EDGE_PX, price.px(tick), height - BOTTOM_PX)[0];
    pen.fillText(`$${Number(tick.toPrecision(2))}`, x, height - 10);
  }
  if (points.some(({ usd }) => usd === "0")) pen.fillText("free", price.px(FREE_AT), height - 10);
  pen.textAlign = "right";
  for (const tick of context.ticks) {
    const y = line(pen, LEFT_PX, context.px(tick), width - EDGE_PX, context.px(tick))[1];
    pen.fillText(tokensText(tick), LEFT_PX - 8, y + 4);
  }
  pen.globalAlpha = 0.75;
  for (const point of points) {
    pen.fillStyle = point.color;
    pen.beginPath();
    pen.arc(price.px(point.price), context.px(point.context), 3 + Math.sqrt(point.offers), 0, 2 * Math.PI);
    pen.fill();
  }
}

function line(
  pen: CanvasRenderingContext2D,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
): readonly [number, number] {
  pen.beginPath();
  pen.moveTo(fromX, fromY);
  pen.lineTo(toX, toY);
  pen.stroke();
  return [fromX, fromY];
}

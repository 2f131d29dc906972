/** The points on a canvas, on two logarithmic scales: pointed at, framed, or walked by keys. */
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { tokensText, usdText } from "../../parts/figures.ts";
import { useTheme } from "../../state/theme.ts";
import { boundsOf, draw, lay, type Laid, type Look } from "./draw.ts";
import { radiusOf, type Frame, type Point } from "./points.ts";

const NEAR_PX = 14;
/** A frame smaller than this is a click. */
const FRAME_PX = 8;
/** With the shift key, or page up and down, a walk goes so many points at once. */
const LEAP = 20;
const RING_PX = 3;

interface Drawn {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
}

export function Plot(props: {
  readonly points: readonly Point[];
  readonly look: Look;
  readonly near: Point | undefined;
  onNear(point: Point | undefined): void;
  onFrame(frame: Frame): void;
  onOpen(point: Point): void;
}) {
  const { points, look, near } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [laid, setLaid] = useState<Laid>();
  const [drawn, setDrawn] = useState<Drawn>();
  const [theme] = useTheme();
  useEffect(() => {
    const place = canvas.current;
    if (place === null) return;
    const layOut = () => setLaid(lay(points, place.clientWidth, place.clientHeight));
    layOut();
    const fit = new ResizeObserver(layOut);
    fit.observe(place);
    return () => fit.disconnect();
  }, [points]);
  useEffect(() => {
    // Points that are new are laid out first; a theme has colors of its own.
    if (canvas.current !== null && laid?.x.length === points.length) draw(canvas.current, points, laid, look);
  }, [points, laid, look, theme]);
  const placeOf = ({ nativeEvent }: PointerEvent) => [nativeEvent.offsetX, nativeEvent.offsetY] as const;
  const point = (at: readonly [number, number]) => props.onNear(nearest(points, laid, at));
  const finish = () => {
    setDrawn(undefined);
    if (drawn === undefined || laid === undefined) return;
    const [left, right] = ordered(drawn.from[0], drawn.to[0]);
    const [top, bottom] = ordered(drawn.from[1], drawn.to[1]);
    if (right - left < FRAME_PX || bottom - top < FRAME_PX) return point(drawn.to);
    props.onFrame({
      price: [laid.price.at(left), laid.price.at(right)],
      context: [laid.context.at(bottom), laid.context.at(top)],
    });
  };
  const walk = (event: KeyboardEvent) => {
    const steps = stepsOf(event);
    if (steps !== undefined) {
      event.preventDefault();
      const at = near === undefined ? (steps > 0 ? -1 : points.length) : points.indexOf(near);
      props.onNear(points[Math.min(points.length - 1, Math.max(0, at + steps))]);
    } else if (event.key === "Enter" && near !== undefined) props.onOpen(near);
    else if (event.key === "Escape") props.onNear(undefined);
  };
  const index = near === undefined ? -1 : points.indexOf(near);
  return (
    <div
      className="card relative h-full min-h-60"
      role="group"
      tabIndex={0}
      aria-label="Map: the arrow keys go from model to model by price, Enter opens one"
      onKeyDown={walk}
    >
      <canvas
        ref={canvas}
        className="absolute inset-0 h-full w-full touch-none"
        role="img"
        aria-label={inWords(points)}
        onPointerDown={(event) => {
          const at = placeOf(event);
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrawn({ from: at, to: at });
        }}
        onPointerMove={(event) => {
          const at = placeOf(event);
          if (drawn === undefined) point(at);
          else setDrawn({ from: drawn.from, to: at });
        }}
        onPointerUp={finish}
        onPointerCancel={() => setDrawn(undefined)}
      />
      {drawn === undefined ? undefined : (
        <span
          aria-hidden
          className="pointer-events-none absolute border border-accent bg-accent/10"
          style={boxOf(drawn)}
        />
      )}
      {near === undefined || laid === undefined || index < 0 ? undefined : (
        <span
          aria-hidden
          className="pointer-events-none absolute rounded-full border-2 border-ink"
          style={ringOf(laid, index, radiusOf(near, look.size))}
        />
      )}
    </div>
  );
}

function stepsOf({ key, shiftKey }: KeyboardEvent): number | undefined {
  const step = shiftKey ? LEAP : 1;
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return step;
    case "ArrowLeft":
    case "ArrowDown":
      return -step;
    case "PageUp":
      return LEAP;
    case "PageDown":
      return -LEAP;
    default:
      return undefined;
  }
}

function inWords(points: readonly Point[]): string {
  const [cheapest, dearest] = [points[0], points.at(-1)];
  if (cheapest === undefined || dearest === undefined) return "No models";
  const [least, most] = boundsOf(points, "context");
  return (
    `${points.length} models by input price, from ${cheapest.usd === "0" ? "free" : usdText(cheapest.usd)} to ` +
    `${usdText(dearest.usd)} a million tokens, and context, from ${tokensText(least)} to ${tokensText(most)}`
  );
}

function ringOf({ x, y }: Laid, index: number, radius: number) {
  const reach = radius + RING_PX;
  return {
    left: (x[index] ?? 0) - reach,
    top: (y[index] ?? 0) - reach,
    width: 2 * reach,
    height: 2 * reach,
  };
}

function boxOf({ from, to }: Drawn) {
  const [left, right] = ordered(from[0], to[0]);
  const [top, bottom] = ordered(from[1], to[1]);
  return { left, top, width: right - left, height: bottom - top };
}

function ordered(a: number, b: number): readonly [number, number] {
  return a < b ? [a, b] : [b, a];
}

function nearest(
  points: readonly Point[],
  laid: Laid | undefined,
  [x, y]: readonly [number, number],
): Point | undefined {
  if (laid === undefined) return undefined;
  let [best, least] = [-1, NEAR_PX];
  for (let index = 0; index < laid.x.length; index += 1) {
    const distance = Math.hypot((laid.x[index] ?? 0) - x, (laid.y[index] ?? 0) - y);
    if (distance < least) [best, least] = [index, distance];
  }
  return points[best];
}

/** The points on a canvas, on two logarithmic scales. */
import { useEffect, useRef, useState, type PointerEvent } from "react";
import { draw, scalesFor, type Scales } from "./draw.ts";
import type { Frame, Point } from "./points.ts";

const NEAR_PX = 14;
/** A frame smaller than this is a click. */
const FRAME_PX = 8;

interface Drawn {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
}

export function Plot(props: {
  readonly points: readonly Point[];
  onNear(point: Point | undefined): void;
  onFrame(frame: Frame): void;
}) {
  const { points } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const scales = useRef<Scales>(undefined);
  const [drawn, setDrawn] = useState<Drawn>();
  useEffect(() => {
    const place = canvas.current;
    if (place === null) return;
    const redraw = () => {
      scales.current = scalesFor(points, place.clientWidth, place.clientHeight);
      draw(place, points, scales.current);
    };
    redraw();
    const fit = new ResizeObserver(redraw);
    fit.observe(place);
    return () => fit.disconnect();
  }, [points]);
  const placeOf = ({ nativeEvent }: PointerEvent) => [nativeEvent.offsetX, nativeEvent.offsetY] as const;
  const move = (event: PointerEvent) => {
    const at = placeOf(event);
    if (drawn === undefined) props.onNear(nearest(points, scales.current, at));
    else setDrawn({ from: drawn.from, to: at });
  };
  const finish = () => {
    const on = scales.current;
    setDrawn(undefined);
    if (drawn === undefined || on === undefined) return;
    const [left, right] = ordered(drawn.from[0], drawn.to[0]);
    const [top, bottom] = ordered(drawn.from[1], drawn.to[1]);
    if (right - left < FRAME_PX || bottom - top < FRAME_PX) return;
    props.onFrame({
      price: [on.price.at(left), on.price.at(right)],
      context: [on.context.at(bottom), on.context.at(top)],
    });
  };
  return (
    <div className="card relative h-full min-h-60">
      <canvas
        ref={canvas}
        className="h-full w-full touch-none"
        role="img"
        aria-label={`${points.length} models by input price and context`}
        onPointerDown={(event) => {
          const at = placeOf(event);
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrawn({ from: at, to: at });
        }}
        onPointerMove={move}
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
    </div>
  );
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
  scales: Scales | undefined,
  [x, y]: readonly [number, number],
): Point | undefined {
  if (scales === undefined) return undefined;
  let best: { readonly point: Point; readonly distance: number } | undefined;
  for (const point of points) {
    const distance = Math.hypot(scales.price.px(point.price) - x, scales.context.px(point.context) - y);
    if (distance < (best?.distance ?? NEAR_PX)) best = { point, distance };
  }
  return best?.point;
}

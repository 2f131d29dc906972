/** How much is used: five questions. */
import { shortCount } from "../figures.ts";
import { REQUESTS, SHARE_STEP, TOKENS, type Usage } from "./usage.ts";

export function Sliders({ usage, onUsage }: { readonly usage: Usage; onUsage(usage: Usage): void }) {
  return (
    <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2 lg:grid-cols-4">
      <Steps
        title="Input tokens"
        steps={TOKENS}
        value={usage.input}
        onValue={(input) => onUsage({ ...usage, input })}
      />
      <Steps
        title="Output tokens"
        steps={TOKENS}
        value={usage.output}
        onValue={(output) => onUsage({ ...usage, output })}
      />
      <Steps
        title="In so many requests"
        steps={REQUESTS}
        value={usage.requests}
        onValue={(requests) => onUsage({ ...usage, requests })}
      />
      <label className="block">
        <span className="flex justify-between">
          Of the input from a cache <span aria-hidden>{usage.cached} %</span>
        </span>
        <input
          type="range"
          className="w-full accent-(--accent)"
          min={0}
          max={100}
          step={SHARE_STEP}
          value={usage.cached}
          aria-valuetext={`${usage.cached} %`}
          onChange={({ target }) => onUsage({ ...usage, cached: Number(target.value) })}
        />
      </label>
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          className="accent-(--accent)"
          checked={usage.batch}
          onChange={({ target }) => onUsage({ ...usage, batch: target.checked })}
        />
        As a batch
      </label>
    </div>
  );
}

function Steps(props: {
  readonly title: string;
  readonly steps: readonly number[];
  readonly value: number;
  onValue(value: number): void;
}) {
  const { steps, value } = props;
  return (
    <label className="block">
      <span className="flex justify-between">
        {/* An <output> would be what the label names, and not the slider. */}
        {props.title} <span aria-hidden>{shortCount(value)}</span>
      </span>
      <input
        type="range"
        className="w-full accent-(--accent)"
        min={0}
        max={steps.length - 1}
        value={steps.indexOf(value)}
        aria-valuetext={shortCount(value)}
        onChange={({ target }) => props.onValue(steps[Number(target.value)] ?? value)}
      />
    </label>
  );
}

/** Which changes are listed: words to write and words to choose. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useId, useState } from "react";
import { ask } from "../../api/ask.ts";
import type { List } from "../../api/words.ts";
import type { Address } from "../../state/address.ts";
import { CHOICES, FIELDS } from "./question.ts";

export function Filters({ address }: { readonly address: Address }) {
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
      {FIELDS.map((field) => (
        <TextFilter
          key={field.name}
          {...field}
          value={address.get(field.name)}
          onValue={(value) => address.set({ [field.name]: value })}
        />
      ))}
      {CHOICES.map(({ name, title, all, words }) => (
        <label key={name} className="flex items-center gap-1 text-[13px]">
          <span className="text-quiet">{title}</span>
          <select
            className="field py-0.5 text-[13px]"
            value={address.get(name)}
            onChange={({ target }) => address.set({ [name]: target.value })}
          >
            <option value="">{all}</option>
            {[...new Set([...words, ...(address.get(name) === "" ? [] : [address.get(name)])])].map(
              (word) => (
                <option key={word} value={word}>
                  {word}
                </option>
              ),
            )}
          </select>
        </label>
      ))}
    </div>
  );
}

/** Asked for when one leaves it or presses Enter: half a name is known to nobody. */
function TextFilter({
  name,
  title,
  list,
  value,
  onValue,
}: {
  readonly name: string;
  readonly title: string;
  readonly list: string | undefined;
  readonly value: string;
  onValue(value: string): void;
}) {
  const [text, setText] = useState(value);
  const [isAsked, setAsked] = useState(false);
  const id = useId();
  useEffect(() => setText(value), [value]);
  const known = useQuery({
    queryKey: ["known", list],
    queryFn: ({ signal }) => ask<List<{ readonly id: string }>>(list ?? "", { signal }),
    enabled: isAsked && list !== undefined,
  });
  const settle = () => {
    if (text.trim() !== value) onValue(text.trim());
  };
  return (
    <label className="flex items-center gap-1 text-[13px]">
      <span className="text-quiet">{title}</span>
      <input
        className={`field py-0.5 text-[13px] ${name === "model" ? "w-52" : "w-32"}`}
        value={text}
        list={list === undefined ? undefined : id}
        maxLength={200}
        placeholder="any"
        onFocus={() => setAsked(true)}
        onChange={({ target }) => setText(target.value)}
        onBlur={settle}
        onKeyDown={({ key }) => {
          if (key === "Enter") settle();
        }}
      />
      {list === undefined ? undefined : (
        <datalist id={id}>
          {known.data?.data.map((each) => (
            <option key={each.id} value={each.id} />
          ))}
        </datalist>
      )}
    </label>
  );
}

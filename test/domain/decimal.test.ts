import { assert, bigInt, double, integer, property, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import {
  add,
  compareDecimals,
  decimalOfNumber,
  decimalText,
  divide,
  multiply,
  parseDecimal,
  shift,
  subtract,
  type Decimal,
} from "../../src/domain/decimal.ts";

const decimals = tuple(bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), integer({ min: 0, max: 40 })).map(
  ([digits, scale]): Decimal => ({ digits, scale }),
);

function read(text: string): Decimal {
  const decimal = parseDecimal(text);
  if (decimal === undefined) throw new Error(`${text} is no decimal`);
  return decimal;
}

describe("a text on the wire", () => {
  test.each([
    ["0.00000015", "0.00000015"],
    ["5E-7", "0.0000005"],
    ["1e3", "1000"],
    ["+1.50", "1.5"],
    ["-0", "0"],
    ["000.100", "0.1"],
    [" 2 ", "2"],
    ["0.0000000000000000000001", "0.0000000000000000000001"],
  ])("%s means %s", (text, meant) => {
    expect(decimalText(read(text))).toBe(meant);
  });

  test.each([
    "",
    " ",
    "1,5",
    "NaN",
    "Infinity",
    "1e999",
    "0x10",
    "1.",
    ".5",
    "1 2",
    "--1",
    "1e",
    "9".repeat(81),
  ])("%j is no decimal", (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  });
});

describe("a number on the wire", () => {
  test.each([
    [2.5999999999999996, "2.6"],
    [0.15, "0.15"],
    [1e-7, "0.0000001"],
    [0.1 + 0.2, "0.3"],
    [0, "0"],
    [123_456_789, "123456789"],
  ])("%d means %s", (value, meant) => {
    expect(decimalText(decimalOfNumber(value) ?? read("99"))).toBe(meant);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("%d means none", (value) => {
    expect(decimalOfNumber(value)).toBeUndefined();
  });

  test("is at most nine significant digits, and right to the ninth", () => {
    assert(
      property(double({ min: 1e-12, max: 1e12, noNaN: true }), (value) => {
        const meant = Number(decimalText(decimalOfNumber(value) ?? read("99")));
        expect(Math.abs(meant - value)).toBeLessThanOrEqual(value * 1e-8);
      }),
    );
  });
});

describe("exactly", () => {
  test("a text says what the decimal is, and reading it gives it back", () => {
    assert(
      property(decimals, (value) => {
        const text = decimalText(value);
        expect(text).toMatch(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/);
        expect(compareDecimals(read(text), value)).toBe(0);
        expect(decimalText(read(text))).toBe(text);
      }),
    );
  });

  test("equal decimals have one text, different ones have two", () => {
    assert(
      property(decimals, decimals, (a, b) => {
        expect(decimalText(a) === decimalText(b)).toBe(compareDecimals(a, b) === 0);
        expect(compareDecimals(a, b)).toBe(-compareDecimals(b, a) + 0);
      }),
    );
  });

  test("shifting there and back changes nothing, and is multiplying by a power of ten", () => {
    assert(
      property(decimals, integer({ min: 0, max: 12 }), (value, power) => {
        expect(decimalText(shift(shift(value, power), -power))).toBe(decimalText(value));
        const factor = { digits: 10n ** BigInt(power), scale: 0 };
        expect(decimalText(multiply(value, factor))).toBe(decimalText(shift(value, power)));
      }),
    );
  });

  test("a sum is there whatever the order, and taking away gives back", () => {
    assert(
      property(decimals, decimals, (a, b) => {
        expect(decimalText(add(a, b))).toBe(decimalText(add(b, a)));
        expect(decimalText(subtract(add(a, b), b))).toBe(decimalText(a));
        expect(compareDecimals(subtract(a, b), { digits: 0n, scale: 0 })).toBe(compareDecimals(a, b));
      }),
    );
  });

  test("dividing what was multiplied gives it back, and what does not end is rounded half away from zero", () => {
    assert(
      property(decimals, bigInt({ min: 1n, max: 10n ** 9n }), (value, divisor) => {
        const product = multiply(value, { digits: divisor, scale: 0 });
        expect(decimalText(divide(product, divisor))).toBe(decimalText(value));
      }),
    );
    expect(decimalText(divide(read("2"), 3n))).toBe("0.666666666666666667");
    expect(decimalText(divide(read("-2"), 3n))).toBe("-0.666666666666666667");
    expect(decimalText(divide(read("1"), 3n))).toBe("0.333333333333333333");
  });

  test("scientific notation means what the plain one does, whatever its digits and its exponent", () => {
    const spelled = tuple(
      bigInt({ min: 0n, max: 10n ** 30n }),
      integer({ min: 0, max: 30 }),
      integer({ min: -25, max: 25 }),
    );
    assert(
      property(spelled, ([digits, point, exponent]) => {
        const text = digits.toString().padStart(point + 1, "0");
        const mantissa = point === 0 ? text : `${text.slice(0, -point)}.${text.slice(-point)}`;
        for (const letter of ["e", "E"])
          expect(decimalText(read(`${mantissa}${letter}${exponent}`))).toBe(
            decimalText(shift({ digits, scale: point }, exponent)),
          );
      }),
    );
  });
});

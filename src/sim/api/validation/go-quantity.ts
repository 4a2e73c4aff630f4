// A Quantity as it lies in Go's memory, which some errors print (apimachinery/pkg/api/resource/quantity.go).
import { quoted, type GoValue } from '../messages.ts';
import { parseQuantity } from '../quantity.ts';

const decimalScales: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const binaryExponents: Readonly<Record<string, number>> = {
  Ki: 10,
  Mi: 20,
  Gi: 30,
  Ti: 40,
  Pi: 50,
  Ei: 60,
};

export interface GoQuantity {
  /** A number times a power of ten; zero where the amount is kept as a big decimal instead. */
  readonly value: bigint;
  readonly scale: number;
  readonly isBig: boolean;
  /** The text that was read, kept where the parser saw that it is in its canonical form. */
  readonly text: string;
  readonly format: string;
}

/** How `resource.ParseQuantity` leaves a quantity behind. */
export function goQuantityOf(text: string): GoQuantity {
  const [, sign = '', whole = '', fraction = '', unit = ''] =
    /^([+-]?)([0-9]*)\.?([0-9]*)(.*)$/.exec(text) ?? [];
  const number = whole.replace(/^0+(?=.)/, '') || '0';
  const digits = `${number}${fraction}`;
  const format = parseQuantity(text)?.format ?? 'DecimalSI';
  const plain = BigInt(digits);
  const binary = binaryExponents[unit];
  if (binary !== undefined) {
    const precision = 14 - number.length - Math.trunc((binary * 3) / 10);
    if (fraction !== '' || precision < 0)
      return { value: 0n, scale: 0, isBig: true, text: '', format };
    const size = plain << BigInt(binary);
    const kept = plain % 8n === 0n ? '' : text;
    return { value: sign === '-' ? -size : size, scale: 0, isBig: false, text: kept, format };
  }
  const exponent = /^[eE]([+-]?[0-9]+)$/.exec(unit)?.[1];
  const scale =
    (exponent === undefined ? (decimalScales[unit] ?? 0) : Number(exponent)) - fraction.length;
  if (digits.length > 18 || scale < -9)
    return { value: 0n, scale: 0, isBig: true, text: '', format };
  const isCanonical = scale % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0');
  return {
    value: sign === '-' ? -plain : plain,
    scale,
    isBig: false,
    text: isCanonical ? text : '',
    format,
  };
}

/** `resource.Quantity{i:resource.int64Amount{value:500, scale:-3}, ...}`. */
export function goQuantity(text: string): GoValue {
  const { value, scale, isBig, text: kept, format } = goQuantityOf(text);
  const amount = `i:resource.int64Amount{value:${value}, scale:${scale}}`;
  const big = `d:resource.infDecAmount{Dec:(*inf.Dec)(${isBig ? '0xc0006a1c00' : 'nil'})}`;
  return {
    go: `resource.Quantity{${amount}, ${big}, s:${quoted(kept)}, Format:${quoted(format)}}`,
  };
}

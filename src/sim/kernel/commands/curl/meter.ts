// curl's progress meter: its head, and the line at the end of a transfer.
import type { TransferInfo } from './transfer.ts';

export const meterHead = `  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
                                 Dload  Upload   Total   Spent    Left  Speed
`;

export function meterLine({
  downloadBytes,
  expectedBytes,
  uploadBytes,
  startMs,
  endMs,
}: TransferInfo): string {
  const seconds = Math.max(endMs - startMs, 1) / 1000;
  const total = (expectedBytes ?? downloadBytes) + uploadBytes;
  const percent = (part: number, whole: number): string =>
    String(whole === 0 ? 0 : Math.round((part / whole) * 100)).padStart(3);
  const done = downloadBytes + uploadBytes;
  const cells = [
    `${percent(done, total)} ${amount(total)}`,
    `${percent(downloadBytes, expectedBytes ?? downloadBytes)} ${amount(downloadBytes)}`,
    `${percent(uploadBytes, uploadBytes)} ${amount(uploadBytes)}`,
    `${amount(Math.round(downloadBytes / seconds))}  ${amount(Math.round(uploadBytes / seconds))}`,
  ];
  const spent = endMs - startMs < 1000 ? '--:--:--' : clockTime(Math.floor(seconds));
  return `${cells.join('  ')} --:--:-- ${spent} --:--:-- ${amount(Math.round(done / seconds))}\n`;
}

/** Five characters wide: 615, 12345, 120k, 4.0M. */
function amount(bytes: number): string {
  if (bytes < 100_000) return String(bytes).padStart(5);
  const kib = bytes / 1024;
  if (kib < 10_000) return `${Math.floor(kib)}k`.padStart(5);
  const mib = kib / 1024;
  return mib < 100 ? `${mib.toFixed(1)}M`.padStart(5) : `${Math.floor(mib)}M`.padStart(5);
}

function clockTime(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`.padStart(
    8,
  );
}

// A reader of records.
import { LineReader } from '../base/lines.ts';

export class AwkReader extends LineReader {
  /** Records that were read already but not handed out, where RS is a regular expression. */
  waiting: string[] | undefined;
}

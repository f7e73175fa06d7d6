import { Position, Range } from 'vscode';
import type { TextRange } from '../../core/testing/suite';

/** Converts offsets into a text to lines and columns. */
export class LineIndex {
  private readonly starts: readonly number[];

  constructor(text: string) {
    this.starts = [0, ...Array.from(text.matchAll(/\r\n|\r|\n/g), ({ 0: end, index }) => index + end.length)];
  }

  toRange({ start, end }: TextRange): Range {
    return new Range(this.toPosition(start), this.toPosition(end));
  }

  /** By binary search, because a file can have thousands of lines and ranges. */
  private toPosition(offset: number): Position {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return new Position(low, offset - (this.starts[low] ?? 0));
  }
}

import type { FileFault } from '../../contract/imports.ts';

/** A file of which no rows can be had, or no more. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
  readonly fault: FileFault;
  /** Where it broke, if that is known. */
  readonly line: number | null;

  constructor(fault: FileFault, line: number | null = null) {
    super(fault);
    this.fault = fault;
    this.line = line;
  }
}

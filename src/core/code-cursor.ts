/** Finds bytes by line and column, never backwards. */
export class CodeCursor {
  readonly #code: string;
  #line = 0;
  #lineStart = 0;
  #lineEnd: number;
  /** Within the line, where columns are not bytes. */
  #column = 0;
  #at = 0;
  /** The next byte that is not ASCII, from `at` on; looked up when it is passed. */
  #wide = -1;
  readonly #wideByte = /[\x80-\xff]/g;

  constructor(code: string) {
    this.#code = code;
    this.#lineEnd = this.#endFrom(0);
  }

  moveTo(line: number, column: number): number {
    while (this.#line < line && this.#lineStart < this.#code.length) this.#nextLine();
    // A line before this one, or after the last one.
    if (this.#line !== line) return this.#line > line ? this.#at : this.#code.length;
    this.#walkTo(column);
    return this.#at;
  }

  #nextLine(): void {
    this.#line += 1;
    this.#lineStart = this.#lineEnd;
    this.#lineEnd = this.#endFrom(this.#lineStart);
    this.#at = this.#lineStart;
    this.#column = 0;
  }

  #endFrom(start: number): number {
    const at = this.#code.indexOf('\n', start);
    return at < 0 ? this.#code.length : at + 1;
  }

  /** A character of four bytes is two UTF-16 units, any other one. */
  #walkTo(column: number): void {
    while (this.#column < column && this.#at < this.#lineEnd) {
      const run = Math.min(column - this.#column, this.#plainUntil() - this.#at);
      this.#column += run;
      this.#at += run;
      if (run === 0) this.#stepOverWide();
    }
  }

  /** Most code is ASCII for long stretches, which need no walk. */
  #plainUntil(): number {
    if (this.#wide < this.#at) {
      this.#wideByte.lastIndex = this.#at;
      this.#wide = this.#wideByte.exec(this.#code)?.index ?? this.#code.length;
    }
    return Math.min(this.#wide, this.#lineEnd);
  }

  #stepOverWide(): void {
    this.#column += this.#code.charCodeAt(this.#at) >= 0xf0 ? 2 : 1;
    this.#at += 1;
    while (this.#at < this.#lineEnd && isContinuation(this.#code.charCodeAt(this.#at)))
      this.#at += 1;
  }
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

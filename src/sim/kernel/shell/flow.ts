// What leaves a construct early. Thrown, but no errors of ours: plain objects, so that they cost no stack trace.

/** `exit`, or an error that ends the shell. */
export class ShellExit {
  readonly code: number;

  constructor(code: number) {
    this.code = code;
  }
}

/** `break` and `continue`. */
export class LoopExit {
  readonly kind: 'break' | 'continue';
  /** How many loops are left to leave, this one included. */
  readonly levels: number;

  constructor(kind: LoopExit['kind'], levels: number) {
    this.kind = kind;
    this.levels = levels;
  }
}

/** `return` from a function or a sourced file. */
export class ReturnFromFunction {
  readonly code: number;

  constructor(code: number) {
    this.code = code;
  }
}

/**
 * A failure with a message. In a special builtin, an expansion or an assignment it ends the shell (not an interactive
 * one); an ordinary builtin just fails.
 */
export class ShellError {
  readonly message: string;
  readonly code: number;
  /** In ash the message comes without the builtin's name and the line. */
  readonly bare: boolean;

  constructor(message: string, code = 2, bare = false) {
    this.message = message;
    this.code = code;
    this.bare = bare;
  }
}

/** Ctrl-C at an interactive shell: back to the prompt. */
export class Interrupted {
  readonly signal = 'INT';
}

import { problems, type FieldError, type ProblemBody, type ProblemCode } from '../contract/problems.ts';

type Extra = {
  errors?: FieldError[];
  alternatives?: ProblemBody['alternatives'];
  appointments?: ProblemBody['appointments'];
  /** Seconds after which trying again makes sense. */
  retryAfter?: number;
};

/** A refusal. Thrown by policies and commands, turned into `application/problem+json` by the server. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly detail: string;
  readonly extra: Extra;

  constructor(code: ProblemCode, detail?: string, extra: Extra = {}) {
    super(code);
    this.code = code;
    this.detail = detail ?? `${problems[code].title}.`;
    this.extra = extra;
  }
}

/** Refuses one or more fields of the body. */
export const invalidInput = (...errors: FieldError[]): Problem =>
  new Problem('invalid_input', errors.map((error) => error.message).join(' '), { errors });

export function problemBody(problem: Problem, requestId: string): ProblemBody {
  const { status, title } = problems[problem.code];
  const { errors, alternatives, appointments } = problem.extra;
  return {
    type: `/problems/${problem.code}`,
    title,
    status,
    code: problem.code,
    detail: problem.detail,
    requestId,
    ...(errors ? { errors } : {}),
    ...(alternatives ? { alternatives } : {}),
    ...(appointments ? { appointments } : {}),
  };
}

import { isCommonPassword } from '../../platform/passwords.ts';
import { invalidInput } from '../../platform/problems.ts';

/** Refuses what everybody guesses first; the contract has seen length and signs. */
export function refuseCommonPassword(password: string): void {
  if (isCommonPassword(password))
    throw invalidInput({
      path: 'password',
      message: 'This password is among the first that are guessed. Choose another',
    });
}

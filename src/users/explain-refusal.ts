import { brokenConstraint } from '../platform/database.ts';
import { invalidInput, Problem } from '../platform/problems.ts';

type Given = {
  division?: string | null;
  district?: string | null;
  mobile?: string | null;
  email?: string | null;
};

/** Turns a constraint of `users` and its doctors' tables that a write broke into the refusal it stands for. */
export function explainRefusal(error: unknown, given: Given): unknown {
  switch (brokenConstraint(error)) {
    case 'users_email_key':
      return new Problem('email_taken');
    case 'users_mobile_key':
      return new Problem('mobile_taken');
    case 'users_license_number_key':
      return new Problem('license_taken');
    case 'users_email_check':
      return invalidInput({ path: 'email', message: 'Use an e-mail address such as name@example.com' });
    case 'users_reachable':
      return invalidInput({
        path: given.mobile === null ? 'mobile' : 'email',
        message: 'Keep a mobile number or an e-mail',
      });
    case 'users_division_fkey':
      return invalidInput({ path: 'division', message: 'Choose one of the divisions' });
    case 'users_district_fits':
      return invalidInput({ path: 'district', message: 'Choose a district of the division' });
    case 'users_thana_fits':
      return invalidInput({ path: 'thana', message: 'Choose a thana of the district' });
    case 'users_place_complete':
      return invalidInput({
        path: missingPlace(given),
        message: 'Choose division, district and thana in this order',
      });
    case 'doctor_specializations_specialization_id_fkey':
      return invalidInput({ path: 'specializations', message: 'Choose from the list of specializations' });
    default:
      return error;
  }
}

/** The level above the lowest one that was given. */
const missingPlace = ({ division, district }: Given): 'division' | 'district' =>
  division === null || (district && !division) ? 'division' : 'district';

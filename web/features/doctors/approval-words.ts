import { approvals as bn } from '../../lib/messages/staff/approvals.bn.ts';
import { approvals as en } from '../../lib/messages/staff/approvals.en.ts';
import { wordsOf } from '../../lib/staff/context.tsx';

export const useApprovalWords = wordsOf({ bn, en });

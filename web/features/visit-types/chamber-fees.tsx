import { Link } from '@tanstack/react-router';
import { digits } from '../../lib/digits.ts';
import { formatMoney } from '../../lib/money.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notices.tsx';
import { Panel } from '../../ui/panel.tsx';
import { chamberName, chamberPlace } from '../chambers/chamber-words.ts';
import { useDistricts } from '../chambers/use-districts.ts';
import type { EditedFee } from './fee-dialog.tsx';
import { type ArrangedChamber, type ArrangedVisitType, inOrder, kindsLeft } from './visit-kinds.ts';

/** What visits cost and take in one chamber, and what is missing there before patients can book. */
export function ChamberFees(props: {
  doctorId: number;
  chamber: ArrangedChamber;
  /** Null while that is not known. */
  hasHours: boolean | null;
  /** Null for those who may only read. */
  onEdit: ((fee: EditedFee) => void) | null;
  onEnd: ((chamber: ArrangedChamber, type: ArrangedVisitType) => void) | null;
}) {
  const { words, language } = useStaff();
  const { fees } = words;
  const { chamber, onEdit } = props;
  const districts = useDistricts();
  const left = kindsLeft(chamber);
  return (
    <Panel id={`chamber-${chamber.id}`} title={chamberName(language, chamber)}>
      <p className="mb-3 text-quiet">{chamberPlace(language, chamber, districts)}</p>
      {left.includes('new') ? (
        <div className="mb-3">
          <Notice tone="waiting">{chamber.visitTypes.length === 0 ? fees.noFee : fees.noNewFee}</Notice>
        </div>
      ) : null}
      {chamber.visitTypes.length > 0 ? <VisitTypes {...props} /> : null}
      {onEdit && left.length > 0 ? (
        <div className="mt-3">
          <Button
            type="button"
            look="secondary"
            size="dense"
            label={fees.addFeeIn(chamberName(language, chamber))}
            onClick={() => onEdit({ chamber, type: null })}
          >
            {fees.addFee}
          </Button>
        </div>
      ) : null}
      {props.hasHours === false ? (
        <div className="mt-3">
          <Notice tone="waiting">
            {fees.noHours}{' '}
            <Link
              to="/doctors/$doctorId/hours"
              params={{ doctorId: String(props.doctorId) }}
              className="link font-semibold"
            >
              {fees.toHours}
            </Link>
          </Notice>
        </div>
      ) : null}
    </Panel>
  );
}

function VisitTypes({ chamber, onEdit, onEnd }: Parameters<typeof ChamberFees>[0]) {
  const { words, language } = useStaff();
  const { fees } = words;
  const name = chamberName(language, chamber);
  return (
    <ul aria-label={fees.listOf(name)} className="border-b border-hairline">
      {inOrder(chamber.visitTypes).map((type) => (
        <li
          key={type.id}
          className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-2 border-t border-hairline py-2 md:grid-cols-[minmax(0,1fr)_8rem_auto]"
        >
          <p>
            <span className="font-semibold">{fees.kinds[type.kind]}</span>
            <span className="block text-note text-quiet">
              {fees.minutesOf(digits(language, type.minutes))}
              {type.windowDays === null ? null : `, ${fees.windowOf(digits(language, type.windowDays))}`}
            </span>
          </p>
          <p className="text-right text-lead font-semibold whitespace-nowrap tabular-nums">
            {formatMoney(language, type.fee)}
          </p>
          {onEdit && onEnd ? (
            <div className="col-span-2 flex gap-2 md:col-span-1">
              <Button
                type="button"
                look="secondary"
                size="dense"
                label={fees.changeOf(fees.kinds[type.kind], name)}
                onClick={() => onEdit({ chamber, type })}
              >
                {fees.change}
              </Button>
              <Button
                type="button"
                look="secondary"
                size="dense"
                label={fees.endOf(fees.kinds[type.kind], name)}
                onClick={() => onEnd(chamber, type)}
              >
                {fees.end}
              </Button>
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

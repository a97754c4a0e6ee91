import { useWords } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { useKit } from '../../ui/kit.tsx';
import { FormActions } from '../staff/form.tsx';
import type { Change } from './use-change.tsx';

/** The end of a form whose change is looked at before it is made. */
export function ReviewActions(props: { change: Change; next: string; onCancel: () => void }) {
  const { changes } = useWords();
  const { texts } = useKit();
  return (
    <FormActions>
      <Button busy={props.change.busy} pending={changes.looking}>
        {props.next}
      </Button>
      <Button type="button" look="secondary" onClick={props.onCancel}>
        {texts.cancel}
      </Button>
    </FormActions>
  );
}

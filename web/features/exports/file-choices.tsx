import type { ExportFormat } from '../../../src/contract/exports.ts';
import type { Language } from '../../lib/language.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Choices } from '../../ui/field.tsx';

/** What kind of file, and in which language. */
export function FileChoices() {
  const { words, language } = useStaff();
  const { exports } = words;
  return (
    <div className="grid grid-cols-1 gap-5 sm:grid-cols-2">
      <Choices
        name="format"
        legend={exports.format}
        value="xlsx"
        options={(['xlsx', 'csv'] as const).map((value) => ({ value, text: exports.formats[value] }))}
      />
      <Choices
        name="language"
        legend={exports.language}
        value={language}
        options={(['bn', 'en'] as const).map((value) => ({ value, text: words.sent.languages[value] }))}
      />
    </div>
  );
}

export const readFileChoices = (form: FormData): { format: ExportFormat; language: Language } => ({
  format: form.get('format') === 'xlsx' ? 'xlsx' : 'csv',
  language: form.get('language') === 'en' ? 'en' : 'bn',
});

/** `12,34,567.50`, as money is written in the subcontinent. */
export function groupLakhs(amount: string): string {
  const [whole = '', part] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d\d)*\d{3}$)/g, ',');
  return part === undefined ? grouped : `${grouped}.${part}`;
}

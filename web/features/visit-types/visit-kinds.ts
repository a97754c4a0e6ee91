import type { Arrangement, VisitTypeInChamber } from '../../../src/contract/schedules.ts';

export type ArrangedChamber = Arrangement['chambers'][number];
export type ArrangedVisitType = ArrangedChamber['visitTypes'][number];
export type VisitKind = VisitTypeInChamber['kind'];

/** In the order patients meet them. */
export const visitKinds = ['new', 'follow_up', 'report'] as const satisfies readonly VisitKind[];

export const inOrder = (types: readonly ArrangedVisitType[]): ArrangedVisitType[] =>
  types.toSorted((one, other) => visitKinds.indexOf(one.kind) - visitKinds.indexOf(other.kind));

/** Kinds that have no fee in the chamber yet. */
export const kindsLeft = ({ visitTypes }: Pick<ArrangedChamber, 'visitTypes'>): VisitKind[] =>
  visitKinds.filter((kind) => !visitTypes.some((type) => type.kind === kind));

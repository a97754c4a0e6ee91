import { useParams } from '@tanstack/react-router';

/** Whose set-up is open, for the screens below `/doctors/$doctorId`; the layout has seen to it that it is a number. */
export const useDoctorId = (): number => Number(useParams({ from: '/doctors/$doctorId' }).doctorId);

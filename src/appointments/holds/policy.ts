/** A place is held for so long from the moment it is taken, and from each renewal. */
export const holdMinutes = 10;

/** Against hoarding: places one person may hold at once. */
export const mostHoldsOfPerson = 3;

/** And one address, behind which a whole hospital's or carrier's people can be. */
export const mostHoldsOfAddress = 20;

/** Nobody takes longer to fill in a form. */
export const mostRenewals = 3;

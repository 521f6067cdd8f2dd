export const callerOf = 1;

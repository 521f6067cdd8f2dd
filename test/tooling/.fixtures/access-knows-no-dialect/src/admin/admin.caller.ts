export const staff = 1;

import Database from 'libsql'; // refused

export const doctor = Database;

import { createPool } from 'mysql2/promise'; // refused

export const controller = createPool;

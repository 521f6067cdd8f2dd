import { DataSource } from 'typeorm'; // refused

export const controller = DataSource;

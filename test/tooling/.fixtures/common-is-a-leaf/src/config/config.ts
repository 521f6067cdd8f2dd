import { columns } from '../common/columns.js'; // refused
import { AppModule } from '../app.module.js'; // refused

export const Config = [columns, AppModule];

import { command } from '../cli/command.js'; // refused

export const page = command;

import { Clock } from '../../../src/common/clock.js'; // refused
import { neighbour } from '../../neighbour/src/index.js';

export const piece = [Clock, neighbour];

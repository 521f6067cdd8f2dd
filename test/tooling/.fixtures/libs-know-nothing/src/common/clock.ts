import { neighbour } from '../../libs/neighbour/src/index.js';

export class Clock {
  readonly neighbour = neighbour;
}

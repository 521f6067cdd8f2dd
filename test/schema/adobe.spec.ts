import { itKeepsTheContract } from './contract.js';

itKeepsTheContract('adobe', '/graphql');

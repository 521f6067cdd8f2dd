export { answerPreflight, markAnswer, type CrossOriginPolicy } from './cross-origin.js';

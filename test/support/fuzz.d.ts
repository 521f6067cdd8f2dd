/** By how much generated tests are longer than usual (the environment's FUZZ). */
declare const FUZZ: number;

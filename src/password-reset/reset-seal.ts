import { Injectable } from '@nestjs/common';
import { SealedBox } from '#lib/sealed-box';
import { Config, masterKeyOf } from '../config/index.js';

/** Seals secrets that the machine which asked for them may read again (SEC-33, SEC-84). */
@Injectable()
export class ResetSeal {
  private readonly box: SealedBox;

  constructor(config: Config) {
    this.box = new SealedBox(masterKeyOf(config), 'readable-reset');
  }

  seal(secret: string): Buffer {
    return this.box.seal(secret);
  }

  open(sealed: Buffer): string | null {
    return this.box.open(sealed);
  }
}

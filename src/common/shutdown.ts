import { Injectable } from '@nestjs/common';

/** Whether the process is about to end; it serves on until load balancers have noticed. */
@Injectable()
export class Shutdown {
  private begun = false;

  /** From now on probes say "not ready", and each answer asks its connection to end. */
  begin(): void {
    this.begun = true;
  }

  get hasBegun(): boolean {
    return this.begun;
  }
}

export class TestApp {}

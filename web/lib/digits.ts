export { digits } from '../../src/contract/wording.ts';

// The last line of `npm test`: what it did not exercise, and what does.
console.log(
  '\nNot exercised here: races, kill -9 and other faults, the embedded database's own life, separate services, and the browser. They need minutes, Redis and Chromium: npm run test:all',
);

// The last line of `npm test`: what it did not exercise, and what does.
console.log(
  '\nNot exercised here: races, kill -9 and Redis faults, separate services, and the browser path. They need minutes, Redis and Chromium: npm run test:all',
);

// The last line of `npm test`: what it did not exercise, and what does.
console.log(
  '\nNot exercised here: races, kill -9 and other faults, the life of the embedded database, separate services, and the browser. They need minutes, Redis, RabbitMQ and Chromium: npm run test:all',
);

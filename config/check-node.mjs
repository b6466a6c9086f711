// Runs before every script, on any Node from 16 on: says what is wrong before TypeScript files confuse an old one.
const [major] = process.versions.node.split('.').map(Number);
if (major < 24) {
  console.error(
    `Paperboy needs Node 24 or newer; this is ${process.version}. On Linux and Windows \`npm install\` brings it along ` +
      '(run it again without --omit=optional); elsewhere install it from https://nodejs.org.',
  );
  process.exit(1);
}

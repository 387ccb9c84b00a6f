// Serves the Firebase Authentication emulator alone, without the suite around it: node firebase_auth.js FOLDER PORT

const { createRequire } = require("node:module");

const [folder, port] = process.argv.slice(2);
const { createApp } = createRequire(`${folder}/`)("firebase-tools/lib/emulator/auth/server");

createApp("demo-bench").then((app) => app.listen(Number(port), "127.0.0.1"));

"""Small services without dependencies, in the layouts that init must tell apart."""

NODE_SERVER = """'use strict';
const http = require('node:http');
const fs = require('node:fs');
const path = require('node:path');
const { greet } = require('./lib/greet');

const port = process.env.PORT || 3000;
const text = JSON.parse(fs.readFileSync(path.join(__dirname, 'data', 'greeting.json'), 'utf8')).text;
const server = http.createServer((request, response) => response.end(greet(text)));
server.listen(port, () => console.log(`listening on ${port}`));
process.on('SIGTERM', () => server.close());
"""
# package.json declares Node 18, scripts.start runs server.js, which reads a file beside it.
NODE_PLAIN = {
    "package.json": '{\n  "name": "hello-node",\n  "engines": {"node": ">=18"},\n  "scripts": {"start": "node server.js", "test": "node --test"}\n}\n',
    "server.js": NODE_SERVER,
    "lib/greet.js": "exports.greet = (text) => `node: ${text}`;\n",
    "data/greeting.json": '{"text": "plain"}\n',
    "test/server.test.js": "require('node:test');\n",
    ".env": "TOKEN=not-for-the-image\n",
    "README.md": "# hello\n",
}
# ES modules, a version file, an own variable, a build that copies src to dist.
NODE_BUILD = {
    "package.json": '{\n  "name": "built-node",\n  "type": "module",\n  "scripts": {"build": "node build.mjs", "start": "node dist/index.js"}\n}\n',
    ".nvmrc": "v18.20.4\n",
    "build.mjs": "import { cpSync } from 'node:fs';\ncpSync('src', 'dist', { recursive: true });\n",
    "src/index.js": "import { createServer } from 'node:http';\nimport { port } from './config.js';\n"
                    "const server = createServer((request, response) => response.end('node: built'));\n"
                    "server.listen(port, '0.0.0.0');\nprocess.on('SIGTERM', () => server.close());\n",
    "src/config.js": "export const port = Number(process.env.APP_PORT ?? 4000);\n",
}
LOCK = '{"lockfileVersion": 3}\n'
EXPRESS = {
    "package.json": '{"name": "@acme/shop", "engines": {"node": "22.x"}, "main": "server.js", "scripts": {"start": "node server.js"},'
                    ' "dependencies": {"express": "^4"}, "devDependencies": {"jest": "^29"}}\n',
    "package-lock.json": LOCK,
    "server.js": "const app = require('express')();\napp.use(require('express').static('public'));\n"
                 "app.listen(process.env.PORT);\nprocess.on('SIGTERM', () => process.exit());\n",
    "public/index.html": "<p>shop</p>\n",
}
TYPESCRIPT = {
    "package.json": '{"name": "api", "packageManager": "pnpm@9.15.0+sha512.aa", "scripts": {"build": "tsc", "start": "node dist/main.js"},'
                    ' "dependencies": {"fastify": "^5", "bcrypt": "^5"}, "devDependencies": {"typescript": "^5"}}\n',
    "pnpm-lock.yaml": "lockfileVersion: '9.0'\n",
    "tsconfig.json": '{ "compilerOptions": { "outDir": "dist", "rootDir": "src" } }\n',
    "src/main.ts": "import fastify from 'fastify';\nimport { port } from './settings.js';\n"
                   "fastify().listen({ port, host: '0.0.0.0' });\nprocess.on('SIGTERM', () => process.exit());\n",
    "src/settings.ts": "export const port = Number(process.env.HTTP_PORT ?? 8000);\n",
}
NEXT = {
    "package.json": '{"name": "site", "scripts": {"build": "next build", "start": "next start"}, "dependencies": {"next": "15", "react": "19"}}\n',
    "yarn.lock": "# yarn lockfile v1\n",
    "next.config.mjs": "export default { output: 'standalone' };\n",
    "public/logo.svg": "<svg/>\n",
}
NEXT_PLAIN = {**NEXT, "next.config.mjs": "export default {};\n"}
WORKSPACE = {
    "package.json": '{"private": true, "workspaces": ["packages/*"]}\n',
    "package-lock.json": LOCK,
    "packages/api/package.json": '{"name": "@acme/api", "scripts": {"start": "node index.js"}, "dependencies": {"@acme/words": "*"}}\n',
    "packages/api/index.js": "require('http').createServer().listen(process.env.PORT || 8080);\nprocess.on('SIGTERM', () => {});\n",
    "packages/words/package.json": '{"name": "@acme/words", "main": "index.js"}\n',
    "packages/words/index.js": "module.exports = {};\n",
}
PAGE = {
    "package.json": '{"name": "page", "scripts": {"build": "vite build"}, "devDependencies": {"vite": "^6"}}\n',
    "bun.lock": "{}\n",
    "index.html": "<p>page</p>\n",
}
# For init_scenarios.py: name: (tree, folder of the project, options)
SCENARIOS = {
    "node-plain": (NODE_PLAIN, ".", []),
    "node-json": (NODE_PLAIN, ".", ["--dry-run", "--format", "json"]),
    "node-slim-steady": (NODE_PLAIN, ".", ["--base", "debian-slim", "--profile", "steady", "--port", "8080"]),
    "node-static": (NODE_PLAIN, ".", ["--base", "static"]),
    "node-build": (NODE_BUILD, ".", []),
    "node-express": (EXPRESS, ".", []),
    "node-typescript": (TYPESCRIPT, ".", []),
    "node-next": (NEXT, ".", []),
    "node-next-plain": (NEXT_PLAIN, ".", []),
    "node-workspace": (WORKSPACE, ".", ["--format", "json"]),
    "node-member": (WORKSPACE, "packages/api", []),
    "node-page": (PAGE, ".", []),
    "node-broken": ({"package.json": '{"name": "x",\n  "scripts": [}\n'}, ".", []),
}


def write(tree: dict, folder) -> None:
    for name, text in tree.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

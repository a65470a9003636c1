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
NODE_22 = {**NODE_PLAIN, "package.json": NODE_PLAIN["package.json"].replace(">=18", "22")}
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
# Python 3.11 without packages, a module and a file beside the script.
PYTHON_PLAIN = {
    ".python-version": "3.11\n",
    "main.py": """import json
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from words import greet

TEXT = json.loads((Path(__file__).parent / "data" / "greeting.json").read_text())["text"]


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(greet(TEXT).encode())


def main():
    port = int(os.environ.get("PORT", "8000"))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    ThreadingHTTPServer(("", port), Handler).serve_forever()


if __name__ == "__main__":
    main()
""",
    "words/__init__.py": "def greet(text):\n    return f'python: {text}'\n",
    "data/greeting.json": '{"text": "plain"}\n',
    "tests/test_words.py": "import words\n",
    ".env": "TOKEN=not-for-the-image\n",
}
# The same declared by pyproject.toml, with the source in src/ and a port of its own.
PYTHON_SRC = {
    "pyproject.toml": '[project]\nname = "shelf"\nversion = "1"\nrequires-python = ">=3.11,<4"\ndependencies = []\n',
    "src/main.py": PYTHON_PLAIN["main.py"].replace('(Path(__file__).parent / "data" / "greeting.json").read_text()', "'{\"text\": \"src\"}'")
                   .replace('"PORT", "8000"', '"SHELF_PORT", "9000"'),
    "src/words/__init__.py": PYTHON_PLAIN["words/__init__.py"],
}
FASTAPI = {
    "pyproject.toml": '[project]\nname = "api"\nversion = "1"\nrequires-python = ">=3.12"\ndependencies = ["fastapi[standard]>=0.115", "jinja2"]\n',
    "uv.lock": "version = 1\n",
    "app/__init__.py": "",
    "app/main.py": "from fastapi import FastAPI\nfrom fastapi.templating import Jinja2Templates\n\nfrom .routes import router\n\n"
                   'app = FastAPI()\napp.include_router(router)\ntemplates = Jinja2Templates(directory="app/templates")\n',
    "app/routes.py": "from fastapi import APIRouter\n\nrouter = APIRouter()\n",
    "app/templates/index.html": "<p>api</p>\n",
}
FLASK = {
    "requirements.txt": "Flask==3.0\ngunicorn==23.0\npsycopg2==2.9\n",
    "runtime.txt": "python-3.12.4\n",
    "app.py": "import os\nfrom flask import Flask\n\napp = Flask(__name__)\n\nif __name__ == '__main__':\n"
              "    app.run(debug=True, host='0.0.0.0', port=int(os.environ.get('PORT', 5000)))\n",
    "templates/index.html": "<p>flask</p>\n",
}
DJANGO = {
    "Pipfile": '[packages]\ndjango = "*"\n\n[requires]\npython_version = "3.13"\n',
    "Pipfile.lock": "{}\n",
    "manage.py": "import os\n",
    "shop/__init__.py": "",
    "shop/settings.py": "STATIC_ROOT = 'staticfiles'\n",
    "shop/wsgi.py": "from django.core.wsgi import get_wsgi_application\n\napplication = get_wsgi_application()\n",
    "cart/models.py": "",
    "templates/base.html": "",
}
POETRY = {
    "pyproject.toml": '[tool.poetry]\nname = "bot"\n\n[tool.poetry.dependencies]\npython = "^3.10"\naiohttp = "^3.9"\n',
    "poetry.lock": "",
    "server.py": "from aiohttp import web\n\napp = web.Application()\nif __name__ == '__main__':\n    web.run_app(app, port=8123)\n",
}
TWO_FLASKS = {
    "requirements.txt": "flask\n",
    "one.py": "from flask import Flask\n\nweb = Flask(__name__)\n",
    "two.py": "from flask import Flask\n\nadmin = Flask(__name__)\n",
}
# A Maven project without dependencies, Java 17.
JAVA_PLAIN = {
    "pom.xml": """<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.example</groupId>
  <artifactId>hello-java</artifactId>
  <version>1.0</version>
  <properties>
    <maven.compiler.release>17</maven.compiler.release>
  </properties>
</project>
""",
    "src/main/java/com/example/Main.java": """package com.example;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;

public class Main {
  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8000"));
    byte[] text = Main.class.getResourceAsStream("/greeting.txt").readAllBytes();
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext("/", exchange -> {
      exchange.sendResponseHeaders(200, text.length);
      exchange.getResponseBody().write(text);
      exchange.close();
    });
    server.start();
  }
}
""",
    "src/main/resources/greeting.txt": "java: plain",
    "src/test/java/com/example/MainTest.java": "class MainTest {}\n",
}
# Gradle's way to say the same, and two programs of which one listens.
JAVA_GRADLE = {
    "build.gradle": "plugins {\n  id 'java'\n}\n\njava {\n  toolchain {\n    languageVersion = JavaLanguageVersion.of(17)\n  }\n}\n",
    "settings.gradle": "rootProject.name = 'shelf'\n",
    "src/main/java/shelf/Server.java": JAVA_PLAIN["src/main/java/com/example/Main.java"].replace("package com.example", "package shelf")
        .replace("class Main", "class Server").replace('Main.class.getResourceAsStream("/greeting.txt").readAllBytes()', '"java: gradle".getBytes()'),
    "src/main/java/shelf/Tool.java": "package shelf;\n\nclass Tool {\n  public static void main(String[] args) {}\n}\n",
}
SPRING = {
    "pom.xml": """<project>
  <parent>
    <groupId>org.springframework.boot</groupId>
    <artifactId>spring-boot-starter-parent</artifactId>
    <version>3.4.1</version>
  </parent>
  <artifactId>shop</artifactId>
  <properties><java.version>21</java.version></properties>
  <dependencies>
    <dependency>
      <groupId>org.springframework.boot</groupId>
      <artifactId>spring-boot-starter-web</artifactId>
    </dependency>
  </dependencies>
</project>
""",
    "mvnw": "#!/bin/sh\n",
    ".mvn/wrapper/maven-wrapper.properties": "",
    "src/main/java/shop/ShopApplication.java": "package shop;\n\n@SpringBootApplication\npublic class ShopApplication {\n"
        "  public static void main(String[] args) { SpringApplication.run(ShopApplication.class, args); }\n}\n",
    "src/main/resources/application.properties": "spring.application.name=shop\nserver.port=${PORT:8080}\n",
}
SPRING_GRADLE = {
    "build.gradle.kts": 'plugins {\n  id("java")\n  id("org.springframework.boot") version "3.1.5"\n}\n\n'
        "java { sourceCompatibility = JavaVersion.VERSION_17 }\n\n"
        'dependencies {\n  implementation("org.springframework.boot:spring-boot-starter-webflux")\n}\n',
    "src/main/java/shop/ShopApplication.java": SPRING["src/main/java/shop/ShopApplication.java"],
}
DOTNET = {
    "shop.sln": "",
    "Shop.Api/Shop.Api.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web">\n  <PropertyGroup>\n    <TargetFramework>net10.0</TargetFramework>\n  </PropertyGroup>\n</Project>\n',
    "Shop.Api/Program.cs": "var app = WebApplication.CreateSlimBuilder(args).Build();\napp.MapGet(\"/\", () => \"shop\");\napp.Run();\n",
    "Shop.Core/Shop.Core.csproj": '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>\n',
}
DOTNET_MVC = {
    "Site.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web">\n  <PropertyGroup>\n    <TargetFrameworks>net8.0;net9.0</TargetFrameworks>\n  </PropertyGroup>\n</Project>\n',
    "Program.cs": "builder.Services.AddControllersWithViews();\n",
}
SITE = {
    "index.html": "<p>static: root</p>\n",
    "about/index.html": "<p>about</p>\n",
    "style.css": "p { color: black }\n",
    "README.md": "# site\n",
    ".env": "TOKEN=not-for-the-image\n",
}
SITE_BELOW = {"public/index.html": "<p>static: public</p>\n", "notes.txt": "not served\n"}
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
    "python-plain": (PYTHON_PLAIN, ".", []),
    "python-json": (PYTHON_PLAIN, ".", ["--dry-run", "--format", "json"]),
    "python-src-steady": (PYTHON_SRC, ".", ["--base", "debian-slim", "--profile", "steady"]),
    "python-fastapi": (FASTAPI, ".", []),
    "python-flask": (FLASK, ".", ["--port", "9191"]),
    "python-django": (DJANGO, ".", []),
    "python-poetry": (POETRY, ".", []),
    "python-choice": (TWO_FLASKS, ".", ["--format", "json"]),
    "python-chosen": (TWO_FLASKS, ".", ["--main", "two:admin"]),
    "python-wrong-main": (TWO_FLASKS, ".", ["--main", "three:app"]),
    "python-broken": ({"pyproject.toml": "[project\nname = 1\n"}, ".", []),
    "python-library": ({"pyproject.toml": '[project]\nname = "lib"\n', "src/lib/__init__.py": "x = 1\n"}, ".", ["--format", "json"]),
    "java-plain": (JAVA_PLAIN, ".", []),
    "java-json": (JAVA_PLAIN, ".", ["--dry-run", "--format", "json"]),
    "java-gradle-slim": (JAVA_GRADLE, ".", ["--base", "debian-slim", "--profile", "strict-latency"]),
    "java-spring": (SPRING, ".", []),
    "java-spring-gradle": (SPRING_GRADLE, ".", ["--port", "9191"]),
    "java-broken": ({"pom.xml": "<project><a></project>\n"}, ".", []),
    "dotnet-api": (DOTNET, ".", []),
    "dotnet-mvc": (DOTNET_MVC, ".", ["--base", "debian-slim"]),
    "dotnet-json": (DOTNET, ".", ["--dry-run", "--format", "json"]),
    "site-root": (SITE, ".", []),
    "site-below": (SITE_BELOW, ".", ["--port", "9191", "--region", "europe-west1"]),
    "site-json": (SITE, ".", ["--dry-run", "--format", "json"]),
    "node-broken": ({"package.json": '{"name": "x",\n  "scripts": [}\n'}, ".", []),
}


def write(tree: dict, folder) -> None:
    for name, text in tree.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

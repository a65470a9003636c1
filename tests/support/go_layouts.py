"""Small Go services in the five layouts that init must get right, as trees of text."""
import pathlib

ROOT_MAIN = {
    "go.mod": "module example.com/hello\n\ngo 1.26\n\ntoolchain go1.26.8\n",
    "main.go": '''package main

import (
	"embed"
	"html/template"
	"log"
	"net/http"
	"os"
	"time"
)

//go:embed assets/*.md
var assets embed.FS

func main() {
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	page := template.Must(template.ParseGlob("templates/*.html"))
	if _, err := time.LoadLocation("Europe/Berlin"); err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		text, _ := assets.ReadFile("assets/README.md")
		_ = page.ExecuteTemplate(w, "index.html", string(text))
	})
	http.Handle("/static/", http.StripPrefix("/static/", http.FileServer(http.Dir("static"))))
	log.Fatal(http.ListenAndServe(":"+port, nil))
}
''',
    "main_test.go": 'package main\n\nimport "os"\n\nvar _, _ = os.ReadFile("fixture.json")\n',
    "fixture.json": "{}\n",
    "assets/README.md": "embedded\n",
    "templates/index.html": "<p>template: {{.}}</p>\n",
    "static/app.css": "p { color: black }\n",
    ".env": "SECRET=1\n",
}

THREE_MAINS = {
    "go.mod": "module example.com/shop\n\ngo 1.26\n",
    "cmd/api/main.go": '''package main

import "example.com/shop/internal/server"

func main() { server.Run() }
''',
    "cmd/migrate/main.go": 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("migrated") }\n',
    "cmd/worker/main.go": 'package main\n\nimport "time"\n\nfunc main() { time.Sleep(time.Second) }\n',
    "internal/server/server.go": '''package server

import (
	"fmt"
	"net/http"
	"os"
)

func getenv(key, fallback string) string {
	if v, ok := os.LookupEnv(key); ok {
		return v
	}
	return fallback
}

func Run() {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "three mains") })
	srv := &http.Server{Addr: getenv("LISTEN_ADDR", ":9090"), Handler: mux}
	if err := srv.ListenAndServe(); err != nil {
		panic(err)
	}
}
''',
}

LOCAL_REPLACE = {
    "go.mod": "module example.com/greet\n\ngo 1.26\n\nrequire example.com/lib v0.0.0\n\n"
              "replace example.com/lib => ./lib\n",
    "main.go": '''package main

import (
	"flag"
	"fmt"
	"net/http"

	"example.com/lib"
)

var port = flag.Int("port", 7070, "where to listen")

func main() {
	flag.Parse()
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, lib.Text()) })
	if err := http.ListenAndServe(fmt.Sprintf(":%d", *port), nil); err != nil {
		panic(err)
	}
}
''',
    "lib/go.mod": "module example.com/lib\n\ngo 1.26\n",
    "lib/lib.go": 'package lib\n\nfunc Text() string { return "local replace" }\n',
}

# The module lies beside its library: the build context is the folder above.
REPLACE_ABOVE = {
    **{"svc/" + name: text.replace("./lib", "../lib") for name, text in LOCAL_REPLACE.items()
       if not name.startswith("lib/")},
    **{name: text for name, text in LOCAL_REPLACE.items() if name.startswith("lib/")},
}

GRPC = {
    "go.mod": "module example.com/rpc\n\ngo 1.26\n\nrequire google.golang.org/grpc v1.64.0\n",
    "main.go": '''package main

import (
	"log"
	"net"
	"os"

	"google.golang.org/grpc"
	"google.golang.org/grpc/health"
	"google.golang.org/grpc/health/grpc_health_v1"
)

func main() {
	port := os.Getenv("PORT")
	if port == "" {
		port = "50051"
	}
	listener, err := net.Listen("tcp", ":"+port)
	if err != nil {
		log.Fatal(err)
	}
	server := grpc.NewServer()
	grpc_health_v1.RegisterHealthServer(server, health.NewServer())
	log.Fatal(server.Serve(listener))
}
''',
}

VENDORED = {
    "go.mod": "module example.com/old\n\ngo 1.20\n\nrequire example.com/dep v1.0.0\n",
    "go.sum": "example.com/dep v1.0.0 h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
    "main.go": '''package main

import (
	"fmt"
	"net/http"

	"example.com/dep"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, dep.Text()) })
	panic(http.ListenAndServe(":8081", nil))
}
''',
    "vendor/modules.txt": "# example.com/dep v1.0.0\n## explicit; go 1.20\nexample.com/dep\n",
    "vendor/example.com/dep/dep.go": 'package dep\n\nfunc Text() string { return "vendored" }\n',
}

SQLITE = {
    "go.mod": "module example.com/notes\n\ngo 1.26\n\nrequire github.com/mattn/go-sqlite3 v1.14.53\n",
    "go.sum": "github.com/mattn/go-sqlite3 v1.14.53 h1:mnTM0owzUMrKuLo+0w51NUiB0ir2Fo7kFXlPt/l3BGs=\ngithub.com/mattn/go-sqlite3 v1.14.53/go.mod h1:6JTjA44L93a0QCyJef5YvlPoKXntQPjzWv5gtm9sB6w=\n",
    "main.go": '''package main

import (
	"database/sql"
	"fmt"
	"log"
	"net/http"
	"os"

	_ "github.com/mattn/go-sqlite3"
)

func main() {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		var version string
		if err := db.QueryRow("select sqlite_version()").Scan(&version); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		fmt.Fprint(w, "sqlite ", version)
	})
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	log.Fatal(http.ListenAndServe(":"+port, nil))
}
''',
}

# C code of its own: what stands beside main.go is linked in, statically or with the system's zlib.
OWN_C = {
    "go.mod": "module example.com/adder\n\ngo 1.26\n",
    "add.c": '#include "add.h"\nint add(int a, int b) { return a + b; }\n',
    "add.h": "int add(int a, int b);\n",
    "main.go": '''package main

// #include "add.h"
import "C"

import (
	"fmt"
	"log"
	"net/http"
	"os"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "sum ", C.add(40, 2)) })
	log.Fatal(http.ListenAndServe(":"+os.Getenv("PORT"), nil))
}
''',
}
SHARED_C = {**OWN_C, "main.go": OWN_C["main.go"].replace('// #include "add.h"\n', '''// #cgo LDFLAGS: -ldl
// #include <dlfcn.h>
// #include "add.h"
''').replace('fmt.Fprint(w, "sum ", C.add(40, 2))', 'fmt.Fprint(w, "loads ", C.dlopen(nil, C.RTLD_NOW) != nil, C.add(40, 2))')}

WORKSPACE = {
    "go.work": "go 1.26\n\nuse (\n\t./api\n\t./jobs\n\t./lib\n)\n",
    "api/go.mod": "module example.com/api\n\ngo 1.26\n",
    "api/main.go": '''package main

import (
	"fmt"
	"log"
	"net/http"
	"os"

	"example.com/lib/greet"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, greet.Text("workspace")) })
	log.Fatal(http.ListenAndServe(":"+os.Getenv("PORT"), nil))
}
''',
    "jobs/go.mod": "module example.com/jobs\n\ngo 1.26\n",
    "jobs/main.go": '''package main

import (
	"log"
	"net/http"
)

func main() { log.Fatal(http.ListenAndServe(":9090", nil)) }
''',
    "lib/go.mod": "module example.com/lib\n\ngo 1.26\n",
    "lib/greet/greet.go": 'package greet\n\nfunc Text(who string) string { return "hello, " + who }\n',
    "secrets.pem": "secret\n",
}

# The front end is built by npm without any package, as no registry is asked.
FRONT_END = {
    "go.mod": "module example.com/page\n\ngo 1.26\n",
    "Makefile": "VERSION ?= dev\nCOMMIT := $(shell git rev-parse HEAD)\nLDFLAGS = -X main.version=$(VERSION) \\\n"
                "\t-X 'main.commit=$(COMMIT)'\n\nbuild:\n\tgo build -tags 'extra' -ldflags \"$(LDFLAGS)\" .\n",
    "main.go": '''package main

import (
	"fmt"
	"log"
	"net/http"
	"os"

	"example.com/page/web"
)

var (
	version = "none"
	commit  = "none"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		page, _ := web.Files.ReadFile("dist/index.html")
		fmt.Fprintf(w, "%s %s %s %s", page, version, commit, extra)
	})
	log.Fatal(http.ListenAndServe(":"+os.Getenv("PORT"), nil))
}
''',
    "extra.go": '//go:build extra\n\npackage main\n\nconst extra = "with extra"\n',
    "plain.go": '//go:build !extra\n\npackage main\n\nconst extra = "without"\n',
    "web/web.go": 'package web\n\nimport "embed"\n\n//go:embed all:dist\nvar Files embed.FS\n',
    "web/.nvmrc": "18\n",
    "web/package.json": '{\n  "name": "web",\n  "version": "1.0.0",\n  "scripts": {"build": "node build.js"}\n}\n',
    "web/package-lock.json": '{"name": "web", "version": "1.0.0", "lockfileVersion": 3, "requires": true, '
                             '"packages": {"": {"name": "web", "version": "1.0.0"}}}\n',
    "web/build.js": 'const fs = require("fs");\nfs.mkdirSync("dist", {recursive: true});\n'
                    'fs.writeFileSync("dist/index.html", "built page");\n',
}


def write(tree: dict, folder: pathlib.Path) -> None:
    for name, text in tree.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

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


def write(tree: dict, folder: pathlib.Path) -> None:
    for name, text in tree.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

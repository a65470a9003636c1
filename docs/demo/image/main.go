// Pinger answers every connection with a short HTTP response; it is the service inside the demo image.
package main

import (
	"bufio"
	"log"
	"net"
	"os"
)

const response = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\nConnection: close\r\n\r\npong\n"

func main() {
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	listener, err := net.Listen("tcp", ":"+port)
	if err != nil {
		log.Fatal(err)
	}
	for {
		connection, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		go func() {
			defer connection.Close()
			bufio.NewReader(connection).ReadString('\n')
			connection.Write([]byte(response))
		}()
	}
}

// A gRPC server of grpc-go for tests. It prints a line of JSON for each thing that it sees, and does what lines of its standard input say.
package main

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"flag"
	"net"
	"os"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/keepalive"
)

var (
	images   = flag.String("images", "", "a FileDescriptorSet: serve its services instead of test.S")
	planted  = flag.String("planted", "", "an RPC of it whose replies have another string_value")
	cert     = flag.String("cert", "", "PEM file of the certificate of the server")
	key      = flag.String("key", "", "PEM file of its key")
	clientCA = flag.String("client-ca", "", "PEM file of the authority that clients need a certificate of")
	maxAge   = flag.Duration("max-age", 0, "MaxConnectionAge")
)

func main() {
	flag.Parse()
	options := append(transport(), grpc.KeepaliveParams(keepalive.ServerParameters{MaxConnectionAge: *maxAge, MaxConnectionAgeGrace: 10 * time.Second}))
	var server *grpc.Server
	if *images == "" {
		server = grpc.NewServer(append(options, grpc.ForceServerCodec(rawBytes{}))...)
		server.RegisterService(&calls, nil)
	} else {
		server = grpc.NewServer(append(options, grpc.UnknownServiceHandler(echoOf(*images)))...)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	say(event{"port": listener.Addr().(*net.TCPAddr).Port})
	go func() { check(server.Serve(counting{listener})) }()
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		switch lines.Text() {
		case "stop":
			go func() {
				server.GracefulStop()
				say(event{"stopped": true})
			}()
		case "release":
			close(released)
		}
	}
}

func transport() []grpc.ServerOption {
	if *cert == "" {
		return nil
	}
	pair, err := tls.LoadX509KeyPair(*cert, *key)
	check(err)
	config := &tls.Config{Certificates: []tls.Certificate{pair}}
	if *clientCA != "" {
		pem, err := os.ReadFile(*clientCA)
		check(err)
		config.ClientCAs = x509.NewCertPool()
		config.ClientCAs.AppendCertsFromPEM(pem)
		config.ClientAuth = tls.RequireAndVerifyClientCert
	}
	return []grpc.ServerOption{grpc.Creds(credentials.NewTLS(config))}
}

// counting tells of each connection.
type counting struct{ net.Listener }

func (c counting) Accept() (net.Conn, error) {
	conn, err := c.Listener.Accept()
	if err == nil {
		say(event{"connection": true})
	}
	return conn, err
}

type event map[string]any

var saying sync.Mutex

func say(e event) {
	saying.Lock()
	defer saying.Unlock()
	check(json.NewEncoder(os.Stdout).Encode(e))
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

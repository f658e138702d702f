// Package inproc is a gRPC connection to services of the same process. Handlers and interceptors run as they do in a
// server, and the caller sees what it would see over a network, without one.
package inproc

import (
	"context"
	"fmt"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Options are what a server would have been made with.
type Options struct {
	// Serves names the methods that may be called, as "/package.Service/Method". Calls of others end in UNIMPLEMENTED.
	Serves []string
	// Unary are the interceptors of unary calls, outermost first.
	Unary []grpc.UnaryServerInterceptor
	// Stream are the interceptors of streams, outermost first.
	Stream []grpc.StreamServerInterceptor
	// Keep adds values of the caller's context to the handler's. Without it a handler sees none, as behind a network.
	Keep func(caller, handler context.Context) context.Context
}

// Conn is where services are registered, as on a grpc.Server, and how they are called, as over a grpc.ClientConn.
// Registering ends before the first call.
type Conn struct {
	serves    map[string]bool
	unary     grpc.UnaryServerInterceptor
	stream    grpc.StreamServerInterceptor
	keep      func(caller, handler context.Context) context.Context
	services  map[string]bool
	endpoints map[string]endpoint
}

var (
	_ grpc.ClientConnInterface = (*Conn)(nil)
	_ grpc.ServiceRegistrar    = (*Conn)(nil)
)

// endpoint is a method with the implementation that it is called on.
type endpoint struct {
	unary  *grpc.MethodDesc
	stream *grpc.StreamDesc
	impl   any
}

// New makes a connection without services.
func New(options Options) *Conn {
	serves := make(map[string]bool, len(options.Serves))
	for _, method := range options.Serves {
		serves[method] = true
	}
	return &Conn{
		serves:    serves,
		unary:     chainUnary(options.Unary),
		stream:    chainStream(options.Stream),
		keep:      options.Keep,
		services:  map[string]bool{},
		endpoints: map[string]endpoint{},
	}
}

// Needs tells whether a method of the service may be called, so that its implementation has to be made.
func (c *Conn) Needs(service string) bool {
	for method := range c.serves {
		if strings.HasPrefix(method, "/"+service+"/") {
			return true
		}
	}
	return false
}

// RegisterService implements grpc.ServiceRegistrar.
func (c *Conn) RegisterService(desc *grpc.ServiceDesc, impl any) {
	c.services[desc.ServiceName] = true
	for i := range desc.Methods {
		c.endpoints["/"+desc.ServiceName+"/"+desc.Methods[i].MethodName] = endpoint{unary: &desc.Methods[i], impl: impl}
	}
	for i := range desc.Streams {
		c.endpoints["/"+desc.ServiceName+"/"+desc.Streams[i].StreamName] = endpoint{stream: &desc.Streams[i], impl: impl}
	}
}

// find looks a method up; the errors are a server's.
func (c *Conn) find(method string) (endpoint, error) {
	if found, ok := c.endpoints[method]; ok && c.serves[method] {
		return found, nil
	}
	service, name, _ := strings.Cut(strings.TrimPrefix(method, "/"), "/")
	switch {
	case !c.serves[method]:
		return endpoint{}, status.Errorf(codes.Unimplemented, "method %v of service %v is served by another function", name, service)
	case !c.services[service]:
		return endpoint{}, status.Error(codes.Unimplemented, fmt.Sprintf("unknown service %v", service))
	default:
		return endpoint{}, status.Error(codes.Unimplemented, fmt.Sprintf("unknown method %v for service %v", name, service))
	}
}

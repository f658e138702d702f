package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	_ "google.golang.org/grpc/encoding/gzip"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

// rawBytes is a codec of messages that are bytes.
type rawBytes struct{}

func (rawBytes) Name() string                  { return "raw" }
func (rawBytes) Marshal(v any) ([]byte, error) { return *v.(*[]byte), nil }
func (rawBytes) Unmarshal(data []byte, v any) error {
	*v.(*[]byte) = append([]byte{}, data...)
	return nil
}

// released is closed when calls of Held may end.
var released = make(chan struct{})

// calls is the service test.S: names that end in Stream stream replies, and those that begin with In requests.
var calls = grpc.ServiceDesc{
	ServiceName: "test.S",
	HandlerType: (*any)(nil),
	Methods: []grpc.MethodDesc{
		unary("Echo", func(_ context.Context, request []byte) ([]byte, error) { return append([]byte("re:"), request...), nil }),
		unary("Nothing", func(context.Context, []byte) ([]byte, error) { return nil, nil }),
		unary("Fail", fail),
		unary("Metadata", describe),
		unary("Full", func(context.Context, []byte) ([]byte, error) { return make([]byte, 4<<20), nil }),
		unary("Big", func(context.Context, []byte) ([]byte, error) { return make([]byte, 4<<20+1), nil }),
		unary("Gzip", zipped(1000)),
		unary("GzipBig", zipped(4<<20+1)),
		unary("Wait", wait),
		unary("Held", func(context.Context, []byte) ([]byte, error) {
			say(event{"held": true})
			<-released
			return []byte("held"), nil
		}),
	},
	Streams: []grpc.StreamDesc{
		{StreamName: "ManyStream", ServerStreams: true, Handler: func(_ any, stream grpc.ServerStream) error {
			return sendAll(stream, 1000, nil)
		}},
		{StreamName: "HalfwayStream", ServerStreams: true, Handler: func(_ any, stream grpc.ServerStream) error {
			stream.SetTrailer(metadata.Pairs("x-why", "half"))
			return sendAll(stream, 1, status.Error(codes.FailedPrecondition, "half way: é % \n"))
		}},
		{StreamName: "EmptyStream", ServerStreams: true, Handler: func(_ any, stream grpc.ServerStream) error {
			return sendAll(stream, 0, nil)
		}},
		{StreamName: "EndlessStream", ServerStreams: true, Handler: func(_ any, stream grpc.ServerStream) error {
			err := sendAll(stream, 1, nil)
			<-stream.Context().Done()
			say(event{"cancelled": "EndlessStream"})
			return err
		}},
		{StreamName: "InSum", ClientStreams: true, Handler: sum},
	},
}

func unary(name string, answer func(context.Context, []byte) ([]byte, error)) grpc.MethodDesc {
	return grpc.MethodDesc{MethodName: name, Handler: func(_ any, ctx context.Context, decode func(any) error, _ grpc.UnaryServerInterceptor) (any, error) {
		var request []byte
		if err := decode(&request); err != nil {
			return nil, err
		}
		reply, err := answer(ctx, request)
		return &reply, err
	}}
}

func fail(ctx context.Context, _ []byte) ([]byte, error) {
	check(grpc.SetTrailer(ctx, metadata.Pairs("x-why", "one", "x-why", "two, three", "why-bin", "\x00\x01\xfe", "why-bin", "second")))
	failure, err := status.New(codes.NotFound, "not there: é % \n").WithDetails(wrapperspb.String("detail"))
	check(err)
	return nil, failure.Err()
}

// describe answers with the metadata that came, and sends it back in header and trailer.
func describe(ctx context.Context, _ []byte) ([]byte, error) {
	asked, _ := metadata.FromIncomingContext(ctx)
	header := metadata.MD{"x-header": asked.Get("x-asked"), "header-bin": asked.Get("asked-bin")}
	check(grpc.SendHeader(ctx, header))
	check(grpc.SetTrailer(ctx, metadata.Pairs("x-trailer", "a, b", "x-trailer", "c")))
	return fmt.Appendf(nil, "%q %q %q", asked.Get("authorization"), asked.Get("x-asked"), asked.Get("asked-bin")), nil
}

func zipped(length int) func(context.Context, []byte) ([]byte, error) {
	return func(ctx context.Context, _ []byte) ([]byte, error) {
		check(grpc.SetSendCompressor(ctx, "gzip"))
		return []byte(strings.Repeat("a", length)), nil
	}
}

// wait tells the seconds until the deadline, and how the call ended.
func wait(ctx context.Context, _ []byte) ([]byte, error) {
	deadline, has := ctx.Deadline()
	say(event{"has": has, "seconds": time.Until(deadline).Round(10 * time.Second).Seconds()})
	<-ctx.Done()
	say(event{"cancelled": "Wait", "error": ctx.Err().Error()})
	return nil, ctx.Err()
}

func sendAll(stream grpc.ServerStream, count int, end error) error {
	var request []byte
	if err := stream.RecvMsg(&request); err != nil {
		return err
	}
	for i := range count {
		reply := []byte(strings.Repeat(fmt.Sprint(i), 50))
		if err := stream.SendMsg(&reply); err != nil {
			return err
		}
	}
	return end
}

func sum(_ any, stream grpc.ServerStream) error {
	var all []string
	for {
		var request []byte
		if stream.RecvMsg(&request) != nil {
			break
		}
		all = append(all, string(request))
	}
	reply := []byte(strings.Join(all, "+"))
	return stream.SendMsg(&reply)
}

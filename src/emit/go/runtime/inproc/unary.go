package inproc

import (
	"context"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// Invoke implements grpc.ClientConnInterface. It returns when the handler does, or when ctx ends: a client does not wait
// for a handler that is too late.
func (c *Conn) Invoke(ctx context.Context, method string, request, reply any, options ...grpc.CallOption) error {
	md, err := begin(ctx)
	if err != nil {
		return err
	}
	bytes, err := encode(request)
	if err != nil {
		return err
	}
	t := newTransport(method)
	done := make(chan unaryReply, 1)
	go func() { done <- c.answer(ctx, md, t, bytes) }()
	select {
	case got := <-done:
		fillOptions(options, t.seenHeader(), got.trailer)
		if got.err != nil {
			return got.err
		}
		return decode(got.message, reply)
	case <-ctx.Done():
		return status.FromContextError(ctx.Err()).Err()
	}
}

// unaryReply is what comes back.
type unaryReply struct {
	message []byte
	trailer metadata.MD
	err     error
}

// answer is the server's side of a unary call.
func (c *Conn) answer(ctx context.Context, md metadata.MD, t *transport, request []byte) unaryReply {
	ctx, cancel := c.handlerContext(ctx, md, t)
	defer cancel()
	message, err := c.handle(ctx, t.method, request)
	if err == nil {
		t.reply()
	}
	trailer, result := t.end(err)
	if err != nil && result.Code() == codes.OK {
		result = status.New(codes.Internal, "cardinality violation: received no response message from non-server-streaming RPC")
	}
	return unaryReply{message, trailer, result.Err()}
}

// handle calls the handler.
func (c *Conn) handle(ctx context.Context, method string, request []byte) (reply []byte, err error) {
	found, err := c.find(method)
	if err != nil {
		return nil, err
	}
	if found.unary == nil {
		return nil, status.Errorf(codes.Unimplemented, "%s is a stream", method)
	}
	defer func() {
		if reason := recover(); reason != nil {
			err = recovered(ctx, method, reason)
		}
	}()
	receive := func(message any) error { return decode(request, message) }
	out, err := found.unary.Handler(found.impl, ctx, receive, c.unary)
	if err != nil {
		return nil, err
	}
	return encode(out)
}

// fillOptions gives the caller the header and the trailer that it asked for.
func fillOptions(options []grpc.CallOption, header, trailer metadata.MD) {
	for _, option := range options {
		switch option := option.(type) {
		case grpc.HeaderCallOption:
			*option.HeaderAddr = header
		case grpc.TrailerCallOption:
			*option.TrailerAddr = trailer
		case grpc.PeerCallOption:
			*option.PeerAddr = *remote()
		}
	}
}

package inproc

import (
	"context"
	"io"
	"sync"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// window is how many messages either side may be ahead of the other.
const window = 16

// stream is what both sides of a streaming call share.
type stream struct {
	*transport
	desc     *grpc.StreamDesc
	ctx      context.Context
	cancel   context.CancelFunc
	requests chan []byte
	replies  chan []byte
	// done is closed when the handler has returned; the fields below are set then.
	done    chan struct{}
	trailer metadata.MD
	result  error
}

// NewStream implements grpc.ClientConnInterface. The handler runs until it returns; its context ends with ctx.
func (c *Conn) NewStream(ctx context.Context, desc *grpc.StreamDesc, method string, options ...grpc.CallOption) (grpc.ClientStream, error) {
	md, err := begin(ctx)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	s := &stream{
		transport: newTransport(method),
		desc:      desc,
		ctx:       ctx,
		cancel:    cancel,
		requests:  make(chan []byte, window),
		replies:   make(chan []byte, window),
		done:      make(chan struct{}),
	}
	go c.serveStream(s, md)
	return &clientStream{stream: s, options: options}, nil
}

// serveStream is the server's side of a stream.
func (c *Conn) serveStream(s *stream, md metadata.MD) {
	ctx, cancel := c.handlerContext(s.ctx, md, s.transport)
	defer cancel()
	server := &serverStream{stream: s, ctx: ctx}
	err := c.handleStream(server)
	if server.failure != nil {
		err = server.failure
	}
	trailer, result := s.end(err)
	s.trailer, s.result = trailer, result.Err()
	close(s.replies)
	close(s.done)
}

// handleStream calls the handler.
func (c *Conn) handleStream(server *serverStream) (err error) {
	found, err := c.find(server.method)
	if err != nil {
		return err
	}
	if found.stream == nil {
		return status.Errorf(codes.Unimplemented, "%s is no stream", server.method)
	}
	defer func() {
		if reason := recover(); reason != nil {
			err = recovered(server.ctx, server.method, reason)
		}
	}()
	if c.stream == nil {
		return found.stream.Handler(found.impl, server)
	}
	info := &grpc.StreamServerInfo{
		FullMethod:     server.method,
		IsClientStream: found.stream.ClientStreams,
		IsServerStream: found.stream.ServerStreams,
	}
	return c.stream(found.impl, server, info, found.stream.Handler)
}

// clientStream is the caller's side.
type clientStream struct {
	*stream
	options  []grpc.CallOption
	sentLast bool
	received bool
	finish   sync.Once
}

// Header implements grpc.ClientStream: nil where the call ended without one, and RecvMsg says how.
func (s *clientStream) Header() (metadata.MD, error) {
	select {
	case <-s.sent:
	case <-s.done:
	case <-s.ctx.Done():
	}
	return s.seenHeader(), nil
}

// Trailer implements grpc.ClientStream; it is complete once RecvMsg has returned an error.
func (s *clientStream) Trailer() metadata.MD {
	select {
	case <-s.done:
		return s.stream.trailer
	default:
		return nil
	}
}

// CloseSend implements grpc.ClientStream.
func (s *clientStream) CloseSend() error {
	if !s.sentLast {
		s.sentLast = true
		close(s.requests)
	}
	return nil
}

// Context implements grpc.ClientStream.
func (s *clientStream) Context() context.Context { return s.ctx }

// SendMsg implements grpc.ClientStream. io.EOF means that the call is over, and RecvMsg says how.
func (s *clientStream) SendMsg(message any) error {
	if s.sentLast {
		return status.Errorf(codes.Internal, "SendMsg called after CloseSend")
	}
	bytes, err := encode(message)
	if err != nil {
		s.cancel()
		return err
	}
	select {
	case s.requests <- bytes:
		return nil
	case <-s.done:
	case <-s.ctx.Done():
	}
	if !s.desc.ClientStreams {
		return nil
	}
	return io.EOF
}

// RecvMsg implements grpc.ClientStream.
func (s *clientStream) RecvMsg(message any) error {
	err := s.receive(message)
	if err == nil && !s.desc.ServerStreams {
		err = s.expectEnd()
		if err == nil {
			return nil
		}
	}
	if err != nil {
		s.finish.Do(s.end)
	}
	return err
}

// end gives the caller what it asked for, and lets go of the handler.
func (s *clientStream) end() {
	s.cancel()
	fillOptions(s.options, s.seenHeader(), s.Trailer())
}

// receive waits for the next message, or for the end.
func (s *clientStream) receive(message any) error {
	select {
	case bytes, ok := <-s.replies:
		if ok {
			s.received = true
			return decode(bytes, message)
		}
	case <-s.ctx.Done():
		return status.FromContextError(s.ctx.Err()).Err()
	}
	<-s.done
	switch {
	case s.result != nil:
		return s.result
	case !s.desc.ServerStreams && !s.received:
		return status.Error(codes.Internal, "cardinality violation: received no response message from non-server-streaming RPC")
	default:
		return io.EOF
	}
}

// expectEnd tells whether the only message of a call was the last one; its status is then the call's.
func (s *clientStream) expectEnd() error {
	select {
	case _, ok := <-s.replies:
		if ok {
			return status.Error(codes.Internal, "cardinality violation: expected <EOF> for non server-streaming RPCs, but received another message")
		}
	case <-s.ctx.Done():
		return status.FromContextError(s.ctx.Err()).Err()
	}
	<-s.done
	s.finish.Do(s.end)
	return s.result
}

// serverStream is the handler's side.
type serverStream struct {
	*stream
	ctx context.Context
	// failure is a message that could not be sent or read: it ends the call whatever the handler returns.
	failure error
}

// SetHeader implements grpc.ServerStream.
func (s *serverStream) SetHeader(md metadata.MD) error {
	if err := validate(md); err != nil {
		return err
	}
	return s.transport.SetHeader(md)
}

// SendHeader implements grpc.ServerStream.
func (s *serverStream) SendHeader(md metadata.MD) error {
	if err := validate(md); err != nil {
		return err
	}
	return s.transport.SendHeader(md)
}

// SetTrailer implements grpc.ServerStream.
func (s *serverStream) SetTrailer(md metadata.MD) { _ = s.transport.SetTrailer(md) }

// Context implements grpc.ServerStream.
func (s *serverStream) Context() context.Context { return s.ctx }

// SendMsg implements grpc.ServerStream.
func (s *serverStream) SendMsg(message any) error {
	bytes, err := encode(message)
	if err != nil {
		s.failure = err
		return err
	}
	s.reply()
	select {
	case s.replies <- bytes:
		return nil
	case <-s.ctx.Done():
		return status.FromContextError(s.ctx.Err()).Err()
	}
}

// RecvMsg implements grpc.ServerStream.
func (s *serverStream) RecvMsg(message any) error {
	select {
	case bytes, ok := <-s.requests:
		if !ok {
			return io.EOF
		}
		return decode(bytes, message)
	case <-s.ctx.Done():
		return status.FromContextError(s.ctx.Err()).Err()
	}
}

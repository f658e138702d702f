package inproc

import (
	"context"

	"google.golang.org/grpc"
)

// chainUnary makes one interceptor of several, the first one outermost; nil of none, as handlers expect it.
func chainUnary(all []grpc.UnaryServerInterceptor) grpc.UnaryServerInterceptor {
	if len(all) == 0 {
		return nil
	}
	return func(ctx context.Context, request any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
		return unaryFrom(all, info, handler)(ctx, request)
	}
}

// unaryFrom is handler with the interceptors around it.
func unaryFrom(all []grpc.UnaryServerInterceptor, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) grpc.UnaryHandler {
	if len(all) == 0 {
		return handler
	}
	return func(ctx context.Context, request any) (any, error) {
		return all[0](ctx, request, info, unaryFrom(all[1:], info, handler))
	}
}

// chainStream makes one interceptor of several, the first one outermost; nil of none.
func chainStream(all []grpc.StreamServerInterceptor) grpc.StreamServerInterceptor {
	if len(all) == 0 {
		return nil
	}
	return func(impl any, stream grpc.ServerStream, info *grpc.StreamServerInfo, handler grpc.StreamHandler) error {
		return streamFrom(all, info, handler)(impl, stream)
	}
}

// streamFrom is handler with the interceptors around it.
func streamFrom(all []grpc.StreamServerInterceptor, info *grpc.StreamServerInfo, handler grpc.StreamHandler) grpc.StreamHandler {
	if len(all) == 0 {
		return handler
	}
	return func(impl any, stream grpc.ServerStream) error {
		return all[0](impl, stream, info, streamFrom(all[1:], info, handler))
	}
}

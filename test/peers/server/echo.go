package main

import (
	"fmt"
	"os"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/dynamicpb"
	"google.golang.org/protobuf/types/known/anypb"
)

// echoOf serves every RPC of a FileDescriptorSet as the comments of fixtures/vectors/transcoding.proto say.
func echoOf(path string) grpc.StreamHandler {
	bytes, err := os.ReadFile(path)
	check(err)
	var set descriptorpb.FileDescriptorSet
	check(proto.Unmarshal(bytes, &set))
	files, err := protodesc.NewFiles(&set)
	check(err)
	return func(_ any, stream grpc.ServerStream) error {
		name, _ := grpc.MethodFromServerStream(stream)
		method := findMethod(files, name)
		if method == nil {
			return status.Errorf(codes.Unimplemented, "unknown method %s", name)
		}
		return answer(stream, method)
	}
}

// findMethod takes /package.Service/Method.
func findMethod(files *protoregistry.Files, path string) protoreflect.MethodDescriptor {
	for i := 1; i < len(path); i++ {
		if path[i] == '/' {
			found, err := files.FindDescriptorByName(protoreflect.FullName(path[1:i] + "." + path[i+1:]))
			if err != nil {
				return nil
			}
			return found.(protoreflect.MethodDescriptor)
		}
	}
	return nil
}

func answer(stream grpc.ServerStream, method protoreflect.MethodDescriptor) error {
	if method.IsStreamingClient() {
		return collect(stream, method)
	}
	request := dynamicpb.NewMessage(method.Input())
	if err := stream.RecvMsg(request); err != nil {
		return err
	}
	switch {
	case method.IsStreamingServer():
		return list(stream, method, request)
	case method.Name() == "Fail":
		return failAs(request)
	case method.Name() == "Headers":
		stream.SetHeader(pairsOf(request, "header"))
		stream.SetTrailer(pairsOf(request, "trailer"))
	case method.Name() == "Download":
		reply := dynamicpb.NewMessage(method.Output())
		setText(reply, "content_type", "text/plain")
		set(reply, "data", protoreflect.ValueOfBytes([]byte(get(request, "name").String())))
		return stream.SendMsg(reply)
	}
	if string(method.Name()) == *planted {
		setText(request, "string_value", "planted")
	}
	if method.Input() != method.Output() {
		return stream.SendMsg(dynamicpb.NewMessage(method.Output()))
	}
	return stream.SendMsg(request)
}

// list emits messages with i0, i1 and so on in the field of text, or fails on the way.
func list(stream grpc.ServerStream, method protoreflect.MethodDescriptor, request protoreflect.Message) error {
	failAfter := get(request, "fail_after").Int()
	for i := range get(request, "count").Int() {
		if failAfter > 0 && i == failAfter {
			return failAs(request)
		}
		reply := dynamicpb.NewMessage(method.Output())
		if text := fmt.Sprint("i", i); method.Output().Name() == "HttpBody" {
			setText(reply, "content_type", "text/plain")
			set(reply, "data", protoreflect.ValueOfBytes([]byte(text)))
		} else {
			setText(reply, "name", text)
			set(reply, "size", protoreflect.ValueOfInt64(i))
		}
		if err := stream.SendMsg(reply); err != nil {
			return err
		}
	}
	return nil
}

func collect(stream grpc.ServerStream, method protoreflect.MethodDescriptor) error {
	reply := dynamicpb.NewMessage(method.Output())
	names := reply.Mutable(field(reply, "names")).List()
	for {
		request := dynamicpb.NewMessage(method.Input())
		if stream.RecvMsg(request) != nil {
			break
		}
		names.Append(get(request, "name"))
	}
	set(reply, "count", protoreflect.ValueOfInt32(int32(names.Len())))
	return stream.SendMsg(reply)
}

func failAs(request protoreflect.Message) error {
	code := codes.Unknown
	if asked := get(request, "code").Int(); asked >= 0 {
		code = codes.Code(asked)
	}
	failure := status.New(code, get(request, "message").String()).Proto()
	if field(request, "with_details") != nil && get(request, "with_details").Bool() {
		// Item{name: "detail", size: 7}
		failure.Details = append(failure.Details, &anypb.Any{
			TypeUrl: "type.googleapis.com/transcoding.vectors.v1.Item",
			Value:   append([]byte("\x0a\x06detail"), 0x10, 7),
		})
	}
	return status.ErrorProto(failure)
}

func pairsOf(request protoreflect.Message, name string) metadata.MD {
	pairs := metadata.MD{}
	get(request, name).Map().Range(func(key protoreflect.MapKey, value protoreflect.Value) bool {
		pairs.Append(key.String(), value.String())
		return true
	})
	return pairs
}

func field(message protoreflect.Message, name string) protoreflect.FieldDescriptor {
	return message.Descriptor().Fields().ByName(protoreflect.Name(name))
}

func get(message protoreflect.Message, name string) protoreflect.Value {
	return message.Get(field(message, name))
}

func set(message protoreflect.Message, name string, value protoreflect.Value) {
	message.Set(field(message, name), value)
}

func setText(message protoreflect.Message, name, text string) {
	set(message, name, protoreflect.ValueOfString(text))
}

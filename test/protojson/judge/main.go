// Answers what Go's protojson makes of messages, with the options that grpc-gateway's ServeMux has without any of its own.
//
//	protojson messages <descriptor set>   questions as JSON, one a line, on standard input; one answer a line
//	protojson floats                      the JSON of random and of edge single- and double-precision numbers
//
// A question is {"message": full name, "json": text} or {"message": full name, "binary": base64}. Its answer is
// {"binary": base64, "json": text}, or {"refused": "decode" | "encode", "error": text}.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"math"
	"math/rand"
	"os"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/dynamicpb"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

type question struct {
	Message string  `json:"message"`
	JSON    *string `json:"json"`
	Binary  string  `json:"binary"`
}

type answer struct {
	Refused string  `json:"refused,omitempty"`
	Error   string  `json:"error,omitempty"`
	Binary  string  `json:"binary,omitempty"`
	JSON    *string `json:"json,omitempty"`
}

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	if len(os.Args) == 3 && os.Args[1] == "messages" {
		answerAll(os.Args[2], out)
	} else if len(os.Args) == 2 && os.Args[1] == "floats" {
		printFloats(out)
	} else {
		log.Fatal("usage: protojson messages <descriptor set> | floats")
	}
}

func answerAll(path string, out io.Writer) {
	files, types := load(path)
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<24)
	for in.Scan() {
		var asked question
		if err := json.Unmarshal(in.Bytes(), &asked); err != nil {
			log.Fatal(err)
		}
		line, err := json.Marshal(answerOne(asked, files, types))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Fprintf(out, "%s\n", line)
	}
}

func load(path string) (*protoregistry.Files, *dynamicpb.Types) {
	data, err := os.ReadFile(path)
	if err != nil {
		log.Fatal(err)
	}
	var set descriptorpb.FileDescriptorSet
	if err := proto.Unmarshal(data, &set); err != nil {
		log.Fatal(err)
	}
	files, err := protodesc.NewFiles(&set)
	if err != nil {
		log.Fatal(err)
	}
	return files, dynamicpb.NewTypes(files)
}

func answerOne(asked question, files *protoregistry.Files, types *dynamicpb.Types) answer {
	found, err := files.FindDescriptorByName(protoreflect.FullName(asked.Message))
	if err != nil {
		log.Fatal(err)
	}
	message := dynamicpb.NewMessage(found.(protoreflect.MessageDescriptor))
	if err := decode(asked, message, types); err != nil {
		return answer{Refused: "decode", Error: err.Error()}
	}
	text, err := protojson.MarshalOptions{EmitUnpopulated: true, Resolver: types}.Marshal(message)
	if err != nil {
		return answer{Refused: "encode", Error: err.Error()}
	}
	binary, err := proto.MarshalOptions{Deterministic: true}.Marshal(message)
	if err != nil {
		return answer{Refused: "encode", Error: err.Error()}
	}
	// protojson puts spaces where it likes.
	var compact bytes.Buffer
	if err := json.Compact(&compact, text); err != nil {
		log.Fatal(err)
	}
	plain := compact.String()
	return answer{Binary: base64.StdEncoding.EncodeToString(binary), JSON: &plain}
}

// As a generated handler reads a body: the first JSON value of it, and an empty one leaves the message as it is.
func decode(asked question, message proto.Message, types *dynamicpb.Types) error {
	if asked.JSON == nil {
		binary, err := base64.StdEncoding.DecodeString(asked.Binary)
		if err != nil {
			return err
		}
		return proto.UnmarshalOptions{Resolver: types}.Unmarshal(binary, message)
	}
	var raw json.RawMessage
	err := json.NewDecoder(bytes.NewReader([]byte(*asked.JSON))).Decode(&raw)
	if err == io.EOF {
		return nil
	}
	if err != nil {
		return err
	}
	return protojson.UnmarshalOptions{DiscardUnknown: true, Resolver: types}.Unmarshal(raw, message)
}

func printFloats(out io.Writer) {
	random := rand.New(rand.NewSource(1))
	for _, value := range floats(random) {
		text := protojsonNumber(wrapperspb.Float(value))
		fmt.Fprintf(out, "f %d %s\n", math.Float32bits(value), text)
	}
	for _, value := range doubles(random) {
		text := protojsonNumber(wrapperspb.Double(value))
		fmt.Fprintf(out, "d %d %s\n", math.Float64bits(value), text)
	}
}

package scripted

import (
	"math"
	"math/rand/v2"

	"google.golang.org/protobuf/reflect/protoreflect"
)

type chance = *rand.Rand

func newChance(seed uint64) chance { return rand.New(rand.NewPCG(seed, 1)) }

// fill sets fields by chance, to values that have JSON.
func fill(message protoreflect.Message, c chance, depth int) {
	switch message.Descriptor().FullName() {
	case "google.protobuf.Any", "google.protobuf.FieldMask":
		return
	case "google.protobuf.Timestamp", "google.protobuf.Duration":
		fields := message.Descriptor().Fields()
		message.Set(fields.ByName("seconds"), protoreflect.ValueOfInt64(c.Int64N(4_000_000_000)))
		message.Set(fields.ByName("nanos"), protoreflect.ValueOfInt32(c.Int32N(1_000_000_000)))
		return
	case "google.protobuf.Value":
		message.Set(message.Descriptor().Fields().ByName("string_value"), protoreflect.ValueOfString(text(c)))
		return
	}
	fields := message.Descriptor().Fields()
	for i := range fields.Len() {
		field := fields.Get(i)
		isRequired := field.Cardinality() == protoreflect.Required
		if isRequired || (c.IntN(3) > 0 && (depth > 0 || field.Message() == nil)) {
			fillField(message, field, c, depth)
		}
	}
}

func fillField(message protoreflect.Message, field protoreflect.FieldDescriptor, c chance, depth int) {
	switch {
	case field.IsMap():
		entries := message.Mutable(field).Map()
		for range c.IntN(3) {
			key := scalar(field.MapKey(), c).MapKey()
			if value := field.MapValue(); value.Message() == nil {
				entries.Set(key, scalar(value, c))
			} else {
				fill(entries.Mutable(key).Message(), c, depth-1)
			}
		}
	case field.IsList():
		list := message.Mutable(field).List()
		for range c.IntN(3) {
			if field.Message() == nil {
				list.Append(scalar(field, c))
			} else {
				fill(list.AppendMutable().Message(), c, depth-1)
			}
		}
	case field.Message() != nil:
		fill(message.Mutable(field).Message(), c, depth-1)
	default:
		message.Set(field, scalar(field, c))
	}
}

func text(c chance) string {
	return []string{"", "a", "é", "\u2028<&>", "two words", "\x00\x1f\"\\", "shelves/1"}[c.IntN(7)]
}

func scalar(field protoreflect.FieldDescriptor, c chance) protoreflect.Value {
	switch field.Kind() {
	case protoreflect.BoolKind:
		return protoreflect.ValueOfBool(c.IntN(2) == 0)
	case protoreflect.StringKind:
		return protoreflect.ValueOfString(text(c))
	case protoreflect.BytesKind:
		return protoreflect.ValueOfBytes([]byte(text(c) + "\xff"))
	case protoreflect.EnumKind:
		values := field.Enum().Values()
		return protoreflect.ValueOfEnum(values.Get(c.IntN(values.Len())).Number())
	case protoreflect.FloatKind:
		return protoreflect.ValueOfFloat32(float32(c.NormFloat64()))
	case protoreflect.DoubleKind:
		return protoreflect.ValueOfFloat64([]float64{0, 1.5, c.NormFloat64() * 1e300, math.Inf(1), math.NaN(), math.Copysign(0, -1)}[c.IntN(6)])
	case protoreflect.Int32Kind, protoreflect.Sint32Kind, protoreflect.Sfixed32Kind:
		return protoreflect.ValueOfInt32(int32(c.Uint32()))
	case protoreflect.Uint32Kind, protoreflect.Fixed32Kind:
		return protoreflect.ValueOfUint32(c.Uint32())
	case protoreflect.Int64Kind, protoreflect.Sint64Kind, protoreflect.Sfixed64Kind:
		return protoreflect.ValueOfInt64(int64(c.Uint64()))
	default:
		return protoreflect.ValueOfUint64(c.Uint64())
	}
}

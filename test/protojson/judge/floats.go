package main

import (
	"log"
	"math"
	"math/rand"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

// Powers of two with their neighbours, powers of ten, decimals of few digits, thresholds of the two notations, and bits at random.
func floats(random *rand.Rand) []float32 {
	values := []float32{0, float32(math.Copysign(0, -1)), 1e-6, 9.99e-7, 1e21, 9.99999e20, math.MaxFloat32, 123456789, 0.1, 0.3}
	for exponent := uint32(0); exponent < 255; exponent++ {
		bits := exponent << 23
		values = append(values, math.Float32frombits(bits), math.Float32frombits(bits+1))
		if bits > 0 {
			values = append(values, math.Float32frombits(bits-1))
		}
	}
	for power := -45; power <= 38; power++ {
		values = append(values, float32(math.Pow10(power)), float32(3.4*math.Pow10(power-1)))
	}
	for count := 0; count < 300; count++ {
		values = append(values, float32(random.Intn(1_000_000))/100, float32(random.Intn(1<<31)), float32(random.Intn(1<<25)))
	}
	for count := 0; count < 1500; count++ {
		if value := math.Float32frombits(random.Uint32()); value == value && !math.IsInf(float64(value), 0) {
			values = append(values, value)
		}
	}
	return values
}

func doubles(random *rand.Rand) []float64 {
	values := []float64{0, math.Copysign(0, -1), 1e-6, 9.99e-7, 1e-7, 1e21, 1e20, 999999999999999900000, math.MaxFloat64, 5e-324, 0.1, 12.99, 1 << 53}
	for power := -323; power <= 308; power += 3 {
		values = append(values, math.Pow10(power))
	}
	for count := 0; count < 500; count++ {
		if value := math.Float64frombits(random.Uint64()); value == value && !math.IsInf(value, 0) {
			values = append(values, value)
		}
	}
	return values
}

func protojsonNumber(message proto.Message) string {
	text, err := protojson.Marshal(message)
	if err != nil {
		log.Fatal(err)
	}
	return string(text)
}

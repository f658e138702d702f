// A Terraform provider that has the schemas of a file and does nothing: `terraform validate` needs a provider's schemas, and the
// provider of AWS itself cannot be fetched where only package registries are reached.
package main

import (
	"context"
	"encoding/json"
	"os"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

type attribute struct {
	Type     json.RawMessage `json:"type"`
	Required bool            `json:"required"`
	Optional bool            `json:"optional"`
	Computed bool            `json:"computed"`
}

type block struct {
	Attributes map[string]attribute `json:"attributes"`
	Blocks     map[string]nested    `json:"blocks"`
}

type nested struct {
	Block    block `json:"block"`
	Required bool  `json:"required"`
}

type schemas struct {
	Resources   map[string]block `json:"resources"`
	DataSources map[string]block `json:"dataSources"`
}

// provider answers what `terraform validate` asks; anything else ends the process.
type provider struct {
	tfprotov6.ProviderServer
	schemas schemas
}

func main() {
	text, err := os.ReadFile(os.Getenv("PROVIDER_SCHEMAS"))
	if err != nil {
		panic(err)
	}
	own := &provider{}
	if err := json.Unmarshal(text, &own.schemas); err != nil {
		panic(err)
	}
	serve := func() tfprotov6.ProviderServer { return own }
	if err := tf6server.Serve("registry.terraform.io/hashicorp/aws", serve); err != nil {
		panic(err)
	}
}

func (p *provider) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return &tfprotov6.GetProviderSchemaResponse{
		Provider:          &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{}},
		ResourceSchemas:   schemasOf(p.schemas.Resources),
		DataSourceSchemas: schemasOf(p.schemas.DataSources),
	}, nil
}

func (p *provider) ValidateProviderConfig(_ context.Context, request *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return &tfprotov6.ValidateProviderConfigResponse{PreparedConfig: request.Config}, nil
}

func (p *provider) ValidateResourceConfig(context.Context, *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return &tfprotov6.ValidateResourceConfigResponse{}, nil
}

func (p *provider) ValidateDataResourceConfig(context.Context, *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return &tfprotov6.ValidateDataResourceConfigResponse{}, nil
}

func (p *provider) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	return &tfprotov6.StopProviderResponse{}, nil
}

func schemasOf(blocks map[string]block) map[string]*tfprotov6.Schema {
	schemas := map[string]*tfprotov6.Schema{}
	for name, own := range blocks {
		schemas[name] = &tfprotov6.Schema{Block: own.schema()}
	}
	return schemas
}

func (b block) schema() *tfprotov6.SchemaBlock {
	schema := &tfprotov6.SchemaBlock{}
	for name, own := range b.Attributes {
		kind, err := tftypes.ParseJSONType(own.Type)
		if err != nil {
			panic(err)
		}
		schema.Attributes = append(schema.Attributes, &tfprotov6.SchemaAttribute{
			Name: name, Type: kind, Required: own.Required, Optional: own.Optional, Computed: own.Computed,
		})
	}
	for name, own := range b.Blocks {
		least := int64(0)
		if own.Required {
			least = 1
		}
		schema.BlockTypes = append(schema.BlockTypes, &tfprotov6.SchemaNestedBlock{
			TypeName: name, Block: own.Block.schema(), Nesting: tfprotov6.SchemaNestedBlockNestingModeList, MinItems: least,
		})
	}
	return schema
}

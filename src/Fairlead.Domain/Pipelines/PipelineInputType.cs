using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Pipelines;

[JsonConverter(typeof(CamelCaseEnumConverter<PipelineInputType>))]
public enum PipelineInputType
{
    Text,

    Number,

    Boolean,
}

using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Pipelines;

[JsonConverter(typeof(CamelCaseEnumConverter<PipelineConcurrencyMode>))]
public enum PipelineConcurrencyMode
{
    /// <summary>One after the other, in the order in which they were asked for.</summary>
    Queue,

    /// <summary>One, and of those that wait the newest: the others are cancelled.</summary>
    Latest,

    /// <summary>Several, the others wait.</summary>
    Parallel,
}

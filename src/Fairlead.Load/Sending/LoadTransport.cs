using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Load.Sending;

/// <summary>The two forms of the Open Inference Protocol; a command is asked by plain HTTP, which counts as the first.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<LoadTransport>))]
public enum LoadTransport
{
    Rest,
    Grpc,
}

using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Load.Sending;

/// <summary>The two forms of the Open Inference Protocol.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<LoadTransport>))]
public enum LoadTransport
{
    Rest,
    Grpc,
}

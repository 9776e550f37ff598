using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Services;

/// <summary>How an instance is asked whether it is well.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<HealthKind>))]
public enum HealthKind
{
    /// <summary>Its port takes a connection.</summary>
    Tcp,

    /// <summary>A GET answers with a status from 200 to 399.</summary>
    Http,

    /// <summary><c>grpc.health.v1.Health/Check</c> answers SERVING.</summary>
    Grpc,
}

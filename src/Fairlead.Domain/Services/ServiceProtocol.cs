using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Services;

/// <summary>What a command service speaks on its port.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ServiceProtocol>))]
public enum ServiceProtocol
{
    /// <summary>HTTP/1.1, with WebSocket and server-sent events.</summary>
    Http,

    /// <summary>HTTP/2 in cleartext with prior knowledge.</summary>
    Http2,

    /// <summary>gRPC over HTTP/2 in cleartext.</summary>
    Grpc,
}

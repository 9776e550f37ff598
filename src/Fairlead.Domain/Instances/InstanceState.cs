using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Instances;

/// <summary>How an instance is.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<InstanceState>))]
public enum InstanceState
{
    /// <summary>Started, not yet well.</summary>
    Starting,

    /// <summary>Well, and taking requests when its server group does.</summary>
    Ready,

    /// <summary>It runs, but its checks or its answers fail: it takes no requests until it is well again.</summary>
    Ejected,

    /// <summary>It ended, and waits to be started again.</summary>
    Waiting,

    /// <summary>It takes no new requests and finishes those that it has.</summary>
    Draining,
}

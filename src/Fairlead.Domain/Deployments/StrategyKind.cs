using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Deployments;

/// <summary>How a release takes over.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<StrategyKind>))]
public enum StrategyKind
{
    /// <summary>All at once; what was live before stays warm for the way back.</summary>
    [JsonStringEnumMemberName("blue-green")]
    BlueGreen,

    /// <summary>All at once; whatever else there was of the service is gone once the new server group is well.</summary>
    Highlander,

    /// <summary>Batch by batch: instances of the new server group come as those of the old one go.</summary>
    Rolling,

    /// <summary>Weight by weight, with time for judgment at each.</summary>
    Canary,

    /// <summary>Copies of requests, and no traffic.</summary>
    Shadow,

    /// <summary>A pipeline does it.</summary>
    Custom,
}

using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Deployments;

[JsonConverter(typeof(CamelCaseEnumConverter<RolloutKind>))]
public enum RolloutKind
{
    /// <summary>A release comes into an environment.</summary>
    Deployment,

    /// <summary>What was live before comes back.</summary>
    Rollback,
}

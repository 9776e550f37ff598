using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Deployments;

[JsonConverter(typeof(CamelCaseEnumConverter<RolloutAdvice>))]
public enum RolloutAdvice
{
    GoOn,

    /// <summary>It cannot be said yet.</summary>
    Wait,

    Abort,
}

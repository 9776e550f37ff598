using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Sweeps.Running;

[JsonConverter(typeof(CamelCaseEnumConverter<TrialStatus>))]
public enum TrialStatus
{
    /// <summary>Begun; when its sweep has ended, it is begun again once the sweep goes on.</summary>
    Running,

    Succeeded,

    /// <summary>A step of it failed, or it has no value that can be compared.</summary>
    Failed,
}

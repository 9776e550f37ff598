using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Replay.Running;

[JsonConverter(typeof(CamelCaseEnumConverter<ReplayStatus>))]
public enum ReplayStatus
{
    Running,

    Succeeded,

    /// <summary>Ended before it was done, by whoever asked for it or with the control plane; it can be resumed.</summary>
    Stopped,

    /// <summary>Could not go on; it can be resumed when the cause is gone.</summary>
    Failed,
}

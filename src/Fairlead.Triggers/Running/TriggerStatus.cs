using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Triggers.Running;

/// <summary>How a trigger is.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<TriggerStatus>))]
public enum TriggerStatus
{
    /// <summary>Not looked at yet.</summary>
    New,

    Active,

    Paused,

    /// <summary>It cannot be looked at.</summary>
    Failing,
}

using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Sweeps.Running;

[JsonConverter(typeof(CamelCaseEnumConverter<SweepStatus>))]
public enum SweepStatus
{
    Running,

    /// <summary>All its trials were made, and at least one has a value.</summary>
    Succeeded,

    /// <summary>No trial has a value, or the project cannot be run any more.</summary>
    Failed,

    /// <summary>Somebody stopped it, or the control plane ended; it can go on.</summary>
    Stopped,
}

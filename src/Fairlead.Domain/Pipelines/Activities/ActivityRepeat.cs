using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Pipelines.Activities;

/// <summary>What is done when the control plane ended while an activity ran.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ActivityRepeat>))]
public enum ActivityRepeat
{
    /// <summary>It is run again.</summary>
    Idempotent,

    /// <summary>It is asked first whether it had its effect already, and run again only when it had not.</summary>
    AskBefore,
}

using System.Text.Json.Serialization;

namespace Fairlead.Statistics.Canary;

/// <summary>What a missing point means.</summary>
[JsonConverter(typeof(CanaryWords<CanaryNanStrategy>))]
public enum CanaryNanStrategy
{
    /// <summary>Nothing: it is left out.</summary>
    Remove,

    /// <summary>Zero, as of a counter that is only reported when something was counted.</summary>
    Replace,
}

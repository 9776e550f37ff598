using System.Text.Json.Serialization;

namespace Fairlead.Statistics.Canary;

/// <summary>What to do with a canary after a judgement.</summary>
[JsonConverter(typeof(CanaryWords<CanaryStep>))]
public enum CanaryStep
{
    /// <summary>Wait for the next judgement.</summary>
    Continue,

    /// <summary>Good to the end: release it.</summary>
    Pass,

    /// <summary>Not good: take it back.</summary>
    Fail,
}

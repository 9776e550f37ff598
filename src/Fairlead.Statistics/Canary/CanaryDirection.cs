using System.Text.Json.Serialization;

namespace Fairlead.Statistics.Canary;

/// <summary>Which change of a metric is bad.</summary>
[JsonConverter(typeof(CanaryWords<CanaryDirection>))]
public enum CanaryDirection
{
    Either,
    Increase,
    Decrease,
}

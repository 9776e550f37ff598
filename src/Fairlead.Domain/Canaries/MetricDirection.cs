using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Canaries;

/// <summary>Which change of a metric is bad.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MetricDirection>))]
public enum MetricDirection
{
    Either,
    Increase,
    Decrease,
}

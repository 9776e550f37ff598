using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Projects;

/// <summary>How a value is compared with a bound.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ThresholdOperator>))]
public enum ThresholdOperator
{
    Above,

    AtLeast,

    Below,

    AtMost,
}

using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Datasets;

[JsonConverter(typeof(CamelCaseEnumConverter<DatasetTask>))]
public enum DatasetTask
{
    Profile,
    Check,
    Compare,
}

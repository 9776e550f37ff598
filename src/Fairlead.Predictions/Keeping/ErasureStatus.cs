using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Predictions.Keeping;

[JsonConverter(typeof(CamelCaseEnumConverter<ErasureStatus>))]
public enum ErasureStatus
{
    /// <summary>Under way, or waiting to be taken up again.</summary>
    Running,

    /// <summary>Nothing that could be searched holds the unit any more.</summary>
    Completed,
}

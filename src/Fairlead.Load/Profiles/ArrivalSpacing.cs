using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Load.Profiles;

/// <summary>How requests lie within the rate.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ArrivalSpacing>))]
public enum ArrivalSpacing
{
    /// <summary>Equal gaps: the asked rate is met in every second, and two runs are comparable.</summary>
    Even,

    /// <summary>Independent users: exponential gaps, so that requests come in bursts and how many there are varies from run to run.</summary>
    Poisson,
}

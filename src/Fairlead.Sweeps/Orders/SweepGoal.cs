using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Sweeps.Orders;

[JsonConverter(typeof(CamelCaseEnumConverter<SweepGoal>))]
public enum SweepGoal
{
    Maximize,

    Minimize,
}

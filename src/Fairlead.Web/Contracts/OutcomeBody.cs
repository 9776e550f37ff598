using System.Text.Json;
using Fairlead.Domain.Predictions;

namespace Fairlead.Web.Contracts;

/// <param name="Prediction">Id of the scored row; left out when service and unit are given.</param>
/// <param name="Outcome">A flat object of scalars, such as <c>{"late": 1}</c>.</param>
/// <param name="Time">When it became true; null means now.</param>
public sealed record OutcomeBody(PredictionId? Prediction, JsonElement Outcome, DateTimeOffset? Time)
{
    /// <summary>One that declares a key for its outcomes.</summary>
    public string? Service { get; init; }

    /// <summary>Null for every environment.</summary>
    public string? Environment { get; init; }

    /// <summary>Whom the predictions were made for.</summary>
    public string? Unit { get; init; }
}

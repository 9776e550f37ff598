using System.Text.Json;
using Fairlead.Domain.Predictions;

namespace Fairlead.Predictions.Outcomes;

/// <summary>What turned out to be true, for a prediction or for a unit.</summary>
/// <param name="Prediction">The scored row, unless <see cref="Unit"/> is there. It need not be known (yet).</param>
/// <param name="Values">A flat JSON object of scalars, such as <c>{"late": 1}</c>.</param>
/// <param name="Time">When it became true; null means now. Of several outcomes of one prediction the one with the latest time counts, of one time the one posted last.</param>
public sealed record Outcome(PredictionId Prediction, JsonElement Values, DateTimeOffset? Time = null)
{
    /// <summary>In place of a prediction.</summary>
    public OutcomeUnit? Unit { get; init; }
}

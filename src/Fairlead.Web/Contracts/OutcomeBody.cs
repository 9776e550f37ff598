using System.Text.Json;
using Fairlead.Domain.Predictions;

namespace Fairlead.Web.Contracts;

/// <param name="Prediction">Id of the scored row.</param>
/// <param name="Outcome">A flat object of scalars, such as <c>{"late": 1}</c>.</param>
/// <param name="Time">When it became true; null means now.</param>
public sealed record OutcomeBody(PredictionId Prediction, JsonElement Outcome, DateTimeOffset? Time);

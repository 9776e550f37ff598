using Fairlead.Domain.Predictions;

namespace Fairlead.Domain.Serialization;

internal sealed class PredictionIdJsonConverter : TextJsonConverter<PredictionId>
{
    protected override PredictionId Parse(string text) => PredictionId.Parse(text);
}

using Fairlead.Domain.Predictions;

namespace Fairlead.Domain.Serialization;

/// <summary>Writes it as its text. Public because the source generated contexts of other rooms name it.</summary>
public sealed class PredictionIdJsonConverter : TextJsonConverter<PredictionId>
{
    protected override PredictionId Parse(string text) => PredictionId.Parse(text);
}

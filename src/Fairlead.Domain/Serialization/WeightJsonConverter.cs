using System.Text.Json;
using System.Text.Json.Serialization;
using Fairlead.Domain.Deployments;

namespace Fairlead.Domain.Serialization;

/// <summary>A weight is a number of hundredths of a percent.</summary>
public sealed class WeightJsonConverter : JsonConverter<Weight>
{
    public override Weight Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var hundredths = reader.GetInt32();
        return hundredths is >= 0 and <= Weight.Whole
            ? new Weight(hundredths)
            : throw new JsonException($"{hundredths} is no weight; expected 0 to {Weight.Whole} hundredths of a percent.");
    }

    public override void Write(Utf8JsonWriter writer, Weight value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Hundredths);
}

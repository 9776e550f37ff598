using System.Text.Json;
using Fairlead.Inference.Tensors;

namespace Fairlead.Inference.Rest;

/// <summary>Reads the <c>parameters</c> of a request, of an input and of a requested output. The reader stands at the value.</summary>
internal static class ParametersParser
{
    // Unescaped, no known parameter is longer; what is longer is a client's own.
    private const int LongestKey = 256;

    public static void ReadRequest(ref Utf8JsonReader reader, InferRequest request)
    {
        if (!Enter(ref reader, "The request"))
            return;
        Span<byte> unescaped = stackalloc byte[LongestKey];
        while (Next(ref reader))
        {
            // A second reader keeps the name while the first goes on to the value.
            var at = reader;
            reader.Read();
            var key = at.ValueIsEscaped && at.ValueSpan.Length <= LongestKey ? unescaped[..at.CopyString(unescaped)] : at.ValueSpan;
            var expected = request.Parameters.Take(key, Value(ref reader), request.Outputs);
            if (expected is not null && reader.TokenType != JsonTokenType.Null)
                throw JsonRefusal.Member(ref reader, "The request", $"parameters.{Refusal.Cut(key)}", expected);
            reader.Skip();
        }
    }

    /// <returns>The value of <c>binary_data_size</c> in bytes, or null when the input has none.</returns>
    public static int? ReadInput(ref Utf8JsonReader reader, TensorCodec? tensor)
    {
        int? size = null;
        var owner = Refusal.Input(tensor);
        if (!Enter(ref reader, owner))
            return size;
        while (Next(ref reader))
        {
            if (reader.ValueTextEquals("binary_data_size"u8))
            {
                reader.Read();
                size = ReadCount(ref reader, owner, "parameters.binary_data_size", "a whole number of bytes from 0");
            }
            else if (reader.ValueTextEquals("shared_memory_region"u8))
            {
                throw Refusal.SharedMemory(owner);
            }
            else
            {
                reader.Skip();
            }
        }

        return size;
    }

    public static RequestedOutput ReadOutput(ref Utf8JsonReader reader)
    {
        var output = default(RequestedOutput);
        if (!Enter(ref reader, "An output"))
            return output;
        while (Next(ref reader))
        {
            if (reader.ValueTextEquals("binary_data"u8))
            {
                reader.Read();
                if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
                    throw JsonRefusal.Member(ref reader, "An output", "parameters.binary_data", "true or false");
                output = output with { IsBinary = reader.TokenType == JsonTokenType.True };
            }
            else if (reader.ValueTextEquals("classification"u8))
            {
                reader.Read();
                output = output with { Classes = ReadCount(ref reader, "An output", "parameters.classification", "a whole number of classes from 0") };
            }
            else if (reader.ValueTextEquals("shared_memory_region"u8))
            {
                throw Refusal.SharedMemory("An output");
            }
            else
            {
                reader.Skip();
            }
        }

        return output;
    }

    /// <summary>False when there are none to be read.</summary>
    private static bool Enter(ref Utf8JsonReader reader, string owner) => reader.TokenType switch
    {
        JsonTokenType.StartObject => true,
        JsonTokenType.Null => false,
        _ => throw JsonRefusal.Member(ref reader, owner, "parameters", "an object"),
    };

    private static bool Next(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    private static int ReadCount(ref Utf8JsonReader reader, string owner, string member, string expected) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var count) && count >= 0
            ? count
            : throw JsonRefusal.Member(ref reader, owner, member, expected);

    private static ParameterValue Value(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => new ParameterValue { IsBool = true, Bool = true },
        JsonTokenType.False => new ParameterValue { IsBool = true },
        JsonTokenType.String => new ParameterValue { IsText = true },
        JsonTokenType.Number when reader.TryGetInt64(out var value) => new ParameterValue { Whole = value },
        JsonTokenType.Number when reader.TryGetUInt64(out var value) => new ParameterValue { Whole = value },
        _ => default,
    };
}

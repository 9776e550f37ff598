using System.Text;
using System.Text.Json;
using Fairlead.Inference.Tensors;

namespace Fairlead.Inference.Rest;

/// <summary>Reads a request's <c>outputs</c>.</summary>
internal static class OutputsParser
{
    /// <summary>The reader stands at the value.</summary>
    public static void Read(ref Utf8JsonReader reader, SignatureCodec codec, string model, OutputChoice outputs)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return;
        if (reader.TokenType != JsonTokenType.StartArray)
            throw JsonRefusal.Member(ref reader, "The request", "outputs", "a list");
        var expected = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            expected = ReadOne(ref reader, codec, model, outputs, expected) + 1;
    }

    private static int ReadOne(ref Utf8JsonReader reader, SignatureCodec codec, string model, OutputChoice outputs, int expected)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw JsonRefusal.Member(ref reader, "The request", "outputs", "objects with 'name'");
        var index = -1;
        var output = default(RequestedOutput);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
            {
                reader.Read();
                index = ReadName(ref reader, codec, model, expected);
            }
            else if (reader.ValueTextEquals("parameters"u8))
            {
                reader.Read();
                output = ParametersParser.ReadOutput(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        if (index < 0)
            throw Refusal.NamelessOutput(model);
        outputs.Add(index, codec, output);
        return index;
    }

    private static int ReadName(ref Utf8JsonReader reader, SignatureCodec codec, string model, int expected)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw JsonRefusal.Member(ref reader, "An output", "name", "a string");
        var index = NameFinder.Find(ref reader, codec.Outputs, expected);
        return index >= 0 ? index : throw Refusal.UnknownOutput(codec, model, Encoding.UTF8.GetBytes(reader.GetString()!));
    }
}

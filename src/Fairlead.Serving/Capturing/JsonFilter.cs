using System.Buffers;
using System.Text;
using System.Text.Json;
using Fairlead.Domain.Predictions;

namespace Fairlead.Serving.Capturing;

/// <summary>Writes a JSON body as it may be recorded: byte for byte, but <c>null</c> or a hash in place of hidden values.</summary>
/// <param name="hash">Set when anything is hashed.</param>
internal sealed class JsonFilter(JsonPath root, CaptureHash? hash)
{
    private const int DeepestPath = 512;
    private const int CharRoom = 256;
    private static readonly JsonReaderOptions Reading = new() { MaxDepth = DeepestPath, AllowMultipleValues = true };

    /// <returns>False when the body is no JSON; what was written is to be thrown away.</returns>
    public bool TryWrite(ReadOnlySpan<byte> body, IBufferWriter<byte> target)
    {
        try
        {
            Write(body, target);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second: text that is not UTF-8.
            return false;
        }
    }

    private void Write(ReadOnlySpan<byte> body, IBufferWriter<byte> target)
    {
        var reader = new Utf8JsonReader(body, Reading);
        var open = new Stack<JsonPath?>();
        JsonPath? member = null;
        var copied = 0;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    member = open.Peek() is { } path ? Find(path, ref reader) : null;
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    open.Pop();
                    member = PathInside(open);
                    continue;
            }

            // A list is seen through: its items are where it is.
            var place = open.Count == 0 ? root : member;
            if (place is { Treatment: not FieldTreatment.Keep } && !(place.Treatment == FieldTreatment.Hash && reader.TokenType == JsonTokenType.StartArray))
            {
                var start = (int)reader.TokenStartIndex;
                target.Write(body[copied..start]);
                WriteHidden(place, ref reader, body, target);
                copied = (int)reader.BytesConsumed;
            }
            else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                open.Push(place);
            }

            member = PathInside(open);
        }

        target.Write(body[copied..]);
    }

    /// <summary>Where an item of the innermost list is; what a member of an object is, its name says.</summary>
    private static JsonPath? PathInside(Stack<JsonPath?> open) => open.TryPeek(out var path) ? path : null;

    private static JsonPath? Find(JsonPath path, ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[CharRoom];
        return reader.ValueSpan.Length <= CharRoom ? path.Find(room[..reader.CopyString(room)]) : path.Find(reader.GetString());
    }

    private void WriteHidden(JsonPath place, ref Utf8JsonReader reader, ReadOnlySpan<byte> body, IBufferWriter<byte> target)
    {
        var start = (int)reader.TokenStartIndex;
        var type = reader.TokenType;
        if (type is JsonTokenType.StartObject or JsonTokenType.StartArray)
            reader.Skip();
        if (place.Treatment == FieldTreatment.Redact || type == JsonTokenType.Null)
        {
            target.Write("null"u8);
            return;
        }

        Span<byte> text = stackalloc byte[CaptureHash.Length + 2];
        text[0] = text[^1] = (byte)'"';
        var digits = text[1..^1];
        switch (type)
        {
            case JsonTokenType.True or JsonTokenType.False:
                hash!.Write(type == JsonTokenType.True, digits);
                break;
            case JsonTokenType.Number when reader.TryGetInt64(out var whole):
                hash!.Write(whole, digits);
                break;
            case JsonTokenType.Number when reader.TryGetUInt64(out var large):
                hash!.Write(large, digits);
                break;
            case JsonTokenType.Number:
                hash!.Write(reader.GetDouble(), digits);
                break;
            case JsonTokenType.String when !reader.ValueIsEscaped:
                hash!.Write(reader.ValueSpan, digits);
                break;
            case JsonTokenType.String:
                hash!.Write(Encoding.UTF8.GetBytes(reader.GetString()!), digits);
                break;
            default:
                hash!.Write(body[start..(int)reader.BytesConsumed], digits);
                break;
        }

        target.Write(text);
    }
}

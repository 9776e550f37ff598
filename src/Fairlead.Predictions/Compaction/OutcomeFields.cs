using System.Text;
using System.Text.Json;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Compaction;

/// <summary>
/// The union of the fields of many flat JSON objects. Numbers are DOUBLE, booleans BOOLEAN, everything else and every mixture VARCHAR.
/// A field that was always null is BOOLEAN, the type that gives way to any other when files are read together.
/// Names are told apart without case, as SQL does.
/// </summary>
internal sealed class OutcomeFields
{
    private readonly Dictionary<string, int> indexes = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> names = [];
    private readonly List<OutcomeFieldKind> kinds = [];
    private (JsonTokenType Token, byte[] Text)[] row = [];

    public string StructType =>
        names.Count == 0
            ? TensorColumn.Nothing
            : $"STRUCT({string.Join(", ", names.Select((name, i) => $"{DuckDbText.Name(name)} {SqlType(kinds[i])}"))})";

    /// <exception cref="JsonException">The text is no JSON object.</exception>
    public void Learn(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (!indexes.TryGetValue(name, out var index))
            {
                indexes[name] = index = names.Count;
                names.Add(name);
                kinds.Add(OutcomeFieldKind.Null);
            }

            kinds[index] = Join(kinds[index], KindOf(reader.TokenType));
        }
    }

    /// <summary>Writes an object that was learned before.</summary>
    public void Write(DuckDbColumnWriter column, ReadOnlySpan<byte> json)
    {
        if (names.Count == 0)
        {
            column.WriteNull();
            return;
        }

        Array.Resize(ref row, names.Count);
        Array.Clear(row);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var index = indexes[reader.GetString()!];
            reader.Read();
            // A name that comes twice has its last value.
            row[index] = (reader.TokenType, reader.TokenType == JsonTokenType.String ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan.ToArray());
        }

        for (var i = 0; i < row.Length; i++)
            Write(column.Fields[i], kinds[i], row[i].Token, row[i].Text);
        column.EndStruct();
    }

    private static void Write(DuckDbColumnWriter field, OutcomeFieldKind kind, JsonTokenType token, byte[] text)
    {
        if (token is JsonTokenType.None or JsonTokenType.Null)
            field.WriteNull();
        else if (kind == OutcomeFieldKind.Boolean)
            field.Write((byte)(token == JsonTokenType.True ? 1 : 0));
        else if (kind == OutcomeFieldKind.Number)
            field.Write(double.Parse(text));
        else
            LosslessText.Write(field, text);
    }

    private static OutcomeFieldKind KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.Null => OutcomeFieldKind.Null,
        JsonTokenType.True or JsonTokenType.False => OutcomeFieldKind.Boolean,
        JsonTokenType.Number => OutcomeFieldKind.Number,
        JsonTokenType.String => OutcomeFieldKind.Text,
        _ => throw new JsonException("An outcome holds something else than scalars."),
    };

    private static OutcomeFieldKind Join(OutcomeFieldKind left, OutcomeFieldKind right) =>
        left == right || right == OutcomeFieldKind.Null ? left
        : left == OutcomeFieldKind.Null ? right
        : OutcomeFieldKind.Text;

    private static string SqlType(OutcomeFieldKind kind) => kind switch
    {
        OutcomeFieldKind.Number => "DOUBLE",
        OutcomeFieldKind.Text => "VARCHAR",
        _ => "BOOLEAN",
    };
}

using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fairlead.Predictions.Query;

namespace Fairlead.Web.Pages.Views;

/// <summary>One value of an answer.</summary>
/// <param name="Text">Null for NULL; what is nested is JSON.</param>
/// <param name="Path">The page about it, or null.</param>
public sealed record QueryCellView(string? Text, string? Path)
{
    private const int Longest = 400;
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="value">As a query's result holds it.</param>
    internal static QueryCellView Of(QueryColumnView column, object? value)
    {
        var text = value switch
        {
            null => null,
            string known => known,
            bool known => known ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => Json(value),
        };
        var path = column.IsPrediction && text is not null ? PagePaths.Prediction(text) : null;
        return new QueryCellView(text is { Length: > Longest } ? string.Concat(text.AsSpan(0, Longest), "…") : text, path);
    }

    private static string Json(object value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
            QueryRowWriter.WriteValue(writer, value);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

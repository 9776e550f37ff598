using System.Text.Json;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;

namespace Fairlead.Load.Inputs;

/// <summary>Converts values of rows to elements of an input. A text is never taken for a number: it is most likely the wrong column.</summary>
internal static class InputValue
{
    /// <returns>bool, long, ulong, double or string.</returns>
    /// <exception cref="FairleadException">Invalid: the value has no form in that type.</exception>
    public static object Convert(string column, TensorType type, JsonElement value) =>
        TryConvert(type, value) ?? throw FairleadException.Invalid($"The column '{column}' holds {Describe(value)}, which is no {type.WireName()}; choose data whose column '{column}' fits the service's input.");

    private static object? TryConvert(TensorType type, JsonElement value) => type switch
    {
        TensorType.Bool => ToBool(value),
        TensorType.UInt8 => ToInteger(value, byte.MinValue, byte.MaxValue),
        TensorType.UInt16 => ToInteger(value, ushort.MinValue, ushort.MaxValue),
        TensorType.UInt32 => ToInteger(value, uint.MinValue, uint.MaxValue),
        TensorType.UInt64 => value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out var number) ? number : ToInteger(value, 0, long.MaxValue),
        TensorType.Int8 => ToInteger(value, sbyte.MinValue, sbyte.MaxValue),
        TensorType.Int16 => ToInteger(value, short.MinValue, short.MaxValue),
        TensorType.Int32 => ToInteger(value, int.MinValue, int.MaxValue),
        TensorType.Int64 => ToInteger(value, long.MinValue, long.MaxValue),
        TensorType.Float16 => ToFloat(value, (double)Half.MaxValue),
        TensorType.BFloat16 or TensorType.Float32 => ToFloat(value, float.MaxValue),
        TensorType.Float64 => ToFloat(value, double.MaxValue),
        TensorType.Bytes => ToText(value),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "unknown element type"),
    };

    private static object? ToBool(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when value.TryGetDouble(out var number) && number is 0 or 1 => value.GetDouble() == 1,
        _ => null,
    };

    private static object? ToInteger(JsonElement value, long min, long max)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.ValueKind == JsonValueKind.True ? 1L : 0L;
        if (value.ValueKind != JsonValueKind.Number)
            return null;
        if (!value.TryGetInt64(out var number))
        {
            // 3.0 is a whole number, and so is 3e2; beyond 2^53 a double no longer tells which.
            var real = value.GetDouble();
            if (real != Math.Floor(real) || Math.Abs(real) > 1L << 53)
                return null;
            number = (long)real;
        }

        return number >= min && number <= max ? number : null;
    }

    private static object? ToFloat(JsonElement value, double max) => value.ValueKind switch
    {
        JsonValueKind.True => 1.0,
        JsonValueKind.False => 0.0,
        JsonValueKind.Number when Math.Abs(value.GetDouble()) <= max => value.GetDouble(),
        _ => null,
    };

    private static string? ToText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => $"the text '{value.GetString()}'",
        JsonValueKind.Array or JsonValueKind.Object => "a nested value",
        _ => $"'{value.GetRawText()}'",
    };
}

using System.Globalization;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query;

/// <summary>
/// Values as JSON has them: null, bool, long, ulong, float, double, decimal, string, object?[] and dictionaries by name.
/// Numbers that JSON has not (NaN, infinities, integers beyond 64 bits) are texts; times are ISO 8601, with a Z where they are instants; BLOBs are Base64.
/// </summary>
internal static class QueryValue
{
    public static object? From(object? value) => value switch
    {
        null or bool or string or decimal or long or ulong => value,
        sbyte or byte or short or ushort or int or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        float number => float.IsFinite(number) ? number : Text(number),
        double number => double.IsFinite(number) ? number : Text(number),
        Int128 number => number >= long.MinValue && number <= long.MaxValue ? (long)number : number.ToString(CultureInfo.InvariantCulture),
        UInt128 number => number <= long.MaxValue ? (long)number : number.ToString(CultureInfo.InvariantCulture),
        Guid id => id.ToString("D"),
        byte[] data => Convert.ToBase64String(data),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFK", CultureInfo.InvariantCulture),
        DuckDbInterval interval => interval.ToString(),
        object?[] list => Array.ConvertAll(list, From),
        Dictionary<string, object?> structure => structure.ToDictionary(field => field.Key, field => From(field.Value), StringComparer.Ordinal),
        KeyValuePair<object, object?>[] map => FromMap(map),
        _ => throw new NotSupportedException($"A value of type {value.GetType().Name} has no form in JSON."),
    };

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    // A key that is no text becomes one: JSON has no others.
    private static Dictionary<string, object?> FromMap(KeyValuePair<object, object?>[] map)
    {
        var entries = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in map)
            entries[Convert.ToString(From(key), CultureInfo.InvariantCulture) ?? ""] = From(value);
        return entries;
    }
}

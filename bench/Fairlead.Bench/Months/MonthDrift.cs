using System.Globalization;
using System.Text.Json;

namespace Fairlead.Bench.Months;

/// <summary>What a drift report says of one month's share of late flights.</summary>
/// <param name="Month">Such as <c>2001-02</c>.</param>
/// <param name="Severity">none, slight or strong.</param>
/// <param name="Effect">Its size, about in standard deviations.</param>
/// <param name="DailyP">How probable it is by chance when days, not flights, are independent; null where the report does not tell.</param>
internal sealed record MonthDrift(string Month, string Severity, double Effect, double? DailyP)
{
    private const string Field = "outcome.late";

    public static MonthDrift Read(JsonElement comparison)
    {
        var field = comparison.GetProperty("fields").EnumerateArray().FirstOrDefault(field => field.GetProperty("name").GetString() == Field);
        if (field.ValueKind == JsonValueKind.Undefined)
            throw new BenchException($"The drift report does not speak of '{Field}' in '{comparison.GetProperty("period")}'.");
        return new MonthDrift(
            comparison.GetProperty("period").GetString()!,
            field.GetProperty("severity").GetString()!.ToLowerInvariant(),
            field.GetProperty("effect").GetDouble(),
            field.TryGetProperty("dailyPValue", out var daily) && daily.ValueKind == JsonValueKind.Number ? daily.GetDouble() : null);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Month} {Severity} {Effect:0.00}{(DailyP is { } p ? $" (p by days {p:0.###})" : "")}");
}

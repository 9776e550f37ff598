namespace Fairlead.DuckDb;

/// <summary>A calendar interval: months and days have no fixed length, so the three parts stay apart.</summary>
public readonly record struct DuckDbInterval(int Months, int Days, long Microseconds)
{
    /// <summary>An ISO 8601 duration, such as <c>P1M2DT3.5S</c>.</summary>
    public override string ToString()
    {
        var date = (Months == 0 ? "" : $"{Months}M") + (Days == 0 ? "" : $"{Days}D");
        var time = Microseconds == 0 ? "" : FormattableString.Invariant($"T{Microseconds / 1_000_000m:0.######}S");
        return date.Length + time.Length == 0 ? "PT0S" : "P" + date + time;
    }
}

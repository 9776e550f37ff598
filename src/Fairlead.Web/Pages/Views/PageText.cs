using System.Globalization;
using System.Text.Json;

namespace Fairlead.Web.Pages.Views;

/// <summary>How numbers and times read on pages.</summary>
internal static class PageText
{
    private static readonly string[] ByteUnits = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>Such as "3 min ago"; "just now" for less than five seconds and for what a clock elsewhere puts into the future.</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now)
    {
        var age = now - at;
        return age.TotalSeconds < 5 ? "just now"
            : age.TotalSeconds < 60 ? $"{(int)age.TotalSeconds} s ago"
            : age.TotalMinutes < 60 ? $"{(int)age.TotalMinutes} min ago"
            : age.TotalHours < 48 ? $"{(int)age.TotalHours} h ago"
            : $"{(int)age.TotalDays} days ago";
    }

    /// <summary>Such as "850 ms", "12.3 s", "4 min 05 s", "2 h 10 min".</summary>
    public static string Duration(TimeSpan span) =>
        span.TotalSeconds < 1 ? $"{span.TotalMilliseconds:0} ms"
        : span.TotalSeconds < 60 ? $"{span.TotalSeconds:0.0} s"
        : span.TotalHours < 1 ? $"{(int)span.TotalMinutes} min {span.Seconds:00} s"
        : $"{(int)span.TotalHours} h {span.Minutes:00} min";

    /// <summary>Such as "0.41 ms".</summary>
    public static string Latency(long microseconds) => (microseconds / 1000.0).ToString("0.00", CultureInfo.InvariantCulture) + " ms";

    /// <summary>Such as "640 B", "1.5 MiB".</summary>
    public static string Bytes(long bytes)
    {
        var unit = 0;
        var size = (double)bytes;
        for (; size >= 1024 && unit < ByteUnits.Length - 1; unit++)
            size /= 1024;
        return unit == 0 ? $"{bytes} B" : $"{size:0.0} {ByteUnits[unit]}";
    }

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A recorded value: text as it is, everything else as JSON.</summary>
    public static string Value(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    /// <summary>Such as "+2.10 %"; a dash for null.</summary>
    public static string Change(double? share) =>
        share is { } value ? (value * 100).ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture) + " %" : "–";

    /// <summary>Such as "0.0312" or "&lt; 0.0001".</summary>
    public static string PValue(double p) => p < 0.0001 ? "< 0.0001" : p.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>Six significant digits.</summary>
    public static string Number(double number) => number.ToString("G6", CultureInfo.InvariantCulture);
}

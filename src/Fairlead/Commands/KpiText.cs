using System.Globalization;
using Fairlead.Domain.Problems;
using Fairlead.Monitoring.Kpis;

namespace Fairlead.Commands;

/// <summary>How KPIs are written.</summary>
internal static class KpiText
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    public static string Number(double? value) => value is { } known ? known.ToString("0.####", CultureInfo.InvariantCulture) : "–";

    public static string Interval(KpiValue value) => value.Low is null ? "" : $"{Number(value.Low)} … {Number(value.High)}";

    public static string Verdict(KpiValue value) => value.Verdict switch
    {
        KpiVerdict.Met => "met",
        KpiVerdict.Missed => "missed",
        KpiVerdict.Unsure => "missed?",
        KpiVerdict.Unknown => "–",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.Verdict, "unknown verdict"),
    };

    /// <summary>What a value is of, below its service and environment.</summary>
    public static string Part(KpiValue value) => value.ServerGroup ?? (value.By is { } by ? $"{by} = {value.Segment}" : "");

    /// <summary>The whole windows of one service as bars between the least and the largest value; blanks where there is none.</summary>
    public static string Trend(IEnumerable<KpiPoint> points, KpiValue of)
    {
        var values = points.Select(point => point.Values.FirstOrDefault(value => value.Environment == of.Environment && value.Service == of.Service && Part(value) == Part(of))?.Value).ToList();
        var known = values.OfType<double>().ToList();
        if (known.Count == 0)
            return "";
        var (low, high) = (known.Min(), known.Max());
        return string.Concat(values.Select(value => value is not { } number ? ' ' : Bars[high > low ? (int)Math.Round((number - low) / (high - low) * (Bars.Length - 1)) : Bars.Length / 2]));
    }

    /// <summary>Reads <c>36h</c>, <c>30d</c>, <c>4w</c> as days.</summary>
    /// <exception cref="FairleadException">Invalid.</exception>
    public static double Days(string text) => ExperimentText.ParseDays(text);
}

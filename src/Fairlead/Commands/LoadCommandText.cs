using System.Globalization;
using Fairlead.Domain.Problems;
using Fairlead.Load;
using Fairlead.Load.Profiles;
using Fairlead.Load.Sending;

namespace Fairlead.Commands;

/// <summary>How durations, rates and orders are read and said.</summary>
internal static class LoadCommandText
{
    public static readonly string[] Profiles = ["steady", "ramp", "spike"];
    private static readonly (string Suffix, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)];

    /// <exception cref="FairleadException">Invalid.</exception>
    public static TimeSpan ParseDuration(string option, string text)
    {
        foreach (var (suffix, seconds) in Units)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal)
                && double.TryParse(text[..^suffix.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number * seconds <= LoadProfile.MaxDuration.TotalSeconds)
                return TimeSpan.FromSeconds(number * seconds);
        }

        throw FairleadException.Invalid($"{option} '{text}' is not a duration; expected a number with ms, s, m or h, such as '30s', and at most {LoadProfile.MaxDuration.TotalHours} hours.");
    }

    /// <summary>What is about to happen, and to whom.</summary>
    public static string Describe(LoadOrder order)
    {
        var rate = order.Profile switch
        {
            RampProfile => $"0 to {order.Profile.Rate:0.##}/s",
            SpikeProfile spike => $"{spike.Rate:0.##}/s with a spike of {spike.Rate * spike.Factor:0.##}/s",
            _ => $"{order.Profile.Rate:0.##}/s",
        };
        var place = order.Target.Environment is { } environment ? $" in {environment}" : "";
        return $"{rate} for {order.Profile.Duration.TotalSeconds:0.##} s to {order.Target.Service}{place} at {order.Target.Url} over {(order.Transport == LoadTransport.Grpc ? "gRPC" : "HTTP")}, {(order.Data is { } data ? $"inputs from {data}" : "without bodies")}";
    }

    /// <param name="seconds">Three digits and the unit that suits them.</param>
    public static string Latency(double seconds) => seconds switch
    {
        0 => "-",
        < 0.000_999_5 => $"{seconds * 1e6:0} µs",
        < 0.009_995 => $"{seconds * 1e3:0.00} ms",
        < 0.099_95 => $"{seconds * 1e3:0.0} ms",
        < 0.9995 => $"{seconds * 1e3:0} ms",
        _ => $"{seconds:0.00} s",
    };
}

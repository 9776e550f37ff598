namespace Fairlead.Predictions.Log;

/// <summary>Times as the log writes them.</summary>
internal static class Microseconds
{
    /// <summary>Microseconds since 1970-01-01 UTC.</summary>
    public static long Of(DateTimeOffset time) => (time.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}

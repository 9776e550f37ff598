using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.Telemetry.Tracing;

/// <summary>Puts the trace that a request belongs to beside what is logged of it.</summary>
internal static class TraceScope
{
    /// <param name="traceId">16 bytes, or empty.</param>
    public static IDisposable? Begin(ILogger logger, ReadOnlySpan<byte> traceId) =>
        traceId.IsEmpty ? null : logger.BeginScope(new KeyValuePair<string, object>[] { new("TraceId", Convert.ToHexStringLower(traceId)) });
}

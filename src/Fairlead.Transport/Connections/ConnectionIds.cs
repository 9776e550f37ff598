namespace Fairlead.Transport.Connections;

/// <summary>Names for connections in logs, unlike those of an earlier process.</summary>
internal static class ConnectionIds
{
    private static long last = TimeProvider.System.GetUtcNow().UtcTicks;

    public static string Next() => $"L{Interlocked.Increment(ref last):X}";
}

namespace Fairlead.Predictions.Query.Workers;

/// <summary>How processes that compute users' SQL are started and bounded.</summary>
public sealed record QueryWorkerOptions
{
    public const long DefaultMemory = 512L << 20;
    public const long LeastMemory = 64L << 20;

    /// <summary>Program and first arguments of a worker; the folder of predictions and a scratch folder follow.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Bytes that a query may hold; one that does not get by with them has twice as much when it runs alone.</summary>
    public long Memory { get; init; } = DefaultMemory;

    /// <summary>After this long without any query no worker is kept.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Sessions after which a worker is replaced.</summary>
    public int MostSessions { get; init; } = 1000;

    /// <summary>Whether workers are put into a sandbox where the system has one.</summary>
    public bool IsSandboxed { get; init; } = true;

    /// <summary>How long a cancelled statement may take to end by itself.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Bytes that a query that runs alone may hold.</summary>
    internal long MemoryAlone => Memory * 2;

    /// <summary>What the system refuses a worker to allocate beyond, in whatever it computes: the buffers, what single values take beside them, and the runtime.</summary>
    internal long Ceiling => MemoryAlone + (MemoryAlone / 2) + Overhead;

    private const long Overhead = 512L << 20;

    /// <summary>What a worker may have resident while its session has that memory.</summary>
    internal static long ResidentLimit(long memory) => memory + (memory / 4) + (Overhead / 2);
}

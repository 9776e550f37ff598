namespace Fairlead.Replay.Running;

/// <summary>How replays use this machine.</summary>
public sealed record ReplayOptions
{
    private const int MostWorkers = 8;

    /// <summary>The folder in which each replay keeps its chunks until it is done.</summary>
    public required string Folder { get; init; }

    /// <summary>Chunks that are scored at once, each by a thread.</summary>
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, MostWorkers);

    /// <summary>Rows of a chunk: so much is lost at most when the control plane is killed, for each that is under way.</summary>
    public int ChunkRows { get; init; } = 131_072;

    /// <summary>Rows whose scores are held in memory to judge them; of more, so many are drawn evenly by a hash of their ids. What is counted is counted over all.</summary>
    public int JudgedRows { get; init; } = 1_000_000;

    /// <summary>Calls that are under way at once for each thread, where each row is a call.</summary>
    public int CallsAtOnce { get; init; } = 16;
}

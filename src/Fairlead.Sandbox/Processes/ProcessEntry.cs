namespace Fairlead.Sandbox.Processes;

/// <summary>A process as <c>/proc</c> shows it.</summary>
/// <param name="startedAt">Ticks since the machine started; a descendant never has fewer than its ancestor.</param>
public sealed class ProcessEntry(int id, int parent, int group, int session, long startedAt)
{
    private byte[]? environment;

    public int Id => id;

    public int Parent => parent;

    public int Group => group;

    public int Session => session;

    /// <summary>Ticks since the machine started.</summary>
    public long StartedAt => startedAt;

    /// <summary>Its own, and that of children that ended and were reaped.</summary>
    public required TimeSpan ProcessorTime { get; init; }

    public required long ResidentBytes { get; init; }

    /// <summary>True when its initial environment has a variable that begins with these bytes; false when the process is another user's.</summary>
    public bool HasVariable(ReadOnlySpan<byte> start)
    {
        environment ??= ReadEnvironment();
        ReadOnlySpan<byte> rest = environment;
        while (rest.Length > 0)
        {
            if (rest.StartsWith(start))
                return true;
            var end = rest.IndexOf((byte)0);
            if (end < 0)
                return false;
            rest = rest[(end + 1)..];
        }

        return false;
    }

    private byte[] ReadEnvironment()
    {
        try
        {
            return File.ReadAllBytes($"/proc/{id}/environ");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}

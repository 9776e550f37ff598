using System.Collections.Concurrent;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Runs;

namespace Fairlead.Catalog.Sqlite;

/// <summary>The newest successful run of each key that was asked for lately: whoever looks through the same graph again asks the file for nothing.</summary>
internal sealed class RunBriefs
{
    /// <summary>Some 400 bytes each.</summary>
    private const int Most = 100_000;

    private readonly ConcurrentDictionary<(string Step, Digest Key), RunBrief> known = new();

    public RunBrief? Find(string step, Digest key) => known.GetValueOrDefault((step, key));

    /// <summary>Keeps what was read, unless a newer one was written meanwhile.</summary>
    public void Remember(RunBrief read)
    {
        MakeRoom();
        known.TryAdd((read.Id.Step, read.Key), read);
    }

    /// <summary>Keeps what was written.</summary>
    public void Replace(RunBrief written)
    {
        MakeRoom();
        known.AddOrUpdate((written.Id.Step, written.Key), written, (_, before) => before.Id.Number > written.Id.Number ? before : written);
    }

    private void MakeRoom()
    {
        if (known.Count >= Most)
            known.Clear();
    }
}

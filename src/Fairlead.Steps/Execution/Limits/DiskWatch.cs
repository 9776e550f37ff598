namespace Fairlead.Steps.Execution.Limits;

/// <summary>Adds up what a folder occupies on the disk, a few times a second, less often the longer that takes.</summary>
internal sealed class DiskWatch(string folder, long limit)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);
    private const int ShareOfTime = 20;

    public long Limit => limit;

    /// <summary>Completes when the folder is larger than its limit; cancelled before that otherwise.</summary>
    public async Task WaitForBreachAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            var began = time.GetTimestamp();
            if (IsExceeded())
                return;
            var pause = time.GetElapsedTime(began) * ShareOfTime;
            await Task.Delay(pause < ShortestPause ? ShortestPause : pause, time, cancellationToken);
        }
    }

    public bool IsExceeded()
    {
        var rest = limit;
        return Exceeds(folder, ref rest);
    }

    /// <summary>Links are not followed; what vanishes meanwhile counts nothing.</summary>
    private static bool Exceeds(string path, ref long rest)
    {
        try
        {
            foreach (var entry in Directory.EnumerateFileSystemEntries(path))
            {
                if (FileFacts.Of(entry) is not { } facts)
                    continue;
                rest -= facts.AllocatedBytes;
                if (rest < 0 || (facts.IsFolder && Exceeds(entry, ref rest)))
                    return true;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        return false;
    }
}

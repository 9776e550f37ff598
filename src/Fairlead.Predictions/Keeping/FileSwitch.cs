using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;
using Fairlead.Predictions.Compaction;
using Fairlead.Predictions.Log;
using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Keeping;

/// <summary>
/// Puts files in the place of others, so that neither a query nor whoever reads the folder as plain Parquet meets a row twice. The new files lie under hidden names
/// when the manifest switches to them in one transaction; once no query holds the old ones, these are deleted and the new ones get their names. Share one instance.
/// </summary>
public sealed class FileSwitch(StateFolder folder, SegmentManifest manifest, TimeProvider time, ILogger<FileSwitch> logger) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly SemaphoreSlim settling = new(1);
    private readonly DateTime started = time.GetUtcNow().UtcDateTime;
    private readonly Lock pendingGate = new();
    private readonly List<Task> pending = [];
    private readonly List<(IReadOnlyCollection<string> Old, IReadOnlyCollection<string> Fresh)> failed = [];
    private bool isRecovered;

    /// <summary>Called between the effects; tests end the process there.</summary>
    internal Action<KeepingPoint>? Reached { get; set; }

    public void Dispose()
    {
        gate.Dispose();
        settling.Dispose();
    }

    /// <summary>Waits until nobody else changes files, and finishes first what an earlier process began.</summary>
    /// <returns>Ends the hold.</returns>
    internal async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!isRecovered)
                await RecoverAsync(cancellationToken).ConfigureAwait(false);
            isRecovered = true;
            await RetryAsync().ConfigureAwait(false);
            return new Hold(() => gate.Release());
        }
        catch
        {
            gate.Release();
            throw;
        }
    }

    /// <summary>
    /// Keeps every file where the manifest that is read from now on says that it is: also a hidden one that gets its name meanwhile. Not to be held over
    /// <see cref="DrainAsync"/>, which would wait for it.
    /// </summary>
    internal IDisposable HoldAll() => new Hold(manifest.Retired.Hold());

    /// <summary>Switches. When it returns, queries read the new files; the old ones are deleted when the last query that holds them ends.</summary>
    /// <param name="fresh">Already on the disk, under their hidden names.</param>
    internal async Task ReplaceAsync(IReadOnlyList<CompactedFile> old, IReadOnlyList<CompactedFile> fresh)
    {
        Reached?.Invoke(KeepingPoint.Written);
        await manifest.ReplaceAsync([.. old.Select(file => file.Path)], [.. fresh.Select(file => file with { State = CompactedFileState.Hidden })], CancellationToken.None).ConfigureAwait(false);
        Reached?.Invoke(KeepingPoint.Switched);
        var settled = SettleInTimeAsync([.. old.Select(file => file.Path)], [.. fresh.Select(file => file.Path)]);
        lock (pendingGate)
        {
            pending.RemoveAll(task => task.IsCompleted);
            pending.Add(settled);
        }
    }

    /// <summary>Waits until the files of every switch so far are deleted and have their names, which queries can delay as long as they may run.</summary>
    /// <exception cref="IOException">A file could not be deleted or named; it is tried again at the next change.</exception>
    internal async Task DrainAsync(CancellationToken cancellationToken)
    {
        Task[] tasks;
        lock (pendingGate)
            tasks = [.. pending];
        await Task.WhenAll(tasks).WaitAsync(cancellationToken).ConfigureAwait(false);
        await RetryAsync().ConfigureAwait(false);
    }

    /// <summary>Does what failed before.</summary>
    private async Task RetryAsync()
    {
        List<(IReadOnlyCollection<string> Old, IReadOnlyCollection<string> Fresh)> again;
        lock (pendingGate)
            again = [.. failed];
        foreach (var (old, fresh) in again)
        {
            await FinishAsync(old, fresh).ConfigureAwait(false);
            lock (pendingGate)
                failed.RemoveAt(0);
        }
    }

    private async Task SettleInTimeAsync(IReadOnlyCollection<string> old, IReadOnlyCollection<string> fresh)
    {
        try
        {
            await FinishAsync(old, fresh).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The program ends; the next start goes on.
        }
        catch (Exception e)
        {
            // Nothing is lost: the manifest says what is left to do, and the next change or start does it.
            Log.SettlingFailed(logger, e, e.Message);
            lock (pendingGate)
                failed.Add((old, fresh));
        }
    }

    private async Task FinishAsync(IReadOnlyCollection<string> old, IReadOnlyCollection<string> fresh)
    {
        await manifest.Retired.WhenUnheld().ConfigureAwait(false);
        await SettleAsync(old, fresh).ConfigureAwait(false);
        await manifest.Retired.WhenUnheld().ConfigureAwait(false);
        foreach (var path in fresh)
            Delete(PredictionLayout.HiddenPath(path));
    }

    private async Task SettleAsync(IReadOnlyCollection<string> old, IReadOnlyCollection<string> fresh)
    {
        await settling.WaitAsync().ConfigureAwait(false);
        try
        {
            foreach (var path in old)
            {
                Delete(path);
                Delete(PredictionLayout.HiddenPath(path));
            }

            Reached?.Invoke(KeepingPoint.Deleted);
            var shown = await ShowAsync(fresh).ConfigureAwait(false);
            SyncFolders([.. old, .. shown]);
            Reached?.Invoke(KeepingPoint.Shown);
            if (shown.Count > 0)
                await manifest.SetStateAsync(shown, CompactedFileState.Listed, CancellationToken.None).ConfigureAwait(false);
            await manifest.RemoveAsync(old, CancellationToken.None).ConfigureAwait(false);
            Reached?.Invoke(KeepingPoint.Settled);
        }
        finally
        {
            settling.Release();
        }
    }

    /// <summary>Gives the files their names, except those that were replaced themselves meanwhile.</summary>
    private async Task<List<string>> ShowAsync(IReadOnlyCollection<string> fresh)
    {
        var listed = await manifest.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        var shown = listed.Files.Where(file => file.State == CompactedFileState.Hidden && fresh.Contains(file.Path)).Select(file => file.Path).ToList();
        foreach (var path in shown.Where(path => !File.Exists(Full(path))))
            HardLink.Create(Full(PredictionLayout.HiddenPath(path)), Full(path));
        return shown;
    }

    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        var listed = await manifest.ReadAsync(cancellationToken).ConfigureAwait(false);
        var old = listed.All.Where(file => file.State == CompactedFileState.Retired).Select(file => file.Path).ToList();
        var fresh = listed.Files.Where(file => file.State == CompactedFileState.Hidden).Select(file => file.Path).ToList();
        if (old.Count + fresh.Count > 0)
        {
            await FinishAsync(old, fresh).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        // The process may have ended between the two steps of setting a file aside.
        foreach (var file in listed.All.Where(file => file.State == CompactedFileState.Quarantined && File.Exists(Full(file.Path))))
            FileQuarantine.SetAside(folder, file, Full(file.Path));
        var swept = Sweep();
        if (old.Count + fresh.Count + swept > 0)
            Log.SwitchRecovered(logger, old.Count, fresh.Count, swept);
    }

    /// <summary>Deletes hidden files that an earlier process left: all of them are copies, or were never finished.</summary>
    private int Sweep()
    {
        var swept = 0;
        foreach (var part in new[] { PredictionLayout.Predictions, PredictionLayout.Outcomes, PredictionLayout.Spill, PredictionLayout.Erased })
        {
            var root = Full(part);
            if (!Directory.Exists(root))
                continue;
            // What this process compacts at the moment is younger than it.
            foreach (var path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(path => IsScratch(part, path) && File.GetLastWriteTimeUtc(path) < started))
            {
                File.Delete(path);
                swept++;
            }
        }

        return swept;
    }

    private static bool IsScratch(string part, string path) =>
        part == PredictionLayout.Spill || path.EndsWith(ParquetFile.TemporarySuffix, StringComparison.Ordinal)
        || path.EndsWith(PredictionLayout.Extension + PredictionLayout.HiddenSuffix, StringComparison.Ordinal);

    private void Delete(string path)
    {
        var full = Full(path);
        if (File.Exists(full))
            File.Delete(full);
    }

    private void SyncFolders(IEnumerable<string> paths)
    {
        foreach (var parent in paths.Select(path => Path.GetDirectoryName(Full(path))!).Distinct(StringComparer.Ordinal).Where(Directory.Exists))
            LibC.SyncFolder(parent);
    }

    private string Full(string path) => Path.Combine(folder.Predictions, path);

    private sealed class Hold(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}

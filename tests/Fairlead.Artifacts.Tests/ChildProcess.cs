using System.Diagnostics;
using System.Globalization;
using Fairlead.Artifacts.Keeping;
using Fairlead.Artifacts.Tests.Fakes;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Artifacts.Keeping;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Artifacts.Tests;

/// <summary>This test program started once more, as a process that can be killed: it puts new files into a store for ever and prints each digest.</summary>
internal static class ChildProcess
{
    public const string Argument = "put-for-ever";
    public const string CleanArgument = "clean";
    public const string CountArgument = "count-and-clean";

    /// <summary>Printed before a large file is put.</summary>
    public const string Begin = "begin";

    private const int LargeFile = 60_000_000;

    public static Process Start(string store) =>
        Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Argument, store]) { RedirectStandardOutput = true })!;

    /// <summary>Removes all that a tree does not need.</summary>
    public static Process StartCleaning(string store, Digest kept) =>
        Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [CleanArgument, store, kept.ToString()]) { RedirectStandardOutput = true })!;

    public static Task Clean(string store, string kept) => CleanAsync(store, kept, isDry: false);

    /// <summary>The same with a bound on managed memory; prints how many blobs would go and how many would stay, and how many did.</summary>
    public static Process StartCounting(string store, string kept, long heapLimit)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [CountArgument, store, kept]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_GCHeapHardLimit"] = heapLimit.ToString("x", CultureInfo.InvariantCulture);
        // One heap, whatever the machine: each further one has memory of its own.
        start.Environment["DOTNET_gcServer"] = "0";
        return Process.Start(start)!;
    }

    public static async Task Count(string store, string kept)
    {
        var (planned, done) = (await CleanAsync(store, kept, isDry: true), await CleanAsync(store, kept, isDry: false));
        await Say(string.Create(CultureInfo.InvariantCulture, $"{planned.Blobs} {planned.KeptBlobs} {done.Blobs} {done.KeptBlobs}"));
    }

    public static async Task PutForEver(string store)
    {
        using var artifacts = LocalArtifactStore.Open(store, TimeProvider.System);
        var seed = Environment.ProcessId;
        var source = Path.Combine(store, "..", $"source-{seed}");
        File.WriteAllBytes(source, Scratch.Bytes(seed, LargeFile));
        for (var round = 0; ; round++)
        {
            var small = await artifacts.PutBytesAsync(Scratch.Bytes(seed + round, 10_000), CancellationToken.None);
            await Say(small.Digest.ToString());
            using (var file = File.OpenHandle(source, FileMode.Open, FileAccess.Write))
                RandomAccess.Write(file, BitConverter.GetBytes(round), 0);
            await Say(Begin);
            var large = await artifacts.PutAsync(source, CancellationToken.None);
            await Say(large.Digest.ToString());
        }
    }

    private static async Task<CleaningReport> CleanAsync(string store, string kept, bool isDry)
    {
        using var artifacts = LocalArtifactStore.Open(store, TimeProvider.System);
        var catalog = new MemoryCatalog();
        catalog.Texts = catalog.Texts.Add(("records", kept));
        var time = new ShiftedTime { Shift = TimeSpan.FromDays(2) };
        return await new StoreCleaner(artifacts, catalog, catalog, catalog, time, NullLogger<StoreCleaner>.Instance).CleanAsync(new KeepRules(), isDry, CancellationToken.None);
    }

    private static async Task Say(string line)
    {
        await Console.Out.WriteLineAsync(line);
        await Console.Out.FlushAsync();
    }
}

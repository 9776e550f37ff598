using System.Diagnostics;

namespace Fairlead.Artifacts.Tests;

/// <summary>This test program started once more, as a process that can be killed: it puts new files into a store for ever and prints each digest.</summary>
internal static class ChildProcess
{
    public const string Argument = "put-for-ever";

    public static Process Start(string store) =>
        Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Argument, store]) { RedirectStandardOutput = true })!;

    public static async Task PutForEver(string store)
    {
        using var artifacts = LocalArtifactStore.Open(store, TimeProvider.System);
        var source = Path.Combine(store, "..", $"source-{Environment.ProcessId}");
        for (var seed = 0; ; seed++)
        {
            File.WriteAllBytes(source, Scratch.Bytes(Environment.ProcessId + seed, seed % 2 == 0 ? 10_000 : 6_000_000));
            var artifact = await artifacts.PutAsync(source, CancellationToken.None);
            await Console.Out.WriteLineAsync(artifact.Digest.ToString());
            await Console.Out.FlushAsync();
        }
    }
}

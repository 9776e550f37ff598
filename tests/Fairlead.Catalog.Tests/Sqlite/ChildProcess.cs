using System.Diagnostics;
using Fairlead.Domain.Runs;

namespace Fairlead.Catalog.Tests.Sqlite;

/// <summary>This test program started once more, as a process that can be killed: eight writers start runs for ever and print each id that was acknowledged.</summary>
internal static class ChildProcess
{
    public const string Argument = "write-for-ever";

    public static Process Start(string path) =>
        Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Argument, path]) { RedirectStandardOutput = true })!;

    public static async Task WriteForEver(string path)
    {
        await using var catalog = SqliteCatalog.Open(path, TimeProvider.System);
        var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            while (true)
            {
                var run = await catalog.Runs.StartAsync($"step{writer}", id => Sample.Running(id), CancellationToken.None);
                output.WriteLine(run.Id.ToString());
            }
        })));
    }
}

using System.Runtime.CompilerServices;
using Fairlead.Predictions.Log;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Predictions.Tests.Log;

/// <summary>
/// The process that gets killed: this program, started with a folder in the environment, appends records and prints the number
/// of each as soon as the append has returned.
/// </summary>
internal static class LogChild
{
    public const string FolderVariable = "FAIRLEAD_TEST_LOG_CHILD";

    [ModuleInitializer]
    internal static void RunWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { Length: > 0 } folder)
            return;
        var options = new SegmentWriterOptions { Folder = folder, SegmentBytes = 64 * 1024 };
        using var writer = SegmentWriter.Open(options, TimeProvider.System, NullLogger<SegmentWriter>.Instance);
        var context = LogSamples.Context();
        using var output = Console.OpenStandardOutput();
        for (var n = 0L; n < 1_000_000; n++)
        {
            if (!LogSamples.TryAppend(writer, context, n, out _))
                Environment.Exit(1);
            output.Write(BitConverter.GetBytes(n));
        }

        Environment.Exit(0);
    }
}

using System.Reflection;
using Fairlead.Predictions.Query.Workers;

namespace Fairlead.Predictions.Tests.Query.Workers;

/// <summary>How the tests' own program is started as a worker.</summary>
internal static class WorkerCommand
{
    public const string Argument = "--query-worker";

    public static QueryWorkerOptions Options { get; } = new() { Command = [.. Program(), Argument] };

    private static string[] Program()
    {
        var path = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(path) == "dotnet" ? [path, Assembly.GetExecutingAssembly().Location] : [path];
    }
}

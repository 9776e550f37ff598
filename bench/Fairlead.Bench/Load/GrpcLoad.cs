using System.Globalization;
using System.Text.RegularExpressions;
using Fairlead.Bench.Processes;
using Fairlead.Bench.Workspaces;

namespace Fairlead.Bench.Load;

/// <summary>Unary gRPC calls by h2load, several in flight on each connection.</summary>
/// <param name="call">With the method as its path.</param>
/// <param name="bodyFile">A message in its frame.</param>
/// <param name="headers">As <c>name: value</c>.</param>
/// <param name="answerBytes">Of each answer's message in its frame: a call that fails has none, which is how h2load shows it.</param>
internal sealed partial class GrpcLoad(Uri call, string bodyFile, IReadOnlyList<string> headers, int answerBytes) : ILoad
{
    public const int Streams = 16;
    private const int Threads = 2;

    public async Task<LoadResult> RunAsync(int connections, TimeSpan duration, CancellationToken cancellationToken)
    {
        List<string> arguments =
        [
            "-t", $"{Threads}", "-c", $"{connections}", "-m", $"{Streams}", "-D", $"{(int)duration.TotalSeconds}",
            "-d", bodyFile, "-H", "content-type: application/grpc", "-H", "te: trailers",
        ];
        foreach (var header in headers)
            arguments.AddRange(["-H", header]);
        arguments.Add(call.ToString());
        var output = await Command.RunAsync("h2load", arguments, Path.GetTempPath(), Workspace.NoVariables, cancellationToken);
        var summary = Summary().Match(output);
        if (!summary.Success)
            throw new BenchException($"h2load printed no summary: {output}");
        long Count(string name) => long.Parse(summary.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
        var failed = Count("failed") + Count("errored") + Count("timeout");
        if (failed > 0 || Count("data") < Count("succeeded") * answerBytes)
            throw new BenchException($"Of {Count("succeeded") + failed} calls of {call} {failed} broke off, and the others brought {Count("data")} bytes instead of {answerBytes} each.");
        return new LoadResult(Count("succeeded"), double.Parse(summary.Groups["rate"].ValueSpan, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(
        @"finished in [^,]*, (?<rate>[0-9.]+) req/s.*?(?<succeeded>\d+) succeeded, (?<failed>\d+) failed, (?<errored>\d+) errored, (?<timeout>\d+) timeout.*?headers.*?\((?<data>\d+)\) data",
        RegexOptions.Singleline)]
    private static partial Regex Summary();
}

using System.IO.Pipelines;
using System.Text;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Web.Endpoints;

/// <summary>The logs of a server group's instances as one text: the lines in the order of their times, and the instance before each when there are several.</summary>
internal sealed class InstanceLogs(StateFolder state, ServerGroupName group, int? instance, TimeProvider time)
{
    public const int DefaultLines = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly string folder = Path.Combine(state.Logs, group.ToString());
    private readonly SortedDictionary<string, FollowedLog> logs = new(StringComparer.Ordinal);

    /// <param name="lines">How many lines from the end to begin with.</param>
    /// <param name="follow">True goes on until the caller leaves.</param>
    /// <exception cref="FairleadException">NotFound: the server group has no such instance.</exception>
    public async Task WriteAsync(PipeWriter target, int lines, bool follow, CancellationToken cancellationToken)
    {
        Look();
        if (instance is not null && logs.Count == 0 && !follow)
            throw FairleadException.NotFound($"The server group '{group}' has no log of an instance '{instance}'; leave it out to see all of them.");
        await WriteAsync(target, ReadNew().TakeLast(Math.Max(0, lines)), cancellationToken);
        if (!follow)
            return;
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            Look();
            await WriteAsync(target, ReadNew(), cancellationToken);
        }
    }

    private void Look()
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var path in Directory.EnumerateFiles(folder, instance is { } number ? $"{number}.log" : "*.log"))
            logs.TryAdd(path, new FollowedLog(path));
    }

    /// <summary>Lines begin with their time in one form, so that texts sort as times do; an instance's own lines keep their order.</summary>
    private IEnumerable<string> ReadNew() => logs.Values
        .SelectMany(log => log.Read().Select(line => (log.Instance, Line: line)))
        .OrderBy(entry => TimeOf(entry.Line), StringComparer.Ordinal)
        .Select(entry => logs.Count > 1 ? $"{entry.Instance} | {entry.Line}" : entry.Line);

    private static string TimeOf(string line)
    {
        var end = line.IndexOf(' ');
        return end < 0 ? line : line[..end];
    }

    private static async Task WriteAsync(PipeWriter target, IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        var any = false;
        foreach (var line in lines)
        {
            Encoding.UTF8.GetBytes(line, target);
            Encoding.UTF8.GetBytes("\n", target);
            any = true;
        }

        if (any)
            await target.FlushAsync(cancellationToken);
    }
}

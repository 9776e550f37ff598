using System.Diagnostics;
using System.Net.Http.Json;
using Fairlead.Bench.Workspaces;

namespace Fairlead.Bench.Queries;

/// <summary>Asks the control plane over HTTP, as its clients do.</summary>
internal sealed class ApiQueries(Workspace workspace) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });

    /// <summary>From the request to the last row.</summary>
    public async Task<(TimeSpan Elapsed, long Rows)> RunAsync(string sql, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await http.PostAsJsonAsync(workspace.ControlUrl("/api/query"), new { sql }, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(start);
        if (!answer.IsSuccessStatusCode || text.Contains("{\"error\"", StringComparison.Ordinal))
            throw new BenchException($"The control plane answered {(int)answer.StatusCode} to '{sql}': {text}");
        // The first line tells the columns.
        return (elapsed, text.Count(character => character == '\n') - 1);
    }

    public async Task<TimeSpan> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await http.GetAsync(workspace.ControlUrl($"/api/predictions/{id}/trace"), cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode && text.Contains(id.ToString(), StringComparison.OrdinalIgnoreCase)
            ? Stopwatch.GetElapsedTime(start)
            : throw new BenchException($"The control plane answered {(int)answer.StatusCode} to prediction '{id}': {text}");
    }

    public void Dispose() => http.Dispose();
}

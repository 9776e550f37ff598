using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Fairlead.Bench.Workspaces;

namespace Fairlead.Bench.Load;

/// <summary>A few clients that ask again as soon as they are answered, and note which server group answered last and when.</summary>
internal sealed class SteadyClients : IAsyncDisposable
{
    private const string ServerGroupHeader = "fairlead-server-group";
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<string, long> lastAnswers = new(StringComparer.Ordinal);
    private readonly long[] answered;
    private readonly Task[] clients;
    private readonly Uri url;
    private readonly byte[] body;

    public SteadyClients(Workspace workspace, Workload workload, int connections)
    {
        url = workspace.InferUrl(workload.Service);
        body = Encoding.UTF8.GetBytes(workload.Body.Trim());
        answered = new long[connections];
        clients = [.. Enumerable.Range(0, connections).Select(client => Task.Run(() => AskAsync(client)))];
    }

    /// <summary>A timestamp of the stopwatch; 0 when it has not answered.</summary>
    public long LastAnswerOf(string serverGroup) => lastAnswers.GetValueOrDefault(serverGroup);

    /// <summary>Completes when each client has got answers to requests that it sent after this call.</summary>
    /// <exception cref="BenchException">A request failed.</exception>
    public async Task NextAnswersAsync(CancellationToken cancellationToken)
    {
        var goals = answered.Select((_, client) => Volatile.Read(ref answered[client]) + 3).ToList();
        while (!goals.Select((goal, client) => Volatile.Read(ref answered[client]) >= goal).All(reached => reached))
        {
            if (clients.FirstOrDefault(client => client.IsFaulted) is { } failed)
                await failed;
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
        }
    }

    /// <returns>How many requests were answered.</returns>
    /// <exception cref="BenchException">One of them failed.</exception>
    public async Task<long> StopAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(clients);
        return answered.Sum();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(clients).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        http.Dispose();
        stop.Dispose();
    }

    private async Task AskAsync(int client)
    {
        while (!stop.IsCancellationRequested)
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            try
            {
                using var answer = await http.PostAsync(url, content);
                if (!answer.IsSuccessStatusCode)
                    throw new BenchException($"The host answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
                lastAnswers[answer.Headers.GetValues(ServerGroupHeader).Single()] = Stopwatch.GetTimestamp();
                Interlocked.Increment(ref answered[client]);
            }
            catch (HttpRequestException e)
            {
                throw new BenchException($"The host did not answer: {e.Message}");
            }
        }
    }
}
